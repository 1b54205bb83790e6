provider "aws" {
  region = var.region

  default_tags {
    tags = merge(var.tags, {
      Stack     = "registry"
      ManagedBy = "terraform"
    })
  }
}

################################################################################
# Repository
################################################################################

resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = var.image_tag_mutability
  force_delete         = var.force_delete

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = var.kms_key_arn == null ? "AES256" : "KMS"
    kms_key         = var.kms_key_arn
  }
}

# Where build-push-ecr keeps the layers of its builds: one tag for each branch, written when its layers change.
resource "aws_ecr_repository" "cache" {
  #checkov:skip=CKV_AWS_51:a cache is written over when it changes; nothing is released from it
  #checkov:skip=CKV_AWS_163:its layers are scanned with the images that are made of them
  for_each = var.cache ? toset(["${var.name}-cache"]) : toset([])

  name                 = each.key
  image_tag_mutability = "MUTABLE"
  force_delete         = var.force_delete

  encryption_configuration {
    encryption_type = var.kms_key_arn == null ? "AES256" : "KMS"
    kms_key         = var.kms_key_arn
  }
}

################################################################################
# Lifecycle
################################################################################

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name

  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Keep the newest ${var.keep_images} images"
        selection = {
          tagStatus   = "any"
          countType   = "imageCountMoreThan"
          countNumber = var.keep_images
        }
        action = { type = "expire" }
      },
    ]
  })
}

# A cache that was written over has no tag any more. The others go by age and not by number: that of the default branch changes least, so that
# those of ten other branches would expire it. The next build of a branch whose cache is gone writes it anew.
resource "aws_ecr_lifecycle_policy" "cache" {
  for_each = aws_ecr_repository.cache

  repository = each.value.name

  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Drop what was written over"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 1 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "Drop what was written 90 days ago"
        selection    = { tagStatus = "any", countType = "sinceImagePushed", countUnit = "days", countNumber = 90 }
        action       = { type = "expire" }
      },
    ]
  })
}
