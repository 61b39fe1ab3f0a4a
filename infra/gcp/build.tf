# The image, built by Cloud Build whenever something that runs has changed. Needs gcloud where Terraform runs.
locals {
  what_runs = [
    "{main.py,requirements.txt}", "{functions,workflows,infra}/**/*.{py,toml,yaml,json,csv,cfg,weights,sha256,txt}", "templates/**/*.{html,txt,jinja,css,js,svg,po}",
  ]
  found   = setunion([for pattern in local.what_runs : fileset(var.source_folder, pattern)]...)
  files   = [for file in sort(local.found) : "${file} ${filesha256("${var.source_folder}/${file}")}"]
  release = substr(sha256(join("\n", concat(local.files, [filesha256("${path.module}/Dockerfile")]))), 0, 12)
  image   = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}/laksa:${local.release}"
}

resource "google_artifact_registry_repository" "images" {
  repository_id = "laksa"
  location      = var.region
  format        = "DOCKER"
  description   = "The images of Laksa"

  docker_config {
    immutable_tags = true
  }

  cleanup_policies {
    id     = "keep the last ten"
    action = "KEEP"
    most_recent_versions {
      keep_count = 10
    }
  }
  cleanup_policies {
    id     = "let the others go"
    action = "DELETE"
    condition {
      older_than = "2592000s"
    }
  }

  depends_on = [google_project_service.used]
}

resource "terraform_data" "image" {
  triggers_replace = local.image

  provisioner "local-exec" {
    # An image that is there already, as after going back a version, is taken as it is.
    command = join(" ", [
      "gcloud artifacts docker images describe '${local.image}' --project='${var.project}' >/dev/null 2>&1 ||",
      "gcloud builds submit '${var.source_folder}' --project='${var.project}' --region='${var.region}'",
      "--config='${path.module}/cloudbuild.yaml' --substitutions='_IMAGE=${local.image}'",
      "--service-account='${google_service_account.build.name}'",
      "--gcs-source-staging-dir='gs://${google_storage_bucket.upload.name}/source'",
    ])
  }

  depends_on = [
    google_artifact_registry_repository_iam_member.build, google_storage_bucket_iam_member.build,
    google_project_iam_member.build,
  ]
}
