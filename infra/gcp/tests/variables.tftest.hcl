# What a city may not write in its file of variables is said at once, in a sentence.
variables {
  source_folder = "."
  project       = "kota"
  url           = "https://laksa.kota.example"
  mail_from     = "laksa@kota.example"
  alert_email   = "ops@kota.example"
  secret_values = { LAKSA_KEYS = "a-key-of-sixteen-characters", SMTP_URL = "smtp://u:p@smtp.kota.example:587" }
}

run "the_form_as_it_should_be" {
  command = plan

  assert {
    condition     = length(google_cloud_run_v2_service.laksa) == 1 && length(google_compute_url_map.pages) == 0
    error_message = "kecil, the size that is taken when none is named, is one service without a load balancer."
  }
}

run "keys_that_can_be_guessed" {
  command = plan
  variables { secret_values = { LAKSA_KEYS = "a-key-of-sixteen-characters,old", SMTP_URL = "smtp://u:p@smtp.kota.example:587" } }
  expect_failures = [var.secret_values]
}

run "a_space_does_not_make_a_key_longer" {
  command = plan
  variables { secret_values = { LAKSA_KEYS = "a-key-of-sixteen-characters, fifteen-letters", SMTP_URL = "smtp://u:p@smtp.kota.example:587" } }
  expect_failures = [var.secret_values]
}

run "a_size_that_there_is_not" {
  command = plan
  variables { size = "sedang" }
  expect_failures = [var.size]
}

run "links_without_tls" {
  command = plan
  variables { url = "http://laksa.kota.example" }
  expect_failures = [var.url]
}

run "mail_by_the_port_that_is_blocked" {
  command = plan
  variables { secret_values = { LAKSA_KEYS = "a-key-of-sixteen-characters", SMTP_URL = "smtp://u:p@smtp.kota.example:25" } }
  expect_failures = [var.secret_values]
}

run "letters_that_nobody_sends" {
  command = plan
  variables { secret_versions = { LAKSA_KEYS = 1 } }
  expect_failures = [var.secret_versions]
}

run "no_keys_for_links" {
  command = plan
  variables { secret_versions = { SMTP_URL = 1 } }
  expect_failures = [var.secret_versions]
}
