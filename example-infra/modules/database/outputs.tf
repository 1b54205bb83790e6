output "identifier" {
  description = "Identifier of the instance, the input db-instance of alarm-setup."
  value       = aws_db_instance.this.identifier
}

output "host" {
  description = "Host name to connect to, by TLS."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "Port to connect to."
  value       = local.port
}

output "secret_arn" {
  description = "ARN of the secret that RDS keeps; its keys are username and password, and the password is another one every seven days."
  value       = one(aws_db_instance.this.master_user_secret).secret_arn
}

output "security_group_id" {
  description = "Security group of the database."
  value       = aws_security_group.this.id
}

output "ingress_source" {
  description = "The only security group from which the database can be reached."
  value       = aws_vpc_security_group_ingress_rule.clients.referenced_security_group_id
}

output "recovery" {
  description = "What stands between a mistake and the data, and between a broken zone and the users."
  value = {
    deletion_protection = aws_db_instance.this.deletion_protection
    backup_days         = aws_db_instance.this.backup_retention_period
    final_snapshot      = aws_db_instance.this.final_snapshot_identifier
    multi_az            = aws_db_instance.this.multi_az
  }
}

output "subnet_ids" {
  description = "Subnets in which the instance, its standby and its successors may live."
  value       = sort(aws_db_subnet_group.this.subnet_ids)
}
