data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      # Only ECS, and only for tasks of this account and region: the pattern is the one of the ECS guide.
      Sid       = "TasksOfThisAccount"
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:ecs:${data.aws_region.current.name}:${local.account}:*" }
      }
    }]
  })

  # A reference may name a key of the secret after its ARN (…:secret:NAME-SUFFIX:KEY::); IAM wants the ARN alone.
  references = values(var.container.secrets)
  secret_arns = [
    for arn in local.references : join(":", slice(split(":", arn), 0, 7)) if split(":", arn)[2] == "secretsmanager"
  ]
  parameter_arns = [for arn in local.references : arn if split(":", arn)[2] == "ssm"]

  execution_statements = concat(
    [
      {
        # The token is the registry's, not a repository's: ECR has no resource for it.
        Sid      = "RegistryToken"
        Effect   = "Allow"
        Action   = ["ecr:GetAuthorizationToken"]
        Resource = ["*"]
      },
      {
        # Fargate pulls the image before the container exists.
        Sid      = "PullImage"
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = var.repository_arns
      },
      {
        # The awslogs driver opens one stream per task.
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.this.arn}:*"]
      },
    ],
    # The values of `secrets` are read before the container starts, by the execution role and not by the app's.
    [for arns in [local.secret_arns] : {
      Sid = "ReadSecrets", Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = arns
    } if length(arns) > 0],
    # The same, where a value is a parameter of SSM.
    [for arns in [local.parameter_arns] : {
      Sid = "ReadParameters", Effect = "Allow", Action = ["ssm:GetParameters"], Resource = arns
    } if length(arns) > 0],
    # Secrets Manager and Parameter Store use a key of yours in the name of whoever reads, here this role.
    [for arns in [var.secret_kms_key_arns] : {
      Sid       = "DecryptSecrets", Effect = "Allow", Action = ["kms:Decrypt"], Resource = arns
      Condition = { StringLike = { "kms:ViaService" = ["secretsmanager.*.amazonaws.com", "ssm.*.amazonaws.com"] } }
    } if length(arns) > 0],
  )
}

resource "aws_iam_role" "execution" {
  name               = "${var.name}-execution"
  description        = "What ECS does to start a task of ${var.name}: pull, log, read secrets"
  assume_role_policy = local.trust

  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy" "execution" {
  name   = "start-tasks"
  role   = aws_iam_role.execution.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.execution_statements })
}

# What the app itself may do in AWS: nothing, until a policy is attached.
resource "aws_iam_role" "task" {
  name               = "${var.name}-task"
  description        = "What the containers of ${var.name} may do in AWS"
  assume_role_policy = local.trust

  permissions_boundary = var.permissions_boundary_arn
}
