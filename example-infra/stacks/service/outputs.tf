# Named as the inputs of the actions, with _ for -.

output "aws_region" {
  description = "Region of the service."
  value       = var.region
}

output "repository" {
  description = "ECR repository that the tasks pull from."
  value       = var.repository
}

output "cluster" {
  description = "Name of the cluster."
  value       = module.cluster.name
}

output "service" {
  description = "Name of the service."
  value       = module.ecs_service.service
}

output "task_definition" {
  description = "ARN of Terraform's template, into which the deployment puts the image."
  value       = module.ecs_service.task_definition
}

output "desired_count" {
  description = "Tasks that the first deployment should ask for, because the service begins at none."
  value       = var.scaling.min
}

output "topic_arn" {
  description = "SNS topic of the alarms."
  value       = module.alarms.topic_arn
}

output "db_instance" {
  description = "Identifier of the database; null without one."
  value       = one([for database in module.database : database.identifier])
}

output "url" {
  description = "Where users reach the service."
  value       = module.load_balancer.url
}

output "role_arns" {
  description = "Roles of the workflows: build, deploy and operate, and with github.terraform_roles plan and apply. Empty without a GitHub repository."
  value       = merge([for roles in module.github_oidc : roles.role_arns]...)
}

output "reachable_from" {
  description = "The security group that each group accepts: users reach the load balancer, it the tasks, they the database."
  value = {
    load_balancer = module.load_balancer.security_group_id
    tasks         = module.ecs_service.ingress_source
    database      = one([for database in module.database : database.ingress_source])
  }
}

output "network_configuration" {
  description = "Subnets, security groups and public address of the tasks, for aws ecs run-task beside the service."
  value       = module.ecs_service.network_configuration
}

output "database_recovery" {
  description = "What stands between a mistake and the data; null without a database."
  value       = one([for database in module.database : database.recovery])
}

output "task_role_name" {
  description = "Role of the containers, to attach policies of the app to."
  value       = module.ecs_service.task_role_name
}

output "container_name" {
  description = "Name of the container that gets the image: images of the deployment is NAME=URI where there are several."
  value       = module.ecs_service.container_name
}

output "execution_role_arn" {
  description = "Role by which ECS starts tasks, for the policy of a KMS key that encrypts a secret."
  value       = module.ecs_service.execution_role_arn
}
