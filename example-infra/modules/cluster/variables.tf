variable "name" {
  description = "Name of the ECS cluster."
  type        = string
  nullable    = false

  # ECS, CreateCluster: clusterName.
  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9_-]{0,254}$", var.name))
    error_message = "name: expected a letter, then up to 254 letters, digits, _ or -."
  }
}

variable "container_insights" {
  description = "Container Insights: disabled, enabled, or enhanced (also metrics per task). Both latter are billed per metric."
  type        = string
  nullable    = false
  default     = "disabled"

  validation {
    condition     = contains(["disabled", "enabled", "enhanced"], var.container_insights)
    error_message = "container_insights: expected disabled, enabled or enhanced."
  }
}
