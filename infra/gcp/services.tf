# One service for everything, or one for each function: the same image, woken in different ways.
locals {
  settings = {
    GOOGLE_CLOUD_PROJECT     = var.project
    LAKSA_STACK              = "google"
    LAKSA_BIND               = "0.0.0.0"
    LAKSA_DATA               = "/dev/shm/laksa"
    LAKSA_URL                = var.url
    LAKSA_MAIL_FROM          = var.mail_from
    LAKSA_DESK_ALLOW         = var.desk_allow
    LAKSA_PROXIES            = var.size == "besar" ? "2" : "1"
    LAKSA_FIRESTORE_DATABASE = local.in_use
    LAKSA_PHOTO_BUCKET       = google_storage_bucket.photos.name
  }
  # Only where Cloud Run does not ask who calls does the app check the tokens itself.
  token_settings = var.size == "besar" ? { LAKSA_CALLERS = "iam" } : {
    LAKSA_CALLERS       = "token"
    LAKSA_PUSH_AUDIENCE = local.push_audience
    LAKSA_PUSH_ACCOUNT  = google_service_account.push.email
    LAKSA_TICK_AUDIENCE = local.tick_audience
    LAKSA_TICK_ACCOUNT  = google_service_account.tick.email
  }
}

resource "google_cloud_run_v2_service" "laksa" {
  for_each             = local.services
  name                 = each.key
  location             = var.region
  ingress              = each.value.ingress
  invoker_iam_disabled = each.value.public
  deletion_protection  = false

  template {
    service_account                  = google_service_account.service[each.key].email
    timeout                          = "${each.value.timeout}s"
    max_instance_request_concurrency = each.value.concurrency
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"

    scaling {
      min_instance_count = each.value.min
      max_instance_count = each.value.max
    }

    containers {
      image   = local.image
      command = each.value.command

      resources {
        limits            = { memory = each.value.memory, cpu = tostring(each.value.cpu) }
        cpu_idle          = true
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = merge(local.settings, local.token_settings, { THREADS = tostring(each.value.concurrency) })
        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = toset(each.value.secrets)
        content {
          name = env.key
          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.setting[env.key].secret_id
              version = google_secret_manager_secret_version.value[env.key].version
            }
          }
        }
      }
    }

    dynamic "vpc_access" {
      for_each = var.fixed_address ? [1] : []
      content {
        egress = "ALL_TRAFFIC"
        network_interfaces {
          network    = google_compute_network.out[0].id
          subnetwork = google_compute_subnetwork.out[0].id
        }
      }
    }
  }

  depends_on = [
    terraform_data.image, google_project_iam_member.data, google_secret_manager_secret_iam_member.read,
    google_secret_manager_secret_version.value,
  ]
}
