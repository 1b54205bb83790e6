output "service" {
  description = "Name of the service, the input service of the actions."
  value       = aws_ecs_service.this.name
}

output "service_arn" {
  description = "ARN of the service."
  value       = aws_ecs_service.this.id
}

output "task_definition" {
  description = "ARN of the template, the input task-definition of ecs-deploy-verify."
  value       = aws_ecs_task_definition.this.arn
}

output "security_group_id" {
  description = "Security group of the tasks."
  value       = aws_security_group.this.id
}

output "ingress_source" {
  description = "The only security group from which the tasks can be reached."
  value       = aws_vpc_security_group_ingress_rule.load_balancer.referenced_security_group_id
}

output "task_role_name" {
  description = "Role of the containers, to attach policies of the app to."
  value       = aws_iam_role.task.name
}

output "task_role_arn" {
  description = "ARN of that role, for policies of what it may reach, such as a bucket's or a key's."
  value       = aws_iam_role.task.arn
}

output "execution_role_name" {
  description = "Role by which ECS starts tasks: it pulls, logs and reads secrets."
  value       = aws_iam_role.execution.name
}

output "execution_role_arn" {
  description = "ARN of that role, for the policy of a KMS key that encrypts a secret."
  value       = aws_iam_role.execution.arn
}

output "log_group" {
  description = "Log group of the containers."
  value       = aws_cloudwatch_log_group.this.name
}

output "network_configuration" {
  description = "Where the tasks run, as aws ecs run-task takes it for a task beside the service, such as a migration."
  value = {
    subnets          = sort(one(aws_ecs_service.this.network_configuration).subnets)
    security_groups  = sort(one(aws_ecs_service.this.network_configuration).security_groups)
    assign_public_ip = one(aws_ecs_service.this.network_configuration).assign_public_ip
  }
}

output "variable_names" {
  description = "Names of what the container finds in its environment: variables given as they are, and those read from secrets."
  value = {
    environment = [for variable in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : variable.name]
    secrets     = [for variable in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].secrets : variable.name]
  }
}

output "container_name" {
  description = "Name of the container that gets the image."
  value       = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].name
}
