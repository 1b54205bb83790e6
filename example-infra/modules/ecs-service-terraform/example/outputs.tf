output "url" {
  description = "Where users reach the service."
  value       = module.load_balancer.url
}

output "task_definition" {
  description = "ARN of the revision that runs."
  value       = module.service.task_definition
}
