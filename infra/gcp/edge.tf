# besar: one address for all pages, each path led to its function's service.
locals {
  balanced = var.size == "besar" ? { for name, target in local.paged : name => target } : {}
  edges    = var.size == "besar" ? 1 : 0
  # No two functions share a path (a test holds that), so any order will do.
  order = sort(keys(local.balanced))
}

resource "google_compute_global_address" "front" {
  count = local.edges
  name  = "laksa"

  depends_on = [google_project_service.used]
}

resource "google_compute_region_network_endpoint_group" "page" {
  for_each              = local.balanced
  name                  = local.service_of[each.key]
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = google_cloud_run_v2_service.laksa[local.service_of[each.key]].name
  }
}

resource "google_compute_backend_service" "page" {
  for_each              = local.balanced
  name                  = local.service_of[each.key]
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"
  security_policy       = google_compute_security_policy.front[0].id

  backend {
    group = google_compute_region_network_endpoint_group.page[each.key].id
  }
  # A line of it would hold the whole URL.
  log_config {
    enable = false
  }
}

resource "google_compute_url_map" "pages" {
  count           = local.edges
  name            = "laksa"
  default_service = google_compute_backend_service.page["complaint_form"].id

  host_rule {
    hosts        = [local.host]
    path_matcher = "pages"
  }
  path_matcher {
    name            = "pages"
    default_service = google_compute_backend_service.page["complaint_form"].id

    dynamic "route_rules" {
      for_each = local.order
      content {
        priority = route_rules.key + 1
        service  = google_compute_backend_service.page[route_rules.value].id

        dynamic "match_rules" {
          for_each = local.balanced[route_rules.value].paths
          content {
            full_path_match     = strcontains(match_rules.value, "<") ? null : match_rules.value
            path_template_match = strcontains(match_rules.value, "<") ? replace(match_rules.value, "/<[a-z_]+>/", "*") : null
          }
        }
      }
    }
  }
}

resource "google_compute_managed_ssl_certificate" "front" {
  count = local.edges
  name  = "laksa"

  managed {
    domains = [local.host]
  }
}

resource "google_compute_ssl_policy" "front" {
  count           = local.edges
  name            = "laksa"
  min_tls_version = "TLS_1_2"
  profile         = "MODERN"

  depends_on = [google_project_service.used]
}

resource "google_compute_target_https_proxy" "front" {
  count            = local.edges
  name             = "laksa"
  url_map          = google_compute_url_map.pages[0].id
  ssl_certificates = [google_compute_managed_ssl_certificate.front[0].id]
  ssl_policy       = google_compute_ssl_policy.front[0].id
}

resource "google_compute_global_forwarding_rule" "front" {
  count                 = local.edges
  name                  = "laksa"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.front[0].id
  port_range            = "443"
  target                = google_compute_target_https_proxy.front[0].id
}
