# Secrets, held in the region. Their values are write-only: Terraform hands them on and keeps them nowhere.
resource "google_secret_manager_secret" "setting" {
  for_each  = var.secret_versions
  secret_id = lower(replace(each.key, "_", "-"))

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }

  depends_on = [google_project_service.used]
}

resource "google_secret_manager_secret_version" "value" {
  for_each               = var.secret_versions
  secret                 = google_secret_manager_secret.setting[each.key].id
  secret_data_wo         = var.secret_values[each.key]
  secret_data_wo_version = each.value
  deletion_policy        = "DISABLE"
}
