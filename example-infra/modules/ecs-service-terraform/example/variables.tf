variable "region" {
  description = "AWS region, such as us-east-1."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: expected a region name such as us-east-1."
  }
}

variable "name" {
  description = "Name of the service and of all that belongs to it."
  type        = string
  nullable    = false
  default     = "orders"

  # The shortest of the limits behind it is ELBv2's.
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,24}[a-z0-9]$", var.name))
    error_message = "name: expected 2 to 26 lowercase letters, digits and -, beginning with a letter."
  }
}

variable "repository" {
  description = "Name of the ECR repository, in this account and region."
  type        = string
  nullable    = false
  default     = "orders"

  # ECR, CreateRepository: repositoryName.
  validation {
    condition     = can(regex("^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$", var.repository))
    error_message = "repository: expected the name of a repository such as team/orders, without tag or digest."
  }
}

variable "image_tag" {
  description = "Tag of the release, checked by the module."
  type        = string
  nullable    = false
}
