# Everything a city decides; terraform.tfvars.example is the form to fill in.
variable "project" {
  description = "The id of the Google Cloud project."
  type        = string
}

variable "region" {
  description = "Where data and services are: asia-southeast2 is Jakarta."
  type        = string
  default     = "asia-southeast2"
}

variable "size" {
  description = "kecil: one service for everything. besar: a service for each function, behind a load balancer."
  type        = string
  default     = "kecil"
  validation {
    condition     = contains(["kecil", "besar"], var.size)
    error_message = "size is kecil or besar."
  }
}

variable "url" {
  description = "The address that links in letters begin with, without a slash at its end."
  type        = string
  validation {
    condition     = can(regex("^https://[a-z0-9.-]+$", var.url))
    error_message = "url looks like https://laksa.kota.example."
  }
}

variable "mail_from" {
  description = "The address that letters come from."
  type        = string
}

variable "alert_email" {
  description = "Who is told when something is wrong."
  type        = string
}

variable "database" {
  description = "The Firestore database that is made."
  type        = string
  default     = "laksa"
}

variable "restored_database" {
  description = "After a restore: the database that took its place, see docs/runbook.md."
  type        = string
  default     = ""
}

variable "secret_versions" {
  description = "Which secrets there are; count one up to write a new value."
  type        = map(number)
  default     = { LAKSA_KEYS = 1, SMTP_URL = 1 }
  validation {
    condition     = alltrue([for name in ["LAKSA_KEYS", "SMTP_URL"] : contains(keys(var.secret_versions), name)])
    error_message = "LAKSA_KEYS signs links and SMTP_URL sends letters: without them Laksa is no use to a city."
  }
}

variable "secret_values" {
  description = "The value of each secret. Written to Secret Manager, kept in no state."
  type        = map(string)
  ephemeral   = true
  sensitive   = true
  validation {
    condition     = alltrue([for name, value in var.secret_values : value == trimspace(value) && value != ""])
    error_message = "A secret is not empty and has no space at its ends."
  }
  validation {
    condition     = alltrue([for key in split(",", lookup(var.secret_values, "LAKSA_KEYS", "")) : length(trimspace(key)) >= 16])
    error_message = "LAKSA_KEYS: one key or several, commas between, each of 16 characters or more."
  }
  validation {
    condition     = can(regex("^smtps?://.+:(587|465)$", lookup(var.secret_values, "SMTP_URL", "smtp://h:587")))
    error_message = "SMTP_URL names port 587 or 465: Google Cloud lets nothing out on port 25."
  }
}

variable "desk_allow" {
  description = "Networks that the desk's links open from, as 10.20.0.0/16,2001:db8::/32; empty: from anywhere."
  type        = string
  default     = ""
}

variable "fixed_address" {
  description = "Mail leaves from one fixed address, for a relay that asks for it (VPC and NAT, see docs/deploy.md)."
  type        = bool
  default     = false
}

variable "source_folder" {
  description = "What is built into the image: the repository, or a bundle of what runs."
  type        = string
  default     = "../.."
}

variable "billing_account" {
  description = "The account that pays, for the budget; empty: no budget."
  type        = string
  default     = ""
}

variable "monthly_budget" {
  description = "In the account's own currency. Half, nine tenths and the whole of it are told by mail."
  type        = number
  default     = 1000000
}

variable "log_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
}

variable "backup_days" {
  description = "How long daily backups of the database are kept; docs/privacy/ropa.md says the same number."
  type        = number
  default     = 30
}

variable "requests_per_minute" {
  description = "besar: how much one address may ask for. Many citizens share an operator's address."
  type        = number
  default     = 600
}
