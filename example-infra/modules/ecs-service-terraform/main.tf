# For those whose deployment is `terraform apply -var image_tag=…`: here the task definition belongs to Terraform, so
# nothing but the desired count is ignored, and the apply waits until the service is steady and then looks at what runs. Roles,
# log group and security group are taken as inputs, see example/. It is not for services that ecs-deploy-verify deploys: each
# would undo the other.
data "aws_region" "current" {}

locals {
  # MiB by CPU units.
  fargate_sizes = jsondecode(file("${path.module}/../ecs-service/fargate-sizes.json"))
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = var.execution_role_arn
  task_role_arn            = var.task_role_arn

  # The revision that a rollback of ECS returns to has to stay.
  skip_destroy = true

  container_definitions = jsonencode([{
    name                   = var.container.name
    image                  = "${var.repository_url}:${var.image_tag}"
    essential              = true
    readonlyRootFilesystem = true
    portMappings           = [{ containerPort = var.container.port, hostPort = var.container.port, protocol = "tcp" }]
    environment            = [{ name = "PORT", value = tostring(var.container.port) }]

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = var.log_group
        awslogs-region        = data.aws_region.current.name
        awslogs-stream-prefix = var.container.name
      }
    }
  }])
}

resource "aws_ecs_service" "this" {
  #checkov:skip=CKV_AWS_333:assign_public_ip asks for it; only the example does, whose VPC has no private subnets
  name                  = var.name
  cluster               = var.cluster_arn
  task_definition       = aws_ecs_task_definition.this.arn
  launch_type           = "FARGATE"
  desired_count         = var.desired_count
  propagate_tags        = "SERVICE"
  wait_for_steady_state = true

  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = var.security_group_ids
    assign_public_ip = var.assign_public_ip
  }

  load_balancer {
    target_group_arn = var.target_group_arn
    container_name   = var.container.name
    container_port   = var.container.port
  }

  lifecycle {
    # Autoscaling moves it.
    ignore_changes = [desired_count]

    # A service that was rolled back is steady too, with the revision before.
    postcondition {
      condition     = self.task_definition == aws_ecs_task_definition.this.arn
      error_message = "ECS took the release of ${var.image_tag} back: ${self.task_definition} runs. The events of the service and the last log lines of the stopped tasks say why."
    }
  }
}
