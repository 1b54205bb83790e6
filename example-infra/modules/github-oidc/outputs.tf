output "role_arns" {
  description = "ARNs of the roles by their purpose: build, plan, apply, deploy, operate. Each is a role-to-assume."
  value       = { for role, _ in local.purposes : role => aws_iam_role.this[role].arn }
}

output "provider_arn" {
  description = "ARN of GitHub's OIDC provider in this account."
  value       = local.provider_arn
}
