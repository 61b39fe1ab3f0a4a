# What Google's own watchers see of /sehat, from outside: it answers, and the calendar is no guess.
locals {
  host = trimprefix(var.url, "https://")
  watched = {
    health   = { period = "60s", looked_over = "300s", absent = "store does not answer" }
    holidays = { period = "900s", looked_over = "1800s", absent = "undecreed_years" }
  }
}

resource "google_monitoring_uptime_check_config" "health" {
  for_each     = local.watched
  display_name = "laksa ${each.key}"
  timeout      = "10s"
  period       = each.value.period

  http_check {
    path         = "/sehat"
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }
  content_matchers {
    content = each.value.absent
    matcher = "NOT_CONTAINS_STRING"
  }
  monitored_resource {
    type   = "uptime_url"
    labels = { project_id = var.project, host = local.host }
  }

  depends_on = [google_project_service.used]
}

resource "google_monitoring_alert_policy" "health" {
  for_each              = local.watched
  display_name          = each.key == "health" ? "Laksa does not answer" : "a year's holidays are not decreed yet"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.ops.id]

  conditions {
    display_name = "seen from outside"
    condition_threshold {
      filter          = "resource.type = \"uptime_url\" AND metric.type = \"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id = \"${google_monitoring_uptime_check_config.health[each.key].uptime_check_id}\""
      comparison      = "COMPARISON_LT"
      threshold_value = 0.5
      duration        = "300s"
      aggregations {
        alignment_period     = each.value.looked_over
        per_series_aligner   = "ALIGN_FRACTION_TRUE"
        cross_series_reducer = "REDUCE_MEAN"
      }
    }
  }
  documentation {
    content = "${local.runbook}: ${each.key == "health" ? "Laksa does not answer" : "holidays"}"
  }
}
