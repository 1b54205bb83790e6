# Each wrong value is refused by the variable's own validation, before anything is planned.
mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_data "aws_vpc" {
    defaults = { id = "vpc-found", tags = { Egress = "nat" } }
  }
  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:us-east-1:111122223333:cluster/example-app-dev" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:us-east-1:111122223333:task-definition/example-app-dev:1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mocked" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::111122223333:policy/mocked" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/example-app-dev" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:111122223333:example-app-dev" }
  }
  mock_resource "aws_lb" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/example-app-dev/50dc6c495c0c9188"
      arn_suffix = "app/example-app-dev/50dc6c495c0c9188"
      dns_name   = "example-app-dev-1.us-east-1.elb.amazonaws.com"
    }
  }
  mock_resource "aws_lb_target_group" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/example-app-dev-8080/6d0ecf831eec9f09"
      arn_suffix = "targetgroup/example-app-dev-8080/6d0ecf831eec9f09"
    }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      address            = "example-app-dev.abc.us-east-1.rds.amazonaws.com"
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-1", secret_status = "active", kms_key_id = "k" }]
    }
  }
}

variables {
  region      = "us-east-1"
  environment = "dev"
  network     = { vpc_id = "vpc-1", public_subnet_ids = ["subnet-1", "subnet-2"], private_subnet_ids = ["subnet-3", "subnet-4"] }
}

run "region_that_is_a_zone" {
  command         = plan
  expect_failures = [var.region]

  variables {
    region = "us-east-1a"
  }
}

run "project_too_long" {
  command         = plan
  expect_failures = [var.project]

  variables {
    project = "a-project-with-a-long-name"
  }
}

run "environment_with_a_hyphen" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "pre-prod"
  }
}

run "one_subnet" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { vpc_id = "vpc-1", public_subnet_ids = ["subnet-1"], private_subnet_ids = ["subnet-3", "subnet-4"] }
  }
}

run "repository_with_its_registry" {
  command         = plan
  expect_failures = [var.repository]

  variables {
    repository = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders"
  }
}

run "image_by_tag" {
  command         = plan
  expect_failures = [var.image]

  variables {
    image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:latest"
  }
}
