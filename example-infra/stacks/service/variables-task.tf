variable "image" {
  description = "Image by digest (REPOSITORY@sha256:…), the output uri of build-push-ecr. Null before the first push: the service starts at no tasks."
  type        = string
  default     = null

  validation {
    condition     = var.image == null ? true : can(regex("^[^\\s@:]+(:[0-9]+)?[^\\s@:]*@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image: expected REPOSITORY@sha256:DIGEST with 64 hexadecimal digits; a tag could move."
  }
}

variable "container" {
  description = "The container, as modules/ecs-service describes it. Load balancer, security groups, container and app all take port and health_check_path from here."
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
}

variable "secret_kms_key_arns" {
  description = "KMS keys of yours that encrypt what container.secrets names. Those of AWS need no entry."
  type        = list(string)
  nullable    = false
  default     = []
}

variable "cpu" {
  description = "CPU units of a task. 1024 are one vCPU."
  type        = number
  nullable    = false
  default     = 256
}

variable "memory" {
  description = "Memory of a task in MiB, one of those that Fargate has for cpu: modules/ecs-service/fargate-sizes.json."
  type        = number
  nullable    = false
  default     = 512
}

variable "architecture" {
  description = "CPU architecture of the image: X86_64 or ARM64."
  type        = string
  nullable    = false
  default     = "X86_64"
}

variable "scaling" {
  description = "Fewest and most tasks, and what one is meant to bear: CPU and memory in percent, requests a minute."
  type = object({
    min                 = optional(number, 2)
    max                 = optional(number, 6)
    cpu                 = optional(number, 60)
    memory              = optional(number, 70)
    requests_per_target = optional(number, 1000)
  })
  nullable = false
  default  = {}
}
