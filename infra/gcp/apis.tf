# The services of Google Cloud that Laksa uses.
locals {
  apis = concat([
    "artifactregistry", "billingbudgets", "cloudbuild", "cloudresourcemanager", "cloudscheduler", "firebaserules",
    "firestore", "iam", "logging", "monitoring", "pubsub", "run", "secretmanager", "storage",
  ], var.size == "besar" || var.fixed_address ? ["compute"] : [])
}

resource "google_project_service" "used" {
  for_each           = toset(local.apis)
  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false
}
