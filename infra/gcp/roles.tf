# Who may do what; tests/infra holds the whole table. Firestore's roles know no collections: who touches `reporters`
# is held by the code (import-linter and the guard of the store).
locals {
  # Its address is known before it exists, and so can be checked; that it exists is google_project_service_identity's work.
  pubsub_agent = "serviceAccount:service-${data.google_project.city.number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  account = { for name in keys(local.services) : name => "serviceAccount:${name}@${var.project}.iam.gserviceaccount.com" }
  push    = "serviceAccount:laksa-from-pubsub@${var.project}.iam.gserviceaccount.com"
  tick    = "serviceAccount:laksa-from-scheduler@${var.project}.iam.gserviceaccount.com"
  build   = "serviceAccount:laksa-builder@${var.project}.iam.gserviceaccount.com"

  publishing = { for pair in flatten([for name, service in local.services : [for topic in service.publishes : { service = name, topic = topic }]]) : "${pair.service} ${pair.topic}" => pair }
  reading    = { for pair in flatten([for name, service in local.services : [for secret in service.secrets : { service = name, secret = secret }]]) : "${pair.service} ${pair.secret}" => pair }
}

resource "google_project_iam_member" "data" {
  for_each = local.services
  project  = var.project
  role     = "roles/datastore.user"
  member   = local.account[each.key]

  condition {
    title      = "only the database of Laksa"
    expression = "resource.name == \"projects/${var.project}/databases/${local.in_use}\""
  }

  depends_on = [google_service_account.service]
}

resource "google_pubsub_topic_iam_member" "publish" {
  for_each = local.publishing
  topic    = google_pubsub_topic.message[each.value.topic].name
  role     = "roles/pubsub.publisher"
  member   = local.account[each.value.service]

  depends_on = [google_service_account.service]
}

resource "google_secret_manager_secret_iam_member" "read" {
  for_each  = local.reading
  secret_id = google_secret_manager_secret.setting[each.value.secret].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = local.account[each.value.service]

  depends_on = [google_service_account.service]
}

resource "google_storage_bucket_iam_member" "photos" {
  for_each = { for name, service in local.services : name => service if service.photos }
  bucket   = google_storage_bucket.photos.name
  role     = "roles/storage.objectUser"
  member   = local.account[each.key]

  depends_on = [google_service_account.service]
}

# Private services: only Pub/Sub's account or only the scheduler's may call them. Public ones have no such check.
resource "google_cloud_run_v2_service_iam_member" "call" {
  for_each = { for name, service in local.services : name => local.targets[service.targets[0]].trigger if !service.public }
  name     = google_cloud_run_v2_service.laksa[each.key].name
  location = var.region
  role     = "roles/run.invoker"
  member   = each.value == "topic" ? local.push : local.tick

  depends_on = [google_service_account.push, google_service_account.tick]
}

# Pub/Sub gives up on a message by publishing it on, and takes it off the subscription that it came from.
resource "google_pubsub_topic_iam_member" "give_up" {
  topic  = google_pubsub_topic.message[local.topology.push.dead_letter_topic].name
  role   = "roles/pubsub.publisher"
  member = local.pubsub_agent

  depends_on = [google_project_service_identity.pubsub]
}

resource "google_pubsub_subscription_iam_member" "give_up" {
  for_each     = { for name, target in local.pushed : name => target if target.topic != local.topology.push.dead_letter_topic }
  subscription = google_pubsub_subscription.push[each.key].name
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent

  depends_on = [google_project_service_identity.pubsub]
}

resource "google_service_account_iam_member" "push_token" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.pubsub_agent

  depends_on = [google_project_service_identity.pubsub]
}

# The builder reads the upload, writes the image and a log, and nothing else.
resource "google_storage_bucket_iam_member" "build" {
  bucket = google_storage_bucket.upload.name
  role   = "roles/storage.objectViewer"
  member = local.build

  depends_on = [google_service_account.build]
}

resource "google_artifact_registry_repository_iam_member" "build" {
  repository = google_artifact_registry_repository.images.repository_id
  location   = var.region
  role       = "roles/artifactregistry.writer"
  member     = local.build

  depends_on = [google_service_account.build]
}

resource "google_project_iam_member" "build" {
  project = var.project
  role    = "roles/logging.logWriter"
  member  = local.build

  depends_on = [google_service_account.build]
}
