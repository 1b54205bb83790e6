output "bucket" {
  description = "Name of the bucket, for terraform init -backend-config=bucket=… of the other stacks."
  value       = aws_s3_bucket.state.id
}

output "aws_region" {
  description = "Region of the bucket."
  value       = var.region
}
