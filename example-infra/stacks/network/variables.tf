variable "region" {
  description = "AWS region, such as us-east-1."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: expected a region name such as us-east-1."
  }

  # Not a precondition, which does not stop a destroy, and not with var.environment, which what it is compared with is made from.
  validation {
    condition     = var.region != "" && terraform_data.environment.output == "${var.project}-${var.environment}"
    error_message = "environment: the state here is of ${terraform_data.environment.output}, the variables of ${var.project}-${var.environment}. Give that environment's -var-file, or initialise the folder for the other: README of example-infra, \"Another environment\"."
  }
}

variable "project" {
  description = "Beginning of every name; two projects in one account need two."
  type        = string
  nullable    = false
  default     = "example-app"

  # With the longest environment, the container port and IAM's endings it has to fit into 32 characters of ELBv2.
  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,13}[a-z0-9])?$", var.project))
    error_message = "project: expected 1 to 15 lowercase letters, digits and -, beginning with a letter."
  }
}

variable "environment" {
  description = "Name of the environment: dev, staging, prod or another. With the project it names everything."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,9}$", var.environment))
    error_message = "environment: expected 2 to 10 lowercase letters and digits, such as prod."
  }
}

variable "cidr" {
  description = "IPv4 range of the VPC. Each environment has its own, so that they can be connected later. Each of four subnets takes a quarter."
  type        = string
  nullable    = false

  # VPC: /16 to /28, and a subnet is /28 at least. RFC 1918 alone, because public ranges would hide part of the internet.
  validation {
    condition = can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.)", var.cidr)) && (
      can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 24, false)
    )
    error_message = "cidr: expected a private IPv4 range from /16 to /24, such as 10.10.0.0/16."
  }
}

variable "egress" {
  description = <<-EOT
    How tasks reach AWS. nat: by one NAT gateway. nat-per-az: by one in each zone. endpoints: by VPC endpoints, and nothing else.
    public: tasks have public addresses in the public subnets.
  EOT
  type        = string
  nullable    = false
  default     = "nat"

  validation {
    condition     = contains(["nat", "nat-per-az", "endpoints", "public"], var.egress)
    error_message = "egress: expected nat, nat-per-az, endpoints or public."
  }
}

variable "tags" {
  description = "Tags for every resource, beside the stack's own."
  type        = map(string)
  nullable    = false
  default     = {}
}
