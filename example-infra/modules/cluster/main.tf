resource "aws_ecs_cluster" "this" {
  #checkov:skip=CKV_AWS_65:Container Insights are billed per metric, so container_insights asks for them; prod does
  name = var.name

  setting {
    name  = "containerInsights"
    value = var.container_insights
  }
}

# Fargate alone: there are no instances to patch, and a service that names no capacity provider still starts.
resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE"]

  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }
}
