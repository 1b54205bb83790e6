variable "name" {
  description = "Identifier of the instance, and beginning of the names of what belongs to it."
  type        = string
  nullable    = false

  # RDS, CreateDBInstance: DBInstanceIdentifier.
  validation {
    condition     = can(regex("^[a-z](-?[a-z0-9])*$", var.name)) && length(var.name) <= 63
    error_message = "name: expected up to 63 lowercase letters, digits and single -, beginning with a letter."
  }
}

variable "vpc_id" {
  description = "VPC of the database."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "vpc_id: expected an id such as vpc-0123456789abcdef0."
  }
}

variable "subnet_ids" {
  description = "Private subnets, in two zones at least."
  type        = list(string)
  nullable    = false

  # RDS, CreateDBSubnetGroup: two zones, also for an instance that lives in one.
  validation {
    condition     = length(var.subnet_ids) >= 2 && alltrue([for id in var.subnet_ids : startswith(id, "subnet-")])
    error_message = "subnet_ids: expected ids of two zones at least, such as subnet-0123456789abcdef0."
  }
}

variable "client_security_group_id" {
  description = "Security group whose members may connect: that of the tasks."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.client_security_group_id, "sg-")
    error_message = "client_security_group_id: expected an id such as sg-0123456789abcdef0."
  }
}

variable "engine_version" {
  description = "Major version of PostgreSQL. RDS takes the newest minor one and keeps it current."
  type        = string
  nullable    = false
  default     = "17"

  validation {
    condition     = can(regex("^1[4-9]$", var.engine_version))
    error_message = "engine_version: expected a major version of PostgreSQL from 14 to 19, such as 17."
  }
}

variable "instance_class" {
  description = "Instance class, such as db.t4g.micro."
  type        = string
  nullable    = false
  default     = "db.t4g.micro"

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "instance_class: expected a class such as db.t4g.micro."
  }
}

variable "storage" {
  description = "Storage in GiB, and the size up to which RDS may grow it by itself."
  type = object({
    gib     = optional(number, 20)
    max_gib = optional(number, 100)
  })
  nullable = false
  default  = {}

  # RDS: gp3 begins at 20 GiB; storage autoscaling needs room of at least a tenth.
  validation {
    condition     = var.storage.gib >= 20 && var.storage.max_gib >= 1.1 * var.storage.gib
    error_message = "storage: expected gib of at least 20, and max_gib at least a tenth above it."
  }
}

variable "database" {
  description = "Name of the first database."
  type        = string
  nullable    = false
  default     = "app"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database))
    error_message = "database: expected a letter, then up to 62 lowercase letters, digits or _."
  }
}

variable "username" {
  description = "Name of the master user. Its password is RDS's own business."
  type        = string
  nullable    = false
  default     = "app"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.username)) && !contains(["admin", "rdsadmin", "postgres"], var.username)
    error_message = "username: expected a letter, then up to 62 lowercase letters, digits or _, and none of admin, rdsadmin, postgres."
  }
}

variable "multi_az" {
  description = "A standby in the second zone, which takes over when the first fails. Doubles the billed instance hours."
  type        = bool
  nullable    = false
  default     = false
}

variable "backup_days" {
  description = "Days of automated backups, each second of which can be recovered."
  type        = number
  nullable    = false
  default     = 7

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35
    error_message = "backup_days: expected 1 to 35; 0 would switch backups and recovery off."
  }
}

variable "kms_key_arn" {
  description = "KMS key for the storage. Null: the account's key aws/rds."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn: expected a key's ARN such as arn:aws:kms:us-east-1:111122223333:key/ID (an alias does not do)."
  }
}

variable "deletion_protection" {
  description = "AWS refuses to delete the database until this is applied as false."
  type        = bool
  nullable    = false
  default     = true
}

variable "final_snapshot" {
  description = "Name of the snapshot that a destroy leaves. Null: none. Names are taken once, so a second destroy needs another."
  type        = string
  default     = null

  validation {
    condition     = var.final_snapshot == null ? true : can(regex("^[a-zA-Z](-?[a-zA-Z0-9])*$", var.final_snapshot))
    error_message = "final_snapshot: expected letters, digits and single -, beginning with a letter."
  }
}
