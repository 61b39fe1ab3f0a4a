# infra/topology.yaml as Terraform needs it: each target with its defaults, and the services that run them.
locals {
  topology = yamldecode(file("${path.module}/../topology.yaml"))
  indexes  = jsondecode(file("${path.module}/../firestore.indexes.json"))
  defaults = local.topology.defaults

  targets = {
    for name, declared in local.topology.functions : name => {
      trigger     = [for kind in ["http", "topic", "cron"] : kind if contains(keys(declared), kind)][0]
      public      = contains(["public", "link", "secret"], declared.access)
      access      = declared.access
      paths       = try(declared.http, [])
      topic       = try(declared.topic, "")
      cron        = try(declared.cron, "")
      memory      = try(declared.memory, local.defaults.memory)
      cpu         = try(declared.cpu, local.defaults.cpu)
      concurrency = try(declared.concurrency, local.defaults.concurrency)
      min         = try(declared.min_instances, local.defaults.min_instances)
      max         = try(declared.max_instances, local.defaults.max_instances)
      timeout     = try(declared.timeout_seconds, local.defaults.timeout_seconds)
      publishes   = try(declared.publishes, local.defaults.publishes)
      secrets     = [for name in try(declared.secrets, local.defaults.secrets) : name if contains(keys(var.secret_versions), name)]
      photos      = try(declared.photos, local.defaults.photos)
    }
  }
  pushed = { for name, target in local.targets : name => target if target.trigger == "topic" }
  ticked = { for name, target in local.targets : name => target if target.trigger == "cron" }
  paged  = { for name, target in local.targets : name => target if target.trigger == "http" }

  # What Cloud Run calls the way in that the topology names.
  ingress = {
    all      = "INGRESS_TRAFFIC_ALL"
    balancer = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
    internal = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  }

  # One service for all that anybody may ask and that checks the tokens of pushes and ticks itself.
  one_service = {
    laksa-city = {
      targets     = keys(local.targets)
      command     = ["functions-framework", "--source", "main.py", "--target", "laksa"]
      public      = true
      ingress     = local.ingress.all
      memory      = "${max([for target in local.targets : tonumber(trimsuffix(target.memory, "Mi"))]...)}Mi"
      cpu         = max([for target in local.targets : target.cpu]...)
      concurrency = 8 # as any service that reads photos
      min         = max([for target in local.targets : target.min]...)
      max         = local.defaults.max_instances
      timeout     = max([for target in local.targets : target.timeout]...)
      publishes   = distinct(flatten([for target in local.targets : target.publishes]))
      secrets     = distinct(flatten([for target in local.targets : target.secrets]))
      photos      = true
    }
  }
  service_each = {
    for name, target in local.targets : "laksa-${replace(name, "_", "-")}" => {
      targets     = [name]
      command     = ["functions-framework", "--source", "main.py", "--target", name]
      public      = target.public
      ingress     = local.ingress[try(local.topology.functions[name].ingress, local.defaults.ingress[target.trigger])]
      memory      = target.memory
      cpu         = target.cpu
      concurrency = target.concurrency
      min         = target.min
      max         = target.max
      timeout     = target.timeout
      publishes   = target.publishes
      secrets     = target.secrets
      photos      = target.photos
    }
  }
  # Never one conditional over both: their keys differ, and Terraform wants one type.
  services   = { for name, service in merge(local.one_service, local.service_each) : name => service if contains(local.names, name) }
  names      = var.size == "kecil" ? keys(local.one_service) : keys(local.service_each)
  service_of = { for name in keys(local.targets) : name => var.size == "kecil" ? "laksa-city" : "laksa-${replace(name, "_", "-")}" }
}
