variable "name" {
  description = "Name of the service and of its task definition family; what belongs to it begins with it."
  type        = string
  nullable    = false

  # IAM allows 64 characters for a role's name, of which the longest ending takes ten.
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,52}[a-z0-9]$", var.name))
    error_message = "name: expected 2 to 54 lowercase letters, digits and -, beginning with a letter."
  }
}

variable "cluster_arn" {
  description = "ARN of the ECS cluster."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:ecs:[a-z0-9-]*:[0-9]{12}:cluster/.+$", var.cluster_arn))
    error_message = "cluster_arn: expected an ARN such as arn:aws:ecs:us-east-1:111122223333:cluster/NAME."
  }
}

variable "vpc_id" {
  description = "VPC of the tasks."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "vpc_id: expected an id such as vpc-0123456789abcdef0."
  }
}

variable "subnet_ids" {
  description = "Subnets of the tasks; private ones, with a way to ECR and CloudWatch Logs."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 1 && alltrue([for id in var.subnet_ids : startswith(id, "subnet-")])
    error_message = "subnet_ids: expected at least one id, such as subnet-0123456789abcdef0."
  }
}

variable "assign_public_ip" {
  description = "true for tasks in public subnets, which reach nothing without an address of their own."
  type        = bool
  nullable    = false
  default     = false
}

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
    condition = alltrue([
      for name in keys(var.container.environment) :
      endswith(name, "_ARN") || !can(regex("(?i)(password|passwd|secret|token|private_?key|api_?key|credential)", name))
    ])
    error_message = "container.environment: a name says that its value is a credential. Put the value into Secrets Manager and its ARN into container.secrets."
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

variable "scaling" {
  description = "Fewest and most tasks, and what one task is meant to bear: CPU and memory in percent, requests a minute."
  type = object({
    min                 = optional(number, 2)
    max                 = optional(number, 6)
    cpu                 = optional(number, 60)
    memory              = optional(number, 70)
    requests_per_target = optional(number, 1000)
  })
  nullable = false
  default  = {}

  validation {
    condition     = var.scaling.min >= 1 && var.scaling.max >= var.scaling.min && alltrue([for count in [var.scaling.min, var.scaling.max] : floor(count) == count])
    error_message = "scaling: expected whole numbers, min of at least 1 and max of at least min."
  }

  validation {
    condition     = alltrue([for percent in [var.scaling.cpu, var.scaling.memory] : percent > 0 && percent <= 100]) && var.scaling.requests_per_target > 0
    error_message = "scaling: expected cpu and memory above 0 and up to 100 percent, and requests_per_target above 0."
  }
}

variable "load_balancer" {
  description = "Where the tasks are registered, the security group that may reach them, and the label LOAD_BALANCER/TARGET_GROUP for scaling by requests."
  type = object({
    target_group_arn  = string
    security_group_id = string
    request_label     = string
  })
  nullable = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:targetgroup/.+$", var.load_balancer.target_group_arn)) && startswith(var.load_balancer.security_group_id, "sg-") && can(regex("^app/.+/targetgroup/.+$", var.load_balancer.request_label))
    error_message = "load_balancer: expected the ARN of a target group, the id of a security group and a label app/NAME/ID/targetgroup/NAME/ID, as the outputs of modules/load-balancer are."
  }
}

variable "health_check_grace_period" {
  description = "Seconds after a task's start in which a failing health check does not stop it."
  type        = number
  nullable    = false
  default     = 60

  validation {
    condition     = var.health_check_grace_period >= 0 && var.health_check_grace_period <= 2147483647 && floor(var.health_check_grace_period) == var.health_check_grace_period
    error_message = "health_check_grace_period: expected a whole number of seconds from 0 to 2147483647."
  }
}

variable "repository_arns" {
  description = "ECR repositories that tasks may pull from."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.repository_arns) >= 1 && alltrue([for arn in var.repository_arns : can(regex("^arn:[a-z-]+:ecr:[a-z0-9-]+:[0-9]{12}:repository/[^*]+$", arn))])
    error_message = "repository_arns: expected ARNs such as arn:aws:ecr:us-east-1:111122223333:repository/example-app, without wildcards."
  }
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  nullable    = false
  default     = 30

  # CloudWatch Logs, PutRetentionPolicy.
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days: expected a period of CloudWatch Logs, such as 7, 14, 30, 90 or 365."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key for the log group; its policy has to admit CloudWatch Logs. Null: encrypted with a key of CloudWatch Logs."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.log_kms_key_arn))
    error_message = "log_kms_key_arn: expected a key's ARN such as arn:aws:kms:us-east-1:111122223333:key/ID (an alias does not do)."
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
