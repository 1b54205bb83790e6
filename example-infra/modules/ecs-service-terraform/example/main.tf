# A service that is released by `terraform apply -var image_tag=…`, in the VPC that an account has from the start: what
# ecs-service-terraform takes as inputs, made from the other modules and from AWS's own.
provider "aws" {
  region = var.region

  default_tags {
    tags = { Project = var.name, ManagedBy = "terraform" }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

locals {
  account  = data.aws_caller_identity.current.account_id
  registry = "${local.account}.dkr.ecr.${var.region}.amazonaws.com"
  image    = "arn:${data.aws_partition.current.partition}:ecr:${var.region}:${local.account}:repository/${var.repository}"
  port     = 8080
}

module "cluster" {
  source = "../../cluster"

  name = var.name
}

module "load_balancer" {
  source = "../../load-balancer"

  name           = var.name
  vpc_id         = data.aws_vpc.default.id
  subnet_ids     = data.aws_subnets.default.ids
  container_port = local.port
}

module "service" {
  source = "../"

  name               = var.name
  cluster_arn        = module.cluster.arn
  repository_url     = "${local.registry}/${var.repository}"
  image_tag          = var.image_tag
  container          = { port = local.port }
  subnet_ids         = data.aws_subnets.default.ids
  security_group_ids = [aws_security_group.tasks.id]
  assign_public_ip   = true
  target_group_arn   = module.load_balancer.target_group_arn
  execution_role_arn = aws_iam_role.this["execution"].arn
  task_role_arn      = aws_iam_role.this["task"].arn
  log_group          = aws_cloudwatch_log_group.this.name

  # A task that starts before its role may pull fails the deployment.
  depends_on = [aws_iam_role_policy.execution]
}
