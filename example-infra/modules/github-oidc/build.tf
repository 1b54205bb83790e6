locals {
  # build-push-ecr: what its README lists.
  build_statements = [
    {
      # ECR has no resource for the token of a registry.
      Sid      = "RegistryToken"
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = ["*"]
    },
    {
      # Push an image, find one that was built before, read and write the cache, wait for the scan.
      Sid    = "PushImage"
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImageScanFindings",
        "ecr:DescribeRepositories", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage",
        "ecr:StartImageScan", "ecr:UploadLayerPart",
      ]
      Resource = var.repository_arns
    },
  ]
}
