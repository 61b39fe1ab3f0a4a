# One page to look at: what comes in, what waits, what fails.
locals {
  charts = {
    "requests by status"      = { filter = "${local.run}/request_count\"", aligner = "ALIGN_RATE", by = ["metric.label.response_code_class"], reducer = "REDUCE_SUM" }
    "the form, p95 in ms"     = { filter = "${local.run}/request_latencies\" AND resource.labels.service_name = \"${local.intake}\"", aligner = "ALIGN_DELTA", by = [], reducer = "REDUCE_PERCENTILE_95" }
    "oldest message, seconds" = { filter = "${local.pubsub}/oldest_unacked_message_age\"", aligner = "ALIGN_MAX", by = ["resource.label.subscription_id"], reducer = "REDUCE_MAX" }
    "dead letters"            = { filter = "${local.pubsub}/dead_letter_message_count\"", aligner = "ALIGN_DELTA", by = ["resource.label.subscription_id"], reducer = "REDUCE_SUM" }
    "sweeps"                  = { filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"${local.user}/swept\"", aligner = "ALIGN_DELTA", by = [], reducer = "REDUCE_SUM" }
    "letters that failed"     = { filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"${local.user}/mail_failed\"", aligner = "ALIGN_DELTA", by = [], reducer = "REDUCE_SUM" }
    "errors nobody foresaw"   = { filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"${local.user}/broken\"", aligner = "ALIGN_DELTA", by = [], reducer = "REDUCE_SUM" }
    "first letters, p95 in s" = { filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"${local.user}/mail_seconds\"", aligner = "ALIGN_DELTA", by = [], reducer = "REDUCE_PERCENTILE_95" }
    "instances"               = { filter = "${local.run}/container/instance_count\"", aligner = "ALIGN_MAX", by = ["resource.label.service_name"], reducer = "REDUCE_SUM" }
  }
}

resource "google_monitoring_dashboard" "laksa" {
  dashboard_json = jsonencode({
    displayName = "Laksa"
    gridLayout = {
      columns = 2
      widgets = [for title, chart in local.charts : {
        title = title
        xyChart = {
          dataSets = [{
            plotType = "LINE"
            timeSeriesQuery = {
              timeSeriesFilter = {
                filter      = chart.filter
                aggregation = { alignmentPeriod = "300s", perSeriesAligner = chart.aligner, crossSeriesReducer = chart.reducer, groupByFields = chart.by }
              }
            }
          }]
        }
      }]
    }
  })

  depends_on = [google_logging_metric.counted, google_logging_metric.mail_seconds]
}
