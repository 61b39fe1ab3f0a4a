# Our own lines stay, in the region. No request log: it names each URL, and a link in it opens a case.
locals {
  logs_left_out = {
    run-requests     = "logName=\"projects/${var.project}/logs/run.googleapis.com%2Frequests\""
    balancer         = "resource.type=\"http_load_balancer\""
    balancer-request = "logName=\"projects/${var.project}/logs/requests\""
    http-request     = "httpRequest.requestUrl:*"
  }
}

resource "google_logging_project_bucket_config" "region" {
  project        = var.project
  location       = var.region
  bucket_id      = "laksa"
  retention_days = var.log_days
  description    = "The lines of Laksa, in the region"

  depends_on = [google_project_service.used]
}

# The sink that every project has, led to our bucket; it is taken over, not made.
resource "google_logging_project_sink" "default" {
  name                   = "_Default"
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.region.id}"
  unique_writer_identity = true

  filter = join(" AND ", [
    "NOT LOG_ID(\"cloudaudit.googleapis.com/activity\")", "NOT LOG_ID(\"externalaudit.googleapis.com/activity\")",
    "NOT LOG_ID(\"cloudaudit.googleapis.com/system_event\")", "NOT LOG_ID(\"externalaudit.googleapis.com/system_event\")",
    "NOT LOG_ID(\"cloudaudit.googleapis.com/access_transparency\")",
  ])

  dynamic "exclusions" {
    for_each = local.logs_left_out
    content {
      name   = exclusions.key
      filter = exclusions.value
    }
  }
}

# A trace is named after the path of its request, too: Cloud Run writes them wherever this service is on.
resource "terraform_data" "no_traces" {
  provisioner "local-exec" {
    command = "gcloud services disable cloudtrace.googleapis.com --force --quiet --project='${var.project}'"
  }
}
