locals {
  in_use    = var.restored_database == "" ? var.database : var.restored_database
  databases = toset([var.database, local.in_use])
}

# The database: named, in the region, put back to any minute of seven days, with backups, and closed to every client.
resource "google_firestore_database" "laksa" {
  name                              = var.database
  location_id                       = var.region
  type                              = "FIRESTORE_NATIVE"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
  deletion_policy                   = "ABANDON"

  depends_on = [google_project_service.used]
}

resource "google_firestore_backup_schedule" "daily" {
  for_each  = local.databases
  database  = each.key
  retention = "${var.backup_days * 86400}s"
  daily_recurrence {}

  depends_on = [google_firestore_database.laksa]
}

# Both from firestore.indexes.json, which the embedded store's SQL and the check of every query come from, too.
resource "google_firestore_index" "composite" {
  for_each = {
    for index in local.indexes.indexes :
    join(" ", concat([index.collectionGroup], [for field in index.fields : "${field.fieldPath}:${field.order}"])) => index
  }
  database    = google_firestore_database.laksa.name
  collection  = each.value.collectionGroup
  query_scope = each.value.queryScope

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path = fields.value.fieldPath
      order      = fields.value.order
    }
  }
}

# ttl is only for submissions: it would take a complaint and leave its timeline. Erasing is the sweep's work.
resource "google_firestore_field" "own" {
  for_each   = { for field in local.indexes.fieldOverrides : "${field.collectionGroup}.${field.fieldPath}" => field }
  database   = google_firestore_database.laksa.name
  collection = each.value.collectionGroup
  field      = each.value.fieldPath

  index_config {
    dynamic "indexes" {
      for_each = each.value.indexes
      content {
        order       = indexes.value.order
        query_scope = indexes.value.queryScope
      }
    }
  }

  dynamic "ttl_config" {
    for_each = try(each.value.ttl, false) ? [1] : []
    content {}
  }
}

resource "google_firebaserules_ruleset" "closed" {
  source {
    files {
      name    = "firestore.rules"
      content = file("${path.module}/firestore.rules")
    }
  }

  depends_on = [google_firestore_database.laksa]
}

resource "google_firebaserules_release" "closed" {
  for_each     = local.databases
  name         = each.key == "(default)" ? "cloud.firestore" : "cloud.firestore/${each.key}"
  ruleset_name = google_firebaserules_ruleset.closed.name
}
