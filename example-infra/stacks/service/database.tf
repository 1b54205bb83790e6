locals {
  databases = var.database == null ? {} : { (local.name) = var.database }

  # What the app is told of the database. Host and name are no secrets; user and password stay in RDS's own secret. RDS
  # rotates the password every seven days and ECS reads DATABASE_PASSWORD only when a task starts, so an app that opens
  # connections later than that reads the secret itself, by its ARN and with the role of the task.
  database_environment = merge([for name, _ in local.databases : {
    DATABASE_HOST       = module.database[name].host
    DATABASE_PORT       = tostring(module.database[name].port)
    DATABASE_NAME       = "app"
    DATABASE_SECRET_ARN = module.database[name].secret_arn
  }]...)
  database_secrets = merge([for name, _ in local.databases : {
    DATABASE_USER     = "${module.database[name].secret_arn}:username::"
    DATABASE_PASSWORD = "${module.database[name].secret_arn}:password::"
  }]...)

  database_access = {
    environment = merge(var.container.environment, local.database_environment)
    secrets     = merge(var.container.secrets, local.database_secrets)
  }
}

module "database" {
  source   = "../../modules/database"
  for_each = local.databases

  name                     = each.key
  vpc_id                   = local.network.vpc_id
  subnet_ids               = local.network.private_subnet_ids
  client_security_group_id = module.ecs_service.security_group_id
  instance_class           = each.value.instance_class
  multi_az                 = each.value.multi_az
  backup_days              = each.value.backup_days
  final_snapshot           = each.value.final_snapshot
  deletion_protection      = var.deletion_protection
}

resource "aws_iam_role_policy" "database_secret" {
  for_each = local.databases

  name = "database-secret"
  role = module.ecs_service.task_role_name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      # The password of now, whenever a connection is opened.
      Sid      = "ReadDatabaseSecret"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = [module.database[each.key].secret_arn]
    }]
  })
}
