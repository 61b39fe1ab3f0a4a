# The scheduler, in the city's own time.
resource "google_cloud_scheduler_job" "tick" {
  for_each         = local.ticked
  name             = "laksa-${replace(each.key, "_", "-")}"
  region           = var.region
  schedule         = each.value.cron
  time_zone        = local.topology.timezone
  attempt_deadline = "${local.services[local.service_of[each.key]].timeout + 10}s"

  retry_config {
    retry_count          = 3
    min_backoff_duration = "5s"
    max_backoff_duration = "60s"
  }

  http_target {
    http_method = "POST"
    uri         = "${google_cloud_run_v2_service.laksa[local.service_of[each.key]].uri}${local.tick_path[each.key]}"
    body        = base64encode("{}")
    headers     = { "Content-Type" = "application/json" }
    oidc_token {
      service_account_email = google_service_account.tick.email
      audience              = var.size == "kecil" ? local.tick_audience : google_cloud_run_v2_service.laksa[local.service_of[each.key]].uri
    }
  }
}
