output "arn" {
  description = "ARN of the load balancer."
  value       = aws_lb.this.arn
}

output "url" {
  description = "Where users reach the service."
  value       = var.domain == null ? "http://${aws_lb.this.dns_name}" : "https://${var.domain.name}"
}

output "security_group_id" {
  description = "Security group of the load balancer."
  value       = aws_security_group.this.id
}

output "target_group_arn" {
  description = "ARN of the target group. Known once a listener leads to it, because ECS refuses a group without one."
  value       = aws_lb_target_group.this.arn
  depends_on  = [aws_lb_listener.http, aws_lb_listener.https]
}

output "load_balancer_label" {
  description = "Dimension LoadBalancer of its CloudWatch metrics."
  value       = local.load_balancer_label
}

output "target_group_label" {
  description = "Dimension TargetGroup of its CloudWatch metrics."
  value       = local.target_group_label
}

output "subnet_ids" {
  description = "Subnets in which it answers."
  value       = sort(aws_lb.this.subnets)
}

output "health_check" {
  description = "Port and path by which targets are judged."
  value       = { port = aws_lb_target_group.this.port, path = aws_lb_target_group.this.health_check[0].path }
}

output "deletion_protection" {
  description = "Whether AWS refuses to delete it."
  value       = aws_lb.this.enable_deletion_protection
}
