resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Private subnets of ${var.name}"
  subnet_ids  = var.subnet_ids
}

resource "aws_db_parameter_group" "this" {
  name        = "${var.name}-postgres${var.engine_version}"
  description = "Settings of ${var.name}"
  family      = "postgres${var.engine_version}"

  # Clients that do not speak TLS are refused.
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  # Changes of the schema are logged, and statements that take a second; rows and values are not.
  parameter {
    name  = "log_statement"
    value = "ddl"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "this" {
  #checkov:skip=CKV_AWS_293:on by default; the stack service sets it by environment, because dev has to be destroyable
  #checkov:skip=CKV_AWS_133:backup_days is validated to be at least 1
  #checkov:skip=CKV_AWS_157:a standby doubles the instance hours, so multi_az asks for it; prod does
  #checkov:skip=CKV_AWS_118:enhanced monitoring is billed by its logs, and Performance Insights are on
  #checkov:skip=CKV_AWS_354:encrypted with the account's key aws/rds; kms_key_arn takes one of your own for the storage
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class
  db_name        = var.database
  username       = var.username

  # RDS makes the password, keeps it in Secrets Manager and rotates it every seven days: it is in no file, no variable and no state.
  manage_master_user_password         = true
  iam_database_authentication_enabled = true

  storage_type          = "gp3"
  allocated_storage     = var.storage.gib
  max_allocated_storage = var.storage.max_gib
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  db_subnet_group_name   = aws_db_subnet_group.this.name
  parameter_group_name   = aws_db_parameter_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false
  multi_az               = var.multi_az

  # Any number of days but 0 brings recovery to any second of that time.
  backup_retention_period  = var.backup_days
  copy_tags_to_snapshot    = true
  delete_automated_backups = var.final_snapshot == null

  auto_minor_version_upgrade      = true
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  performance_insights_enabled    = true

  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = var.final_snapshot == null
  final_snapshot_identifier = var.final_snapshot
}
