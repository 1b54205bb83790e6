variable "image" {
  description = "Image of the template, best by digest (REPOSITORY@sha256:…). Null before the first push: the service starts at no tasks and does not scale."
  type        = string
  default     = null

  validation {
    condition     = var.image == null ? true : can(regex("^[^\\s@]+(@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})$", var.image))
    error_message = "image: expected REPOSITORY@sha256:DIGEST (64 hexadecimal digits) or REPOSITORY:TAG."
  }
}

variable "container" {
  description = <<-EOT
    The container. port and health_check_path are also what the load balancer is given. environment takes no credentials:
    secrets maps a variable's name to the ARN of a Secrets Manager secret (…:KEY:: for one key of it) or of an SSM parameter.
    health_check_command is ECS's own check; the default asks health_check_path by node, [] leaves it out.
  EOT
  type = object({
    name                      = optional(string, "app")
    port                      = optional(number, 8080)
    health_check_path         = optional(string, "/health")
    health_check_command      = optional(list(string))
    read_only_root_filesystem = optional(bool, true)
    stop_timeout              = optional(number, 30)
    environment               = optional(map(string), {})
    secrets                   = optional(map(string), {})
  })
  nullable = false
  default  = {}

  validation {
    condition     = var.container.port >= 1 && var.container.port <= 65535 && floor(var.container.port) == var.container.port
    error_message = "container.port: expected a whole number from 1 to 65535."
  }

  validation {
    condition     = startswith(var.container.health_check_path, "/")
    error_message = "container.health_check_path: expected a path that begins with /, such as /health."
  }

  validation {
    condition     = var.container.stop_timeout >= 0 && var.container.stop_timeout <= 120
    error_message = "container.stop_timeout: expected 0 to 120 seconds, which is Fargate's limit."
  }

  # Such a value would lie readable in the task definition, in the state and in git.
  validation {
    condition     = alltrue([for name in keys(var.container.environment) : !can(regex(local.credential_name, name))])
    error_message = "container.environment: ${join(", ", [for name in keys(var.container.environment) : name if can(regex(local.credential_name, name))])} is named as a credential. Put the value into Secrets Manager and its ARN into container.secrets; what is none after all can be a parameter of SSM there."
  }

  validation {
    condition     = alltrue([for value in values(var.container.environment) : !can(regex(local.credential_value, value))])
    error_message = "container.environment: the value of ${join(", ", [for name, value in var.container.environment : name if can(regex(local.credential_value, value))])} holds a credential. Put all of it into Secrets Manager and its ARN into container.secrets."
  }

  validation {
    condition     = alltrue([for arn in values(var.container.secrets) : can(regex("^arn:[a-z-]+:(secretsmanager|ssm):[a-z0-9-]+:[0-9]{12}:", arn))])
    error_message = "container.secrets: expected ARNs of Secrets Manager secrets or SSM parameters, never values."
  }

  validation {
    condition     = !contains(concat(keys(var.container.environment), keys(var.container.secrets)), "PORT")
    error_message = "container: PORT is container.port, from which load balancer and security groups are made. Set that instead."
  }

  # ECS refuses a task definition that says a name twice.
  validation {
    condition     = length(setintersection(keys(var.container.environment), keys(var.container.secrets))) == 0
    error_message = "container: expected each name in environment or in secrets, but not in both: ${join(", ", setintersection(keys(var.container.environment), keys(var.container.secrets)))}."
  }
}

variable "cpu" {
  description = "CPU units of a task: 256, 512, 1024, 2048, 4096, 8192 or 16384. 1024 are one vCPU."
  type        = number
  nullable    = false
  default     = 256

  validation {
    condition     = contains(keys(local.fargate_sizes), tostring(var.cpu))
    error_message = "cpu: expected 256, 512, 1024, 2048, 4096, 8192 or 16384."
  }
}

variable "memory" {
  description = "Memory of a task in MiB, one of those that Fargate has for the CPU units: fargate-sizes.json."
  type        = number
  nullable    = false
  default     = 512

  # Sizes by CPU units, the keys: Amazon ECS Developer Guide, "Task CPU and memory".
  validation {
    condition     = contains(lookup(local.fargate_sizes, var.cpu, [var.memory]), var.memory)
    error_message = "memory: with cpu ${var.cpu} Fargate takes ${join(", ", lookup(local.fargate_sizes, var.cpu, []))} MiB."
  }
}

variable "architecture" {
  description = "CPU architecture of the image: X86_64 or ARM64."
  type        = string
  nullable    = false
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "architecture: expected X86_64 or ARM64."
  }
}

variable "secret_kms_key_arns" {
  description = "KMS keys of yours that encrypt what container.secrets names. Those of AWS need no entry."
  type        = list(string)
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for arn in var.secret_kms_key_arns : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[^*]+$", arn))])
    error_message = "secret_kms_key_arns: expected ARNs of keys such as arn:aws:kms:us-east-1:111122223333:key/ID (an alias does not do)."
  }
}
