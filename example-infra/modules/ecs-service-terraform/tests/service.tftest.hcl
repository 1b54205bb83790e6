# Runs without AWS: the provider is mocked, and what AWS would compute is known to the plan.
mock_provider "aws" {
  override_during = plan

  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:us-east-1:111122223333:task-definition/orders-prod:7" }
  }
}

variables {
  name               = "orders-prod"
  cluster_arn        = "arn:aws:ecs:us-east-1:111122223333:cluster/orders-prod"
  repository_url     = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders"
  image_tag          = "main-1a2b3c4"
  subnet_ids         = ["subnet-1", "subnet-2"]
  security_group_ids = ["sg-tasks"]
  target_group_arn   = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/orders-prod-8080/6d0ecf831eec9f09"
  execution_role_arn = "arn:aws:iam::111122223333:role/orders-prod-execution"
  task_role_arn      = "arn:aws:iam::111122223333:role/orders-prod-task"
  log_group          = "/ecs/orders-prod"
}

run "the_tag_is_what_is_deployed" {
  command = plan

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].image == "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:main-1a2b3c4"
    error_message = "another image is deployed"
  }
  assert {
    condition     = aws_ecs_service.this.task_definition == aws_ecs_task_definition.this.arn && output.task_definition == aws_ecs_task_definition.this.arn
    error_message = "the service does not follow the task definition"
  }
  assert {
    condition     = aws_ecs_service.this.wait_for_steady_state
    error_message = "the apply ends before the deployment does"
  }
  assert {
    condition     = aws_ecs_task_definition.this.skip_destroy
    error_message = "there is nothing to roll back to"
  }
  assert {
    condition     = aws_ecs_service.this.deployment_circuit_breaker[0].enable && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "a deployment that fails is not taken back"
  }
}

run "what_it_was_given_reaches_the_task" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.network_configuration[0].security_groups == toset(["sg-tasks"]) && aws_ecs_service.this.network_configuration[0].assign_public_ip == false
    error_message = "tasks are reachable otherwise than asked for"
  }
  assert {
    condition     = aws_ecs_task_definition.this.execution_role_arn == var.execution_role_arn && aws_ecs_task_definition.this.task_role_arn == var.task_role_arn
    error_message = "the roles are mixed up"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].logConfiguration.options["awslogs-group"] == "/ecs/orders-prod"
    error_message = "the container logs elsewhere"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].portMappings[0].containerPort == 8080 && one(aws_ecs_service.this.load_balancer).container_port == 8080
    error_message = "container and target have different ports"
  }
}
