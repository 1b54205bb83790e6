variable "name" {
  description = "Beginning of the roles' names, and name of the cluster, service and all else that they may touch."
  type        = string
  nullable    = false

  # IAM allows 64 characters, of which the longest ending takes eight.
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,54}[a-z0-9]$", var.name))
    error_message = "name: expected 2 to 56 lowercase letters, digits and -, beginning with a letter."
  }
}

variable "environment" {
  description = "GitHub environment of the jobs that apply, deploy and operate."
  type        = string
  nullable    = false

  # A colon would end the subject's part, a wildcard would widen it.
  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_.-]*$", var.environment))
    error_message = "environment: expected letters, digits, _ . and -, such as prod."
  }
}

variable "repository" {
  description = <<-EOT
    GitHub repository whose jobs are trusted, with its ids and its owner's (gh api repos/OWNER/NAME --jq '.id, .owner.id').
    With trust_names = false only subjects with ids are trusted, which is the safer choice once GitHub sends them.
  EOT
  type = object({
    owner          = string
    name           = string
    owner_id       = optional(number)
    id             = optional(number)
    default_branch = optional(string, "main")
    trust_names    = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = can(regex("^[A-Za-z0-9](-?[A-Za-z0-9])*$", var.repository.owner)) && can(regex("^[A-Za-z0-9._-]+$", var.repository.name))
    error_message = "repository: expected owner and name as GitHub spells them, each alone and without wildcards."
  }

  validation {
    condition     = (var.repository.id == null) == (var.repository.owner_id == null)
    error_message = "repository: expected id and owner_id together, or neither."
  }

  validation {
    condition     = var.repository.trust_names || var.repository.id != null
    error_message = "repository: with trust_names = false the ids are needed, or nobody is trusted."
  }

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9/_.-]*$", var.repository.default_branch))
    error_message = "repository.default_branch: expected the name of a branch, without refs/heads/ and wildcards."
  }
}

variable "create_provider" {
  description = "false where the account has the provider of GitHub already: there can be one, whatever number of repositories and environments use it."
  type        = bool
  nullable    = false
  default     = true
}

variable "repository_arns" {
  description = "ECR repositories that are pushed to and released from, the one for the cache included."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.repository_arns) >= 1 && alltrue([for arn in var.repository_arns : can(regex("^arn:[a-z-]+:ecr:[a-z0-9-]+:[0-9]{12}:repository/[^*]+$", arn))])
    error_message = "repository_arns: expected ARNs such as arn:aws:ecr:us-east-1:111122223333:repository/example-app, without wildcards."
  }
}

variable "state" {
  description = <<-EOT
    Bucket of Terraform's state, and the keys in it that plan may read and apply may write. kms_key_arns has the KMS keys that
    encrypt the bucket, where they are yours: both roles use them, through S3 alone.
  EOT
  type = object({
    bucket       = string
    keys         = list(string)
    kms_key_arns = optional(list(string), [])
  })
  nullable = false

  validation {
    condition     = length(var.state.keys) >= 1 && alltrue([for key in concat([var.state.bucket], var.state.keys) : can(regex("^[A-Za-z0-9._/-]+$", key))])
    error_message = "state: expected a bucket and keys such as service/prod.tfstate, without wildcards."
  }

  validation {
    condition     = alltrue([for arn in var.state.kms_key_arns : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[^*]+$", arn))])
    error_message = "state.kms_key_arns: expected ARNs of keys such as arn:aws:kms:us-east-1:111122223333:key/ID (an alias does not do)."
  }
}

variable "terraform_roles" {
  description = "Make the roles plan and apply as well, for workflows that run Terraform. apply can give the tasks any right, so it is trusted as an administrator of the account, and whoever may run a job in the environment has it."
  type        = bool
  nullable    = false
  default     = false
}

variable "max_session_duration" {
  description = "Seconds for which a job may hold a role, the most that role-duration-seconds of the workflows can ask for. The role plan keeps to an hour."
  type        = number
  nullable    = false
  default     = 3600

  # IAM, CreateRole: MaxSessionDuration.
  validation {
    condition     = var.max_session_duration >= 3600 && var.max_session_duration <= 43200 && floor(var.max_session_duration) == var.max_session_duration
    error_message = "max_session_duration: expected a whole number of seconds from 3600 (an hour) to 43200 (twelve)."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the tasks' two roles: apply may make and give rights to them only while they have it. Null: any right."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/[^*]+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn: expected a policy's ARN such as arn:aws:iam::111122223333:policy/tasks."
  }
}

variable "zone_ids" {
  description = "Route 53 zones in which apply may write records."
  type        = list(string)
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for id in var.zone_ids : can(regex("^[A-Z0-9]+$", id))])
    error_message = "zone_ids: expected ids of hosted zones, such as Z0123456789ABCDEFGHIJ."
  }
}
