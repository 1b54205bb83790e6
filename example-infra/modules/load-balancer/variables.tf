variable "name" {
  description = "Name of the load balancer and beginning of the names of what belongs to it."
  type        = string
  nullable    = false

  # ELBv2 allows 32 characters, of which the target group needs up to 6 for its port.
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,24}[a-z0-9]$", var.name)) && !startswith(var.name, "internal-")
    error_message = "name: expected 2 to 26 lowercase letters, digits and -, beginning with a letter, not with internal-."
  }
}

variable "vpc_id" {
  description = "VPC of the load balancer and its targets."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "vpc_id: expected an id such as vpc-0123456789abcdef0."
  }
}

variable "subnet_ids" {
  description = "Subnets of the load balancer, in two zones at least: public ones, unless it is internal."
  type        = list(string)
  nullable    = false

  # ELBv2, CreateLoadBalancer: Application Load Balancers need two zones.
  validation {
    condition     = length(var.subnet_ids) >= 2 && alltrue([for id in var.subnet_ids : startswith(id, "subnet-")])
    error_message = "subnet_ids: expected ids of two zones at least, such as subnet-0123456789abcdef0."
  }
}

variable "container_port" {
  description = "Port on which the containers listen. The targets are their addresses, so it is the target group's port too."
  type        = number
  nullable    = false

  validation {
    condition     = var.container_port >= 1 && var.container_port <= 65535 && floor(var.container_port) == var.container_port
    error_message = "container_port: expected a whole number from 1 to 65535."
  }
}

variable "health_check" {
  description = "How targets are judged. Times in seconds; matcher holds the status codes that count as healthy."
  type = object({
    path                = optional(string, "/health")
    matcher             = optional(string, "200")
    interval            = optional(number, 15)
    timeout             = optional(number, 5)
    healthy_threshold   = optional(number, 2)
    unhealthy_threshold = optional(number, 3)
  })
  nullable = false
  default  = {}

  validation {
    condition     = startswith(var.health_check.path, "/")
    error_message = "health_check.path: expected a path that begins with /, such as /health."
  }

  # ELBv2, CreateTargetGroup.
  validation {
    condition = (
      var.health_check.interval >= 5 && var.health_check.interval <= 300 && var.health_check.timeout >= 2 && var.health_check.timeout <= 120 &&
      alltrue([for count in [var.health_check.healthy_threshold, var.health_check.unhealthy_threshold] : count >= 2 && count <= 10])
    )
    error_message = "health_check: expected interval from 5 to 300 seconds, timeout from 2 to 120, and thresholds from 2 to 10."
  }

  validation {
    condition     = can(regex("^[2-4][0-9]{2}([,-][2-4][0-9]{2})*$", var.health_check.matcher))
    error_message = "health_check.matcher: expected status codes such as 200, 200,204 or 200-299."
  }

  # ELBv2, CreateTargetGroup: the timeout has to be shorter than the interval.
  validation {
    condition     = var.health_check.timeout < var.health_check.interval
    error_message = "health_check.timeout: expected fewer seconds than health_check.interval."
  }
}

variable "deregistration_delay" {
  description = "Seconds that a leaving target keeps its open requests. A deployment waits for it, so ELB's 300 are rarely wanted."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = var.deregistration_delay >= 0 && var.deregistration_delay <= 3600
    error_message = "deregistration_delay: expected 0 to 3600 seconds."
  }
}

variable "idle_timeout" {
  description = "Seconds after which a silent connection is closed. The app's own keep-alive has to be longer, or users meet 502."
  type        = number
  nullable    = false
  default     = 60

  validation {
    condition     = var.idle_timeout >= 1 && var.idle_timeout <= 4000
    error_message = "idle_timeout: expected 1 to 4000 seconds."
  }
}

variable "domain" {
  description = "Host name to serve, and the Route 53 zone that holds it. Brings HTTPS; without it the load balancer speaks HTTP alone."
  type = object({
    name    = string
    zone_id = string
  })
  default = null

  validation {
    condition     = var.domain == null ? true : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain.name))
    error_message = "domain.name: expected a host name in lower case, such as app.example.com."
  }

  validation {
    condition     = var.domain == null ? true : can(regex("^[A-Z0-9]+$", var.domain.zone_id))
    error_message = "domain.zone_id: expected the id of a hosted zone, such as Z0123456789ABCDEFGHIJ."
  }
}

variable "internal" {
  description = "true: reachable from inside the VPC only."
  type        = bool
  nullable    = false
  default     = false
}

variable "ingress_cidrs" {
  description = "IPv4 ranges from which the listeners can be reached."
  type        = set(string)
  nullable    = false
  default     = ["0.0.0.0/0"]

  validation {
    condition     = alltrue([for cidr in var.ingress_cidrs : can(cidrhost(cidr, 0))])
    error_message = "ingress_cidrs: expected IPv4 ranges such as 203.0.113.0/24."
  }
}

variable "deletion_protection" {
  description = "true: AWS refuses to delete the load balancer until this is applied as false."
  type        = bool
  nullable    = false
  default     = false
}
