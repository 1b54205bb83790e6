provider "aws" {
  region = var.region

  default_tags {
    tags = merge(var.tags, {
      Project     = var.project
      Environment = var.environment
      Stack       = "service"
      ManagedBy   = "terraform"
    })
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  name = "${var.project}-${var.environment}"

  # By its parts: the repository may be of another stack, and the one for build-push-ecr's cache need not be there.
  registry       = "arn:${data.aws_partition.current.partition}:ecr:${var.region}:${data.aws_caller_identity.current.account_id}"
  repository_arn = "${local.registry}:repository/${var.repository}"
  cache_arn      = "${local.registry}:repository/${var.repository}-cache"
}

################################################################################
# Cluster
################################################################################

module "cluster" {
  source = "../../modules/cluster"

  name               = local.name
  container_insights = var.container_insights
}

################################################################################
# Load balancer
################################################################################

module "load_balancer" {
  source = "../../modules/load-balancer"

  name                = local.name
  vpc_id              = local.network.vpc_id
  subnet_ids          = local.network.public_subnet_ids
  container_port      = var.container.port
  health_check        = { path = var.container.health_check_path }
  domain              = var.domain
  deletion_protection = var.deletion_protection
}

################################################################################
# Service
################################################################################

module "ecs_service" {
  source = "../../modules/ecs-service"

  name             = local.name
  cluster_arn      = module.cluster.arn
  vpc_id           = local.network.vpc_id
  subnet_ids       = local.task_subnet_ids
  assign_public_ip = local.network.tasks_in_public
  image            = var.image
  container        = merge(var.container, local.database_access)
  cpu              = var.cpu
  memory           = var.memory
  architecture     = var.architecture
  scaling          = var.scaling
  repository_arns  = [local.repository_arn]

  secret_kms_key_arns      = var.secret_kms_key_arns
  permissions_boundary_arn = var.permissions_boundary_arn

  load_balancer = {
    target_group_arn  = module.load_balancer.target_group_arn
    security_group_id = module.load_balancer.security_group_id
    request_label     = "${module.load_balancer.load_balancer_label}/${module.load_balancer.target_group_label}"
  }
}
