# Runs without AWS: the provider is mocked.
mock_provider "aws" {}

variables {
  region = "us-east-1"
}

run "defaults_are_the_safe_ones" {
  command = plan

  assert {
    condition     = aws_ecr_repository.this.name == "example-app"
    error_message = "the repository has another name"
  }
  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE"
    error_message = "tags can be overwritten"
  }
  assert {
    condition     = aws_ecr_repository.this.image_scanning_configuration[0].scan_on_push
    error_message = "images are not scanned on push"
  }
  assert {
    condition     = aws_ecr_repository.this.encryption_configuration[0].encryption_type == "AES256"
    error_message = "images are not encrypted with ECR's own key"
  }
  assert {
    condition     = aws_ecr_repository.this.force_delete == false
    error_message = "a destroy would take the images along"
  }
}

run "lifecycle_keeps_ten_images" {
  command = plan

  assert {
    condition     = aws_ecr_lifecycle_policy.this.repository == aws_ecr_repository.this.name
    error_message = "the policy belongs to another repository"
  }
  assert {
    condition = jsondecode(aws_ecr_lifecycle_policy.this.policy).rules == [{
      rulePriority = 1
      description  = "Keep the newest 10 images"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 10 }
      action       = { type = "expire" }
    }]
    error_message = "the policy is not one rule that keeps ten images"
  }
}

run "the_cache_has_a_repository_of_its_own" {
  command = plan

  assert {
    condition     = { for name, repository in aws_ecr_repository.cache : name => [repository.name, repository.image_tag_mutability] } == { example-app-cache = ["example-app-cache", "MUTABLE"] } && output.cache_repository == "example-app-cache"
    error_message = "build-push-ecr would find no cache, or could not write it again"
  }
  assert {
    condition     = [for name, policy in aws_ecr_lifecycle_policy.cache : [policy.repository, [for rule in jsondecode(policy.policy).rules : "${rule.selection.tagStatus} ${rule.selection.countType} ${rule.selection.countNumber} ${rule.action.type}"]]] == [["example-app-cache", ["untagged sinceImagePushed 1 expire", "any sinceImagePushed 90 expire"]]]
    error_message = "caches pile up, or push each other out"
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.cache : repository.encryption_configuration[0].encryption_type == "AES256" && repository.force_delete == false])
    error_message = "the cache is not kept as the images are"
  }
}

run "without_a_cache" {
  command = plan

  variables {
    cache = false
  }

  assert {
    condition     = length(aws_ecr_repository.cache) == 0 && length(aws_ecr_lifecycle_policy.cache) == 0
    error_message = "there is a cache that nobody asked for"
  }
}

run "lifecycle_keeps_as_many_as_asked" {
  command = plan

  variables {
    keep_images = 25
  }

  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.this.policy).rules[0].selection.countNumber == 25
    error_message = "keep_images does not reach the policy"
  }
}

run "teardown_may_delete_images" {
  command = plan

  variables {
    force_delete = true
  }

  assert {
    condition     = aws_ecr_repository.this.force_delete && alltrue([for repository in aws_ecr_repository.cache : repository.force_delete])
    error_message = "force_delete does not reach the repository"
  }
}

run "a_kms_key_encrypts" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  assert {
    condition     = aws_ecr_repository.this.encryption_configuration[0].encryption_type == "KMS"
    error_message = "the key is not used"
  }
  assert {
    condition     = alltrue([for repository in concat([aws_ecr_repository.this], values(aws_ecr_repository.cache)) : repository.encryption_configuration[0].kms_key == var.kms_key_arn])
    error_message = "another key is used"
  }
}

run "outputs_name_the_repository" {
  assert {
    condition     = output.repository == "example-app" && output.aws_region == "us-east-1"
    error_message = "repository or aws_region is not the input of the actions"
  }
  assert {
    condition     = output.repository_url == aws_ecr_repository.this.repository_url && output.repository_url != ""
    error_message = "repository_url is not the repository's"
  }
  assert {
    condition     = output.repository_arn == aws_ecr_repository.this.arn && output.repository_arn != ""
    error_message = "repository_arn is not the repository's"
  }
}
