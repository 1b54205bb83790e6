variable "region" {
  description = "AWS region of the repository, such as us-east-1."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: expected a region name such as us-east-1."
  }
}

variable "name" {
  description = "Name of the ECR repository. A path such as team/example-app is allowed."
  type        = string
  nullable    = false
  default     = "example-app"

  # ECR, CreateRepository: repositoryName has up to 256, of which that of the cache takes six.
  validation {
    condition = (
      length(var.name) >= 2 && length(var.name) <= 250 &&
      can(regex("^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$", var.name))
    )
    error_message = "name: expected 2 to 250 lowercase letters, digits and single . _ - between them, with / between path segments."
  }
}

variable "image_tag_mutability" {
  description = <<-EOT
    IMMUTABLE: a tag, once pushed, names the same image for ever. MUTABLE: tags such as latest may move.
    ECR can exempt latest alone, which provider 5.100 cannot express; see the README.
  EOT
  type        = string
  nullable    = false
  default     = "IMMUTABLE"

  validation {
    condition     = contains(["IMMUTABLE", "MUTABLE"], var.image_tag_mutability)
    error_message = "image_tag_mutability: expected IMMUTABLE or MUTABLE."
  }
}

variable "keep_images" {
  description = "How many images the lifecycle policy keeps. Older ones expire, within a day, whatever their tags."
  type        = number
  nullable    = false
  default     = 10

  validation {
    condition     = var.keep_images >= 1 && floor(var.keep_images) == var.keep_images
    error_message = "keep_images: expected a whole number of at least 1."
  }
}

variable "kms_key_arn" {
  description = "ARN of a KMS key to encrypt images with. Null: ECR's own AES-256 key. Changing it replaces the repository."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn: expected a key's ARN such as arn:aws:kms:us-east-1:111122223333:key/ID (an alias does not do)."
  }
}

variable "cache" {
  description = "Whether there is a repository NAME-cache for the layers of builds. Without it build-push-ecr keeps a smaller cache in the image."
  type        = bool
  nullable    = false
  default     = true
}

variable "force_delete" {
  description = "Lets destroy delete repositories that still hold images. Apply it as true, then destroy."
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
