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
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.cpu)
    error_message = "cpu: expected 256, 512, 1024, 2048, 4096, 8192 or 16384."
  }
}

variable "memory" {
  description = "Memory of a task in MiB."
  type        = number
  nullable    = false
  default     = 512

  validation {
    condition     = var.memory >= 2 * var.cpu && var.memory <= (var.cpu == 16384 ? 122880 : 8 * var.cpu)
    error_message = "memory: expected 2 to 8 times cpu (Fargate's table of CPU and memory), such as 512 with cpu 256."
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
}

variable "security_group_ids" {
  description = "Security groups of the tasks."
  type        = list(string)
  nullable    = false
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
}

variable "execution_role_arn" {
  description = "Role by which ECS pulls the image and writes logs."
  type        = string
  nullable    = false
}

variable "task_role_arn" {
  description = "Role of the containers."
  type        = string
  nullable    = false
}

variable "log_group" {
  description = "Name of the log group."
  type        = string
  nullable    = false
}
