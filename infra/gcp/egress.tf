# Only where a mail relay asks for a fixed address: everything that leaves goes through one NAT.
locals {
  egress = var.fixed_address ? 1 : 0
}

resource "google_compute_network" "out" {
  count                   = local.egress
  name                    = "laksa"
  auto_create_subnetworks = false

  depends_on = [google_project_service.used]
}

resource "google_compute_subnetwork" "out" {
  count                    = local.egress
  name                     = "laksa"
  network                  = google_compute_network.out[0].id
  region                   = var.region
  ip_cidr_range            = "10.8.0.0/24"
  private_ip_google_access = true
}

resource "google_compute_address" "out" {
  count  = local.egress
  name   = "laksa-mail"
  region = var.region

  depends_on = [google_project_service.used]
}

resource "google_compute_router" "out" {
  count   = local.egress
  name    = "laksa"
  network = google_compute_network.out[0].id
  region  = var.region
}

resource "google_compute_router_nat" "out" {
  count                              = local.egress
  name                               = "laksa"
  router                             = google_compute_router.out[0].name
  region                             = var.region
  nat_ip_allocate_option             = "MANUAL_ONLY"
  nat_ips                            = [google_compute_address.out[0].self_link]
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
}
