# Counts in the place of request logs: made from our own lines, which name no person and no link.
locals {
  our_lines = "resource.type=\"cloud_run_revision\" AND jsonPayload.message"
  counted = {
    swept       = { filter = "${local.our_lines}=\"swept\"", says = "a sweep has come to its end" }
    mail_failed = { filter = "${local.our_lines}=(\"mail failed\" OR \"mail bounced\")", says = "a letter that could not be sent, or came back" }
    broken      = { filter = "resource.type=\"cloud_run_revision\" AND severity>=ERROR", says = "something that nobody foresaw" }
  }
}

resource "google_logging_metric" "counted" {
  for_each    = local.counted
  name        = "laksa/${each.key}"
  description = each.value.says
  filter      = each.value.filter

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
  }

  depends_on = [google_project_service.used]
}

resource "google_logging_metric" "tick_failed" {
  name        = "laksa/tick_failed"
  description = "a tick of the scheduler that was not answered well"
  filter      = "resource.type=\"cloud_scheduler_job\" AND severity>=ERROR"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
    labels {
      key        = "job"
      value_type = "STRING"
    }
  }
  label_extractors = { job = "EXTRACT(resource.labels.job_id)" }

  depends_on = [google_project_service.used]
}

# Of the first letters of a report, from its routing to the mail server's yes: later ones may be held back on purpose.
resource "google_logging_metric" "mail_seconds" {
  name            = "laksa/mail_seconds"
  description     = "how long the first letters of a report took from its routing to the mail server"
  filter          = "${local.our_lines}=\"mail sent\" AND jsonPayload.notice=~\"^LKS-[0-9A-Z-]+[.]2[.]\" AND jsonPayload.seconds>=0"
  value_extractor = "EXTRACT(jsonPayload.seconds)"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "s"
  }
  bucket_options {
    explicit_buckets {
      bounds = [1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600]
    }
  }

  depends_on = [google_project_service.used]
}
