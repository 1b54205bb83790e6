# Runs without AWS: the provider is mocked.
mock_provider "aws" {
  override_during = plan

  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:us-east-1:111122223333:cluster/orders-prod" }
  }
}

variables {
  name = "orders-prod"
}

run "a_cluster_for_fargate" {
  command = plan

  assert {
    condition     = aws_ecs_cluster.this.name == "orders-prod" && output.name == "orders-prod"
    error_message = "the cluster has another name"
  }
  assert {
    condition     = aws_ecs_cluster_capacity_providers.this.cluster_name == aws_ecs_cluster.this.name
    error_message = "the capacity providers are another cluster's"
  }
  assert {
    condition     = aws_ecs_cluster_capacity_providers.this.capacity_providers == toset(["FARGATE"])
    error_message = "there is another capacity provider than Fargate"
  }
  assert {
    condition     = one(aws_ecs_cluster_capacity_providers.this.default_capacity_provider_strategy).capacity_provider == "FARGATE"
    error_message = "a service without launch type would not run on Fargate"
  }
  assert {
    condition     = one([for setting in aws_ecs_cluster.this.setting : setting.value if setting.name == "containerInsights"]) == "disabled"
    error_message = "Container Insights are billed without being asked for"
  }
  assert {
    condition     = output.arn == aws_ecs_cluster.this.arn
    error_message = "arn is not the cluster's"
  }
}

run "insights_on_request" {
  command = plan

  variables {
    container_insights = "enhanced"
  }

  assert {
    condition     = one([for setting in aws_ecs_cluster.this.setting : setting.value if setting.name == "containerInsights"]) == "enhanced"
    error_message = "container_insights does not reach the cluster"
  }
}
