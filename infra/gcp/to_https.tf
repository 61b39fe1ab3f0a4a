# besar: who comes without TLS is led to the same page with it.
resource "google_compute_url_map" "to_https" {
  count = local.edges
  name  = "laksa-to-https"

  default_url_redirect {
    https_redirect         = true
    strip_query            = false
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
  }

  depends_on = [google_project_service.used]
}

resource "google_compute_target_http_proxy" "to_https" {
  count   = local.edges
  name    = "laksa-to-https"
  url_map = google_compute_url_map.to_https[0].id
}

resource "google_compute_global_forwarding_rule" "to_https" {
  count                 = local.edges
  name                  = "laksa-to-https"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.front[0].id
  port_range            = "80"
  target                = google_compute_target_http_proxy.to_https[0].id
}
