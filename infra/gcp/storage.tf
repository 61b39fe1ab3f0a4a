# Two buckets, both closed: the photos of reports, and what is uploaded to be built.
resource "google_storage_bucket" "photos" {
  name                        = "${var.project}-laksa-photos"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  # What is erased is gone after a week, for good; shorter, Google only offers none at all.
  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  # A net under the sweep: photos of a form that never came, and mails that nobody could read.
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = 7
      matches_prefix = ["form-"]
    }
  }
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = 45
      matches_prefix = ["surat-"]
    }
  }
  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }
    condition {
      age = 1
    }
  }

  depends_on = [google_project_service.used]
}

resource "google_storage_bucket" "upload" {
  name                        = "${var.project}-laksa-upload"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age = 30
    }
  }

  depends_on = [google_project_service.used]
}
