# What a service that is there does not take. Runs without AWS: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mocked" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:us-east-1:111122223333:task-definition/orders-prod:1" }
  }
}

variables {
  name            = "orders-prod"
  cluster_arn     = "arn:aws:ecs:us-east-1:111122223333:cluster/orders-prod"
  vpc_id          = "vpc-1"
  subnet_ids      = ["subnet-1", "subnet-2"]
  repository_arns = ["arn:aws:ecr:us-east-1:111122223333:repository/orders"]
  load_balancer = {
    target_group_arn  = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/orders-prod-8080/6d0ecf831eec9f09"
    security_group_id = "sg-load-balancer"
    request_label     = "app/orders-prod/50dc6c495c0c9188/targetgroup/orders-prod-8080/6d0ecf831eec9f09"
  }
}

run "made" {
  assert {
    condition     = terraform_data.registered.output == { name = "app", port = 8080 }
    error_message = "nothing remembers what the tasks were registered with"
  }
}

run "with_another_port" {
  command         = plan
  expect_failures = [aws_ecs_service.this]

  variables {
    container = { port = 3000 }
  }
}
