data "aws_region" "current" {}

locals {
  # MiB by CPU units.
  fargate_sizes = jsondecode(file("${path.module}/fargate-sizes.json"))

  # The deploy step replaces it. Nothing is started with it, because the service then begins at no tasks.
  image = coalesce(var.image, "image-is-set-by-the-deployment")

  health_check_url = "http://127.0.0.1:${var.container.port}${var.container.health_check_path}"

  # A slim Node image has neither curl nor wget, and ECS ignores the image's own HEALTHCHECK.
  node_health_check = [
    "CMD", "node", "-e", "fetch('${local.health_check_url}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))",
  ]
  health_check_command = var.container.health_check_command == null ? local.node_health_check : var.container.health_check_command

  container = {
    name                   = var.container.name
    image                  = local.image
    essential              = true
    readonlyRootFilesystem = var.container.read_only_root_filesystem
    stopTimeout            = var.container.stop_timeout
    portMappings           = [{ containerPort = var.container.port, hostPort = var.container.port, protocol = "tcp" }]

    # Sorted, so that a map's order is never a new revision.
    environment = [
      for name in sort(keys(local.environment)) : { name = name, value = local.environment[name] }
    ]
    secrets = [
      for name in sort(keys(var.container.secrets)) : { name = name, valueFrom = var.container.secrets[name] }
    ]

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.current.name
        awslogs-stream-prefix = var.container.name
      }
    }
  }

  health_check = {
    command     = local.health_check_command
    interval    = 10
    timeout     = 5
    retries     = 3
    startPeriod = 10
  }

  # The app listens where the load balancer looks for it.
  environment = merge({ PORT = tostring(var.container.port) }, var.container.environment)
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  # Until the next release the service runs the revision before: ECS starts no tasks of one that is deregistered.
  skip_destroy = true

  container_definitions = jsonencode([
    merge(local.container, length(local.health_check_command) > 0 ? { healthCheck = local.health_check } : {}),
  ])
}

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_338:30 days are enough to diagnose a release; log_retention_days takes more
  #checkov:skip=CKV_AWS_158:encrypted with CloudWatch Logs' own key; log_kms_key_arn takes one of yours
  name              = "/ecs/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
}
