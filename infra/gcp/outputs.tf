output "image" {
  description = "What runs."
  value       = local.image
}

output "services" {
  description = "Each service's own address; kecil: map the city's domain to it."
  value       = { for name, service in google_cloud_run_v2_service.laksa : name => service.uri }
}

output "address" {
  description = "besar: the address that the domain's A record points at."
  value       = one(google_compute_global_address.front[*].address)
}

output "mail_address" {
  description = "The fixed address that mail leaves from, where one was asked for."
  value       = one(google_compute_address.out[*].address)
}
