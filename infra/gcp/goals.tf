# What the city may expect: the form is there, letters go out soon, and none gets stuck.
resource "google_monitoring_custom_service" "laksa" {
  service_id   = "laksa"
  display_name = "Laksa"

  depends_on = [google_project_service.used]
}

resource "google_monitoring_slo" "intake" {
  service             = google_monitoring_custom_service.laksa.service_id
  slo_id              = "intake"
  display_name        = "the form answers: 99.9 % in 30 days"
  goal                = 0.999
  rolling_period_days = 30

  request_based_sli {
    good_total_ratio {
      total_service_filter = "${local.run}/request_count\" AND resource.labels.service_name = \"${local.intake}\""
      bad_service_filter   = "${local.run}/request_count\" AND resource.labels.service_name = \"${local.intake}\" AND metric.labels.response_code_class = \"5xx\""
    }
  }
}

resource "google_monitoring_slo" "mail" {
  service             = google_monitoring_custom_service.laksa.service_id
  slo_id              = "mail"
  display_name        = "the first letters of a report are out within a minute: 95 % in 30 days"
  goal                = 0.95
  rolling_period_days = 30

  request_based_sli {
    distribution_cut {
      distribution_filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"${local.user}/mail_seconds\""
      range {
        max = 60
      }
    }
  }

  depends_on = [google_logging_metric.mail_seconds]
}

resource "google_monitoring_slo" "stuck" {
  service             = google_monitoring_custom_service.laksa.service_id
  slo_id              = "stuck"
  display_name        = "no letter waits five minutes: 99.9 % of the minutes of 30 days"
  goal                = 0.999
  rolling_period_days = 30

  windows_based_sli {
    window_period = "60s"
    metric_mean_in_range {
      time_series = "${local.pubsub}/oldest_unacked_message_age\" AND resource.labels.subscription_id = \"send_notice\""
      range {
        max = 300
      }
    }
  }
}
