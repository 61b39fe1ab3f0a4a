# Who acts: an account for each service, one each for pushes, ticks and building. None has a key.
resource "google_service_account" "service" {
  for_each     = local.services
  account_id   = each.key
  display_name = "Laksa: ${each.key}"

  depends_on = [google_project_service.used]
}

resource "google_service_account" "push" {
  account_id   = "laksa-from-pubsub"
  display_name = "Laksa: what Pub/Sub pushes with"

  depends_on = [google_project_service.used]
}

resource "google_service_account" "tick" {
  account_id   = "laksa-from-scheduler"
  display_name = "Laksa: what the scheduler ticks with"

  depends_on = [google_project_service.used]
}

resource "google_service_account" "build" {
  account_id   = "laksa-builder"
  display_name = "Laksa: builds the image"

  depends_on = [google_project_service.used]
}

# Google's own account of Pub/Sub, which a new project does not have yet.
resource "google_project_service_identity" "pubsub" {
  provider = google-beta
  service  = "pubsub.googleapis.com"

  depends_on = [google_project_service.used]
}
