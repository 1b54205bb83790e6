output "role_arns" {
  description = "ARNs of the roles by their purpose: build, deploy and operate, and with terraform_roles plan and apply. Each is a role-to-assume."
  value       = { for role, _ in local.purposes : role => aws_iam_role.this[role].arn }
}

output "provider_arn" {
  description = "ARN of GitHub's OIDC provider in this account."
  value       = local.provider_arn
}
