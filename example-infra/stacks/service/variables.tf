variable "region" {
  description = "AWS region, such as us-east-1."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: expected a region name such as us-east-1."
  }

  # Not a precondition, which does not stop a destroy, and not with var.environment, which what it is compared with is made from.
  validation {
    condition     = var.region != "" && terraform_data.environment.output == "${var.project}-${var.environment}"
    error_message = "environment: the state here is of ${terraform_data.environment.output}, the variables of ${var.project}-${var.environment}. Give that environment's -var-file, or initialise the folder for the other: README of example-infra, \"Another environment\"."
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

variable "environment" {
  description = "Name of the environment: dev, staging, prod or another. With the project it names everything."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,9}$", var.environment))
    error_message = "environment: expected 2 to 10 lowercase letters and digits, such as prod."
  }
}

variable "network" {
  description = "A network of your own. Null: that of the stack network of this project and environment, found by its tags."
  type = object({
    vpc_id             = string
    public_subnet_ids  = list(string)
    private_subnet_ids = list(string)
    tasks_in_public    = optional(bool, false)
  })
  default = null

  validation {
    condition     = var.network == null ? true : length(var.network.public_subnet_ids) >= 2 && length(var.network.private_subnet_ids) >= 2
    error_message = "network: expected public and private subnets in two zones each."
  }
}

variable "repository" {
  description = "Name of the ECR repository that the tasks pull from, in this account and region."
  type        = string
  nullable    = false
  default     = "example-app"

  # ECR, CreateRepository: repositoryName.
  validation {
    condition     = can(regex("^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$", var.repository)) && !strcontains(var.repository, ".dkr.ecr.")
    error_message = "repository: expected the name of a repository such as team/example-app, without registry, tag or digest."
  }
}

variable "container_insights" {
  description = "Container Insights: disabled, enabled or enhanced."
  type        = string
  nullable    = false
  default     = "disabled"
}

variable "domain" {
  description = "Host name to serve by HTTPS, and the Route 53 zone that holds it. Null: HTTP under the load balancer's own name."
  type = object({
    name    = string
    zone_id = string
  })
  default = null
}

variable "database" {
  description = <<-EOT
    A PostgreSQL database for the service. Null: none. final_snapshot names the snapshot that a destroy leaves. The app finds
    DATABASE_HOST, _PORT, _NAME, _USER, _PASSWORD and _SECRET_ARN. RDS changes the password every seven days, and a running task
    keeps the one that it started with: read it from the secret for each new connection, or start the tasks anew in time.
  EOT
  type = object({
    instance_class = optional(string, "db.t4g.micro")
    multi_az       = optional(bool, false)
    backup_days    = optional(number, 7)
    final_snapshot = optional(string)
  })
  default = null
}

variable "alarms" {
  description = "Addresses that alarms are sent to, and who owns the alarms and the dashboard: alarm-setup or terraform."
  type = object({
    emails = optional(set(string), [])
    by     = optional(string, "alarm-setup")
  })
  nullable = false
  default  = {}
}

variable "github" {
  description = "Repository whose workflows get the roles, as modules/github-oidc describes it, and the bucket of the stack backend. terraform_roles makes plan and apply too, of which apply is to be trusted as an administrator; max_session_duration is in seconds. Null: no roles."
  type = object({
    owner          = string
    name           = string
    owner_id       = optional(number)
    id             = optional(number)
    default_branch = optional(string, "main")
    trust_names    = optional(bool, true)
    state_bucket   = string

    terraform_roles = optional(bool, false)

    # Of every role but plan: as long as role-duration-seconds of the workflows, where a build or a deployment takes more than an hour.
    max_session_duration = optional(number, 3600)

    # Where the stack backend has a kms_key_arn, the same here: otherwise neither plan nor apply can read a state.
    state_kms_key_arn = optional(string)
  })
  default = null
}

variable "create_provider" {
  description = "Whether this environment owns GitHub's OIDC provider, of which an account has one: true in exactly one environment, or in none where the account has it already. Without github nothing is made."
  type        = bool
  nullable    = false
  default     = true
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the tasks' two roles, a policy of the account. With it the role apply of github can give them no right beyond. An administrator applies a change of it. Null: none."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "AWS refuses to delete load balancer and database until this is applied as false."
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
