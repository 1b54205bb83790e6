variable "name" {
  description = "Name of the service and of its task definition family."
  type        = string
  nullable    = false

  # ECS, CreateService: serviceName.
  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,255}$", var.name))
    error_message = "name: expected up to 255 letters, digits, _ or -."
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

variable "repository_url" {
  description = "Repository of the image, without tag; the output repository_url of the registry."
  type        = string
  nullable    = false

  validation {
    condition     = !can(regex("[:@][^/]*$", var.repository_url))
    error_message = "repository_url: expected a repository without tag or digest."
  }
}

variable "image_tag" {
  description = "Tag of the release, which has to be in the repository already. A tag that never moves, such as a commit, or nothing changes."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$", var.image_tag)) && var.image_tag != "latest"
    error_message = "image_tag: expected a tag that names one release, such as a commit. With latest Terraform would see no change to apply."
  }
}

variable "container" {
  description = "Name of the container and the port on which it listens."
  type = object({
    name = optional(string, "app")
    port = optional(number, 8080)
  })
  nullable = false
  default  = {}

  validation {
    condition     = var.container.port >= 1 && var.container.port <= 65535 && floor(var.container.port) == var.container.port
    error_message = "container.port: expected a whole number from 1 to 65535."
  }
}

variable "cpu" {
  description = "CPU units of a task. 1024 are one vCPU."
  type        = number
  nullable    = false
  default     = 256

  validation {
    condition     = contains(keys(local.fargate_sizes), tostring(var.cpu))
    error_message = "cpu: expected 256, 512, 1024, 2048, 4096, 8192 or 16384."
  }
}

variable "memory" {
  description = "Memory of a task in MiB."
  type        = number
  nullable    = false
  default     = 512

  # Sizes by CPU units, the keys: Amazon ECS Developer Guide, "Task CPU and memory".
  validation {
    condition     = contains(lookup(local.fargate_sizes, var.cpu, [var.memory]), var.memory)
    error_message = "memory: with cpu ${var.cpu} Fargate takes ${join(", ", lookup(local.fargate_sizes, var.cpu, []))} MiB."
  }
}

variable "desired_count" {
  description = "Tasks of a new service. Afterwards the count belongs to autoscaling."
  type        = number
  nullable    = false
  default     = 2

  validation {
    condition     = var.desired_count >= 0 && floor(var.desired_count) == var.desired_count
    error_message = "desired_count: expected a whole number of at least 0."
  }
}

variable "subnet_ids" {
  description = "Subnets of the tasks."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 1 && alltrue([for id in var.subnet_ids : startswith(id, "subnet-")])
    error_message = "subnet_ids: expected at least one id, such as subnet-0123456789abcdef0."
  }
}

variable "security_group_ids" {
  description = "Security groups of the tasks."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) >= 1 && alltrue([for id in var.security_group_ids : startswith(id, "sg-")])
    error_message = "security_group_ids: expected at least one id, such as sg-0123456789abcdef0."
  }
}

variable "assign_public_ip" {
  description = "true for tasks in public subnets."
  type        = bool
  nullable    = false
  default     = false
}

variable "target_group_arn" {
  description = "Target group that a listener leads to."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]*:[0-9]{12}:targetgroup/.+$", var.target_group_arn))
    error_message = "target_group_arn: expected an ARN such as arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/NAME/ID."
  }
}

variable "execution_role_arn" {
  description = "Role by which ECS pulls the image and writes logs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam:[a-z0-9-]*:[0-9]{12}:role/.+$", var.execution_role_arn))
    error_message = "execution_role_arn: expected an ARN such as arn:aws:iam::111122223333:role/NAME."
  }
}

variable "task_role_arn" {
  description = "Role of the containers."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam:[a-z0-9-]*:[0-9]{12}:role/.+$", var.task_role_arn))
    error_message = "task_role_arn: expected an ARN such as arn:aws:iam::111122223333:role/NAME."
  }
}

variable "log_group" {
  description = "Name of the log group."
  type        = string
  nullable    = false

  # CloudWatch Logs, CreateLogGroup: logGroupName.
  validation {
    condition     = can(regex("^[A-Za-z0-9_/.#-]{1,512}$", var.log_group))
    error_message = "log_group: expected the name of a log group such as /ecs/orders, not its ARN."
  }
}
