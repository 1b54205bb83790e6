# Runs without AWS: the provider is mocked, and what AWS would compute is known to the plan.
mock_provider "aws" {
  override_during = plan

  mock_resource "aws_security_group" {
    defaults = { id = "sg-own" }
  }

  mock_resource "aws_db_instance" {
    defaults = {
      address            = "orders-prod.abc.us-east-1.rds.amazonaws.com"
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-1", secret_status = "active", kms_key_id = "k" }]
    }
  }
}

variables {
  name                     = "orders-prod"
  vpc_id                   = "vpc-1"
  subnet_ids               = ["subnet-1", "subnet-2"]
  client_security_group_id = "sg-tasks"
}

run "nobody_but_the_tasks_reaches_it" {
  command = plan

  assert {
    condition     = aws_db_instance.this.publicly_accessible == false
    error_message = "the database has a public address"
  }
  assert {
    condition     = aws_db_subnet_group.this.subnet_ids == toset(["subnet-1", "subnet-2"]) && aws_db_instance.this.db_subnet_group_name == aws_db_subnet_group.this.name
    error_message = "the database is in other subnets"
  }
  assert {
    condition     = aws_db_instance.this.vpc_security_group_ids == toset([aws_security_group.this.id])
    error_message = "the database is in another security group than its own"
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.clients.security_group_id == aws_security_group.this.id && aws_vpc_security_group_ingress_rule.clients.referenced_security_group_id == "sg-tasks"
    error_message = "others than the tasks reach the database"
  }
  assert {
    condition     = alltrue([for rule in [aws_vpc_security_group_ingress_rule.clients, aws_vpc_security_group_egress_rule.clients] : "${rule.ip_protocol} ${rule.from_port}-${rule.to_port}" == "tcp 5432-5432"])
    error_message = "other ports than PostgreSQL's are open"
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.clients.security_group_id == "sg-tasks" && aws_vpc_security_group_egress_rule.clients.referenced_security_group_id == aws_security_group.this.id
    error_message = "the tasks may not send to the database"
  }
  assert {
    condition     = output.ingress_source == "sg-tasks"
    error_message = "ingress_source is not whom the database accepts"
  }
}

run "data_is_encrypted_and_the_password_nobody_s" {
  command = plan

  assert {
    condition     = aws_db_instance.this.storage_encrypted
    error_message = "the storage is not encrypted"
  }
  assert {
    condition     = aws_db_instance.this.manage_master_user_password == true
    error_message = "the password is not RDS's own business"
  }
  assert {
    condition     = one([for parameter in aws_db_parameter_group.this.parameter : parameter.value if parameter.name == "rds.force_ssl"]) == "1" && aws_db_instance.this.parameter_group_name == aws_db_parameter_group.this.name
    error_message = "clients may connect without TLS"
  }
  assert {
    condition     = aws_db_instance.this.iam_database_authentication_enabled
    error_message = "people need the password to connect"
  }
  assert {
    condition     = output.secret_arn == "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-1" && output.host == aws_db_instance.this.address && output.port == 5432
    error_message = "the outputs do not lead to the database"
  }
}

run "what_is_lost_can_be_had_back" {
  command = plan

  assert {
    condition     = aws_db_instance.this.backup_retention_period == 7
    error_message = "there is no recovery to a point in the last week"
  }
  assert {
    condition     = aws_db_instance.this.deletion_protection
    error_message = "a destroy would delete the database"
  }
  assert {
    condition     = aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.delete_automated_backups
    error_message = "a destroy leaves what nobody asked for"
  }
  assert {
    condition     = aws_db_instance.this.engine == "postgres" && aws_db_instance.this.engine_version == "17" && aws_db_parameter_group.this.family == "postgres17"
    error_message = "it is another engine, or its settings are another version's"
  }
  assert {
    condition     = aws_db_instance.this.auto_minor_version_upgrade && aws_db_instance.this.enabled_cloudwatch_logs_exports == toset(["postgresql", "upgrade"])
    error_message = "it is not kept current, or does not log"
  }
}

run "sizes_and_snapshot_on_request" {
  command = plan

  variables {
    instance_class = "db.r8g.large"
    multi_az       = true
    storage        = { gib = 50, max_gib = 200 }
    final_snapshot = "orders-prod-final"
  }

  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.instance_class == "db.r8g.large"
    error_message = "multi_az or instance_class does not reach the instance"
  }
  assert {
    condition     = aws_db_instance.this.allocated_storage == 50 && aws_db_instance.this.max_allocated_storage == 200
    error_message = "storage does not reach the instance"
  }
  assert {
    condition     = aws_db_instance.this.skip_final_snapshot == false && aws_db_instance.this.final_snapshot_identifier == "orders-prod-final" && aws_db_instance.this.delete_automated_backups == false
    error_message = "a destroy leaves neither snapshot nor backups"
  }
  assert {
    condition     = output.recovery == { deletion_protection = true, backup_days = 7, final_snapshot = "orders-prod-final", multi_az = true } && output.subnet_ids == tolist(["subnet-1", "subnet-2"])
    error_message = "recovery or subnet_ids is not the instance's"
  }
}
