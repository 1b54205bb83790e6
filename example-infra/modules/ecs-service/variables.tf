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

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the tasks' two roles: a policy beyond which nothing that they are given goes. Null: none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/[^*]+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn: expected a policy's ARN such as arn:aws:iam::111122223333:policy/tasks."
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
