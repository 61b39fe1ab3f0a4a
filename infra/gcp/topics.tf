# A topic for each kind of message, a push to its one function, and a last place for what no push could bring.
locals {
  dead_letter   = local.topology.push.dead_letter_topic
  push_audience = "${var.url}/_push"
  tick_audience = "${var.url}/_tick"
  # One service: a path for each function. One each: the function is all there is.
  push_path = { for name in keys(local.targets) : name => var.size == "kecil" ? replace(local.topology.private_paths.push, "<name>", name) : "/" }
  tick_path = { for name in keys(local.targets) : name => var.size == "kecil" ? replace(local.topology.private_paths.tick, "<name>", name) : "/" }
}

resource "google_pubsub_topic" "message" {
  for_each = toset([for target in local.pushed : target.topic])
  name     = each.key

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }

  depends_on = [google_project_service.used]
}

resource "google_pubsub_subscription" "push" {
  for_each                   = local.pushed
  name                       = each.key
  topic                      = google_pubsub_topic.message[each.value.topic].name
  ack_deadline_seconds       = local.topology.push.ack_deadline_seconds
  message_retention_duration = "604800s"

  push_config {
    push_endpoint = "${google_cloud_run_v2_service.laksa[local.service_of[each.key]].uri}${local.push_path[each.key]}"
    oidc_token {
      service_account_email = google_service_account.push.email
      audience              = var.size == "kecil" ? local.push_audience : google_cloud_run_v2_service.laksa[local.service_of[each.key]].uri
    }
  }

  retry_policy {
    minimum_backoff = "${local.topology.push.min_backoff_seconds}s"
    maximum_backoff = "600s"
  }

  # It must not go away because a quiet month passed without a message.
  expiration_policy {
    ttl = ""
  }

  dynamic "dead_letter_policy" {
    for_each = each.value.topic == local.dead_letter ? [] : [local.dead_letter]
    content {
      dead_letter_topic     = "projects/${var.project}/topics/${google_pubsub_topic.message[dead_letter_policy.value].name}"
      max_delivery_attempts = local.topology.push.max_attempts
    }
  }
}
