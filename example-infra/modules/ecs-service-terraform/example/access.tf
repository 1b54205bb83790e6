resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_338:30 days are enough to diagnose a release
  #checkov:skip=CKV_AWS_158:encrypted with CloudWatch Logs' own key
  name              = "/ecs/${var.name}"
  retention_in_days = 30
}

################################################################################
# Who reaches the tasks, and what they reach
################################################################################

resource "aws_security_group" "tasks" {
  name        = "${var.name}-tasks"
  description = "Tasks of ${var.name}"
  vpc_id      = data.aws_vpc.default.id
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  security_group_id            = aws_security_group.tasks.id
  description                  = "Requests and health checks of the load balancer"
  referenced_security_group_id = module.load_balancer.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  security_group_id            = module.load_balancer.security_group_id
  description                  = "To the tasks of ${var.name}"
  referenced_security_group_id = aws_security_group.tasks.id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.tasks.id
  description       = "HTTPS to AWS and beyond"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

################################################################################
# Roles: one to start the tasks, one of the containers
################################################################################

resource "aws_iam_role" "this" {
  for_each = toset(["execution", "task"])

  name = "${var.name}-${each.key}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      # Only ECS, and only for tasks of this account.
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "execution" {
  name = "start-tasks"
  role = aws_iam_role.this["execution"].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # ECR has no resource for the token of a registry.
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
        Resource = [local.image]
      },
      {
        # The awslogs driver opens one stream per task.
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.this.arn}:*"]
      },
    ]
  })
}
