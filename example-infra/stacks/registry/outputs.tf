output "aws_region" {
  description = "Region of the repository."
  value       = var.region
}

output "repository" {
  description = "Name of the repository, the input repository of build-push-ecr."
  value       = aws_ecr_repository.this.name
}

output "repository_arn" {
  description = "ARN of the repository, for IAM policies."
  value       = aws_ecr_repository.this.arn
}

output "repository_url" {
  description = "Where to push to and pull from, without tag or digest."
  value       = aws_ecr_repository.this.repository_url
}

output "cache_repository" {
  description = "Name of the repository for the cache, the input cache-repository of build-push-ecr and its default; null without one."
  value       = one([for repository in aws_ecr_repository.cache : repository.name])
}
