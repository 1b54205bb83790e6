# What a deployment changes belongs to the deployment: Terraform sets it once and never again. Its own template of the
# task definition is an output, which the deploy step takes and puts the image into.
# Its tasks keep their container's name and port until a release, while the load balancer would be led away at once.
resource "terraform_data" "registered" {
  input = { name = var.container.name, port = var.container.port }

  lifecycle {
    ignore_changes = [input]
  }
}

resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = var.cluster_arn
  task_definition = aws_ecs_task_definition.this.arn
  launch_type     = "FARGATE"

  # Without an image there is nothing that could start; the first deployment sets the count.
  desired_count = var.image == null ? 0 : var.scaling.min

  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = var.health_check_grace_period
  availability_zone_rebalancing      = "ENABLED"
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [aws_security_group.this.id]
    assign_public_ip = var.assign_public_ip
  }

  load_balancer {
    target_group_arn = var.load_balancer.target_group_arn
    container_name   = var.container.name
    container_port   = var.container.port
  }

  lifecycle {
    ignore_changes = [task_definition, desired_count, alarms]

    precondition {
      condition = alltrue([
        terraform_data.registered.output.name == var.container.name,
        terraform_data.registered.output.port == var.container.port,
      ])
      error_message = "container: the service was made with ${terraform_data.registered.output.name}:${terraform_data.registered.output.port}, and its tasks keep that until they are replaced. Another name or port replaces the service: README of example-infra, \"Another port\"."
    }
  }

  # A task that starts before its role may pull fails the deployment.
  depends_on = [aws_iam_role_policy.execution]
}
