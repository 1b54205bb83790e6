variable "name" {
  description = "Name of the SNS topic and of the dashboard."
  type        = string
  nullable    = false

  # CloudWatch, PutDashboard: letters, digits, - and _.
  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,200}$", var.name))
    error_message = "name: expected up to 200 letters, digits, _ or -."
  }
}

variable "emails" {
  description = "Addresses that are told of alarms, each once its owner has confirmed."
  type        = set(string)
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for email in var.emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email))])
    error_message = "emails: expected addresses such as team@example.com."
  }
}

variable "alarms_by" {
  description = "Who owns the alarms and the dashboard: alarm-setup (the action) or terraform. One owner, or each undoes the other's work."
  type        = string
  nullable    = false
  default     = "alarm-setup"

  validation {
    condition     = contains(["alarm-setup", "terraform"], var.alarms_by)
    error_message = "alarms_by: expected alarm-setup or terraform."
  }
}

variable "cluster" {
  description = "Name of the cluster."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,255}$", var.cluster))
    error_message = "cluster: expected the name of a cluster, not its ARN."
  }
}

variable "service" {
  description = "Name of the service."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,255}$", var.service))
    error_message = "service: expected the name of a service, not its ARN."
  }
}

variable "load_balancer_label" {
  description = "Dimension LoadBalancer: app/NAME/ID, the last part of the load balancer's ARN."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^app/[^/]+/[0-9a-f]+$", var.load_balancer_label))
    error_message = "load_balancer_label: expected app/NAME/ID, the last part of an ARN."
  }
}

variable "target_group_label" {
  description = "Dimension TargetGroup: targetgroup/NAME/ID, the last part of the target group's ARN."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^targetgroup/[^/]+/[0-9a-f]+$", var.target_group_label))
    error_message = "target_group_label: expected targetgroup/NAME/ID, the last part of an ARN."
  }
}

variable "database" {
  description = "Identifier of the RDS instance. Null: no alarms for one."
  type        = string
  default     = null

  validation {
    condition     = var.database == null ? true : can(regex("^[a-zA-Z](-?[a-zA-Z0-9])*$", var.database))
    error_message = "database: expected the identifier of an instance, not its ARN."
  }
}

variable "thresholds" {
  description = "CPU, memory and error rate in percent, latency in seconds, tasks that have to run."
  type = object({
    cpu         = optional(number, 80)
    memory      = optional(number, 80)
    error_rate  = optional(number, 5)
    latency_p95 = optional(number, 1)
    min_tasks   = optional(number, 1)
  })
  nullable = false
  default  = {}

  validation {
    condition     = alltrue([for percent in [var.thresholds.cpu, var.thresholds.memory, var.thresholds.error_rate] : percent > 0 && percent <= 100])
    error_message = "thresholds: expected cpu, memory and error_rate between 0 and 100 percent."
  }

  validation {
    condition     = var.thresholds.latency_p95 > 0 && var.thresholds.min_tasks >= 1
    error_message = "thresholds: expected latency_p95 above 0 seconds, and min_tasks of at least 1."
  }
}

variable "tasks_expected" {
  description = "false before the first image, when no task runs and none should: without the two alarms on silence, tasks-low and no-healthy-hosts."
  type        = bool
  nullable    = false
  default     = true
}

variable "kms_key_arn" {
  description = "KMS key for the topic; its policy has to admit CloudWatch, which the account's key alias/aws/sns does not. Null: not encrypted at rest."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn: expected the ARN of a key of yours; with alias/aws/sns CloudWatch could not publish, and no alarm would reach anybody."
  }
}
