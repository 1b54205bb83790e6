variable "region" {
  description = "AWS region, such as us-east-1."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: expected a region name such as us-east-1."
  }
}

variable "project" {
  description = "Beginning of every name; two projects in one account need two."
  type        = string
  nullable    = false
  default     = "example-app"

  # With the longest environment, the container port and IAM's endings it has to fit into 32 characters of ELBv2.
  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,13}[a-z0-9])?$", var.project))
    error_message = "project: expected 1 to 15 lowercase letters, digits and -, beginning with a letter."
  }
}

variable "bucket" {
  description = "Name of the bucket. Null: PROJECT-state-ACCOUNT-REGION, which is free."
  type        = string
  default     = null

  # S3, bucket naming rules; dots are left out, because they break TLS to the bucket's own host name.
  validation {
    condition     = var.bucket == null ? true : can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "bucket: expected 3 to 63 lowercase letters, digits and -."
  }
}

variable "keep_days" {
  description = "Days after which a replaced version of a state expires."
  type        = number
  nullable    = false
  default     = 90

  validation {
    condition     = var.keep_days >= 1 && floor(var.keep_days) == var.keep_days
    error_message = "keep_days: expected a whole number of at least 1."
  }
}

variable "kms_key_arn" {
  description = "KMS key to encrypt states with; whoever plans needs it too: github.state_kms_key_arn of the stack service. Null: S3's own key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn: expected a key's ARN such as arn:aws:kms:us-east-1:111122223333:key/ID (an alias does not do)."
  }
}

variable "force_destroy" {
  description = "Lets destroy delete the bucket with every state in it. Apply it as true, then destroy, and only as the last of all."
  type        = bool
  nullable    = false
  default     = false
}

variable "tags" {
  description = "Tags for every resource, beside the stack's own."
  type        = map(string)
  nullable    = false
  default     = {}
}
