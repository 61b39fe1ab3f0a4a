# What calls somebody. Every target has one; docs/runbook.md says what each means and what to do.
locals {
  runbook = "docs/runbook.md, “Alerts on Google Cloud”"
  user    = "logging.googleapis.com/user/laksa"
  run     = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com"
  pubsub  = "resource.type = \"pubsub_subscription\" AND metric.type = \"pubsub.googleapis.com/subscription"
  intake  = local.service_of["complaint_form"]

  for_people = toset([for name in keys(local.paged) : local.service_of[name]])
}

resource "google_monitoring_notification_channel" "ops" {
  display_name = "Laksa: whoever is on call"
  type         = "email"
  labels       = { email_address = var.alert_email }

  depends_on = [google_project_service.used]
}

# Pages: more than one answer in twenty is an error.
resource "google_monitoring_alert_policy" "errors" {
  for_each              = local.for_people
  display_name          = "errors of ${each.key}"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.ops.id]

  conditions {
    display_name = "5xx of all answers"
    condition_threshold {
      filter             = "${local.run}/request_count\" AND resource.labels.service_name = \"${each.key}\" AND metric.labels.response_code_class = \"5xx\""
      denominator_filter = "${local.run}/request_count\" AND resource.labels.service_name = \"${each.key}\""
      comparison         = "COMPARISON_GT"
      threshold_value    = 0.05
      duration           = "300s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
      denominator_aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  documentation {
    content = "${local.runbook}: errors"
  }
}

# Pushes: a message has waited for five minutes.
resource "google_monitoring_alert_policy" "waiting" {
  for_each              = local.pushed
  display_name          = "messages wait for ${each.key}"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.ops.id]

  conditions {
    display_name = "age of the oldest"
    condition_threshold {
      filter          = "${local.pubsub}/oldest_unacked_message_age\" AND resource.labels.subscription_id = \"${each.key}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 300
      duration        = "0s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }
  documentation {
    content = "${local.runbook}: messages wait"
  }
}

# Ticks: the scheduler had no good answer, its repeats included.
resource "google_monitoring_alert_policy" "ticks" {
  for_each              = local.ticked
  display_name          = "ticks of ${each.key} fail"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.ops.id]

  conditions {
    display_name = "more than two in fifteen minutes"
    condition_threshold {
      filter          = "resource.type = \"cloud_scheduler_job\" AND metric.type = \"${local.user}/tick_failed\" AND metric.labels.job = \"${google_cloud_scheduler_job.tick[each.key].name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 2
      duration        = "0s"
      aggregations {
        alignment_period     = "900s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  documentation {
    content = "${local.runbook}: ticks fail"
  }

  depends_on = [google_logging_metric.tick_failed]
}

resource "google_monitoring_alert_policy" "no_sweep" {
  display_name          = "no sweep for fifteen minutes"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = [google_monitoring_notification_channel.ops.id]

  conditions {
    display_name = "no line of a sweep"
    condition_absent {
      filter   = "resource.type = \"cloud_run_revision\" AND metric.type = \"${local.user}/swept\""
      duration = "900s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  documentation {
    content = "${local.runbook}: no sweep"
  }

  depends_on = [google_logging_metric.counted]
}

resource "google_monitoring_alert_policy" "dead_letters" {
  display_name          = "dead letters"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.ops.id]

  conditions {
    display_name = "more than none"
    condition_threshold {
      filter          = "${local.pubsub}/dead_letter_message_count\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  documentation {
    content = "${local.runbook}: dead letters"
  }
}

resource "google_monitoring_alert_policy" "mail_failed" {
  display_name          = "letters fail"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.ops.id]

  conditions {
    display_name = "more than three in a quarter of an hour"
    condition_threshold {
      filter          = "resource.type = \"cloud_run_revision\" AND metric.type = \"${local.user}/mail_failed\""
      comparison      = "COMPARISON_GT"
      threshold_value = 3
      duration        = "0s"
      aggregations {
        alignment_period     = "900s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  documentation {
    content = "${local.runbook}: letters fail"
  }

  depends_on = [google_logging_metric.counted]
}

resource "google_monitoring_alert_policy" "slow_intake" {
  display_name          = "the form is slow"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.ops.id]

  conditions {
    display_name = "one answer in twenty takes longer than two seconds"
    condition_threshold {
      filter          = "${local.run}/request_latencies\" AND resource.labels.service_name = \"${local.intake}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 2000
      duration        = "600s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_PERCENTILE_95"
      }
    }
  }
  documentation {
    content = "${local.runbook}: the form is slow"
  }
}
