# Runs without AWS: the provider is mocked, and what AWS would compute is known to the plan.
mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::example-app-state-111122223333-us-east-1" }
  }
}

override_resource {
  target          = aws_s3_bucket.state
  override_during = plan
  values          = { id = "the-bucket", arn = "arn:aws:s3:::the-bucket" }
}

variables {
  region = "us-east-1"
}

run "states_are_kept_and_kept_private" {
  command = plan

  assert {
    condition     = aws_s3_bucket.state.bucket == "example-app-state-111122223333-us-east-1"
    error_message = "the bucket's name may be taken by another account"
  }
  assert {
    condition     = aws_s3_bucket_versioning.state.bucket == "the-bucket" && aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "a state that is overwritten is lost"
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.state.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "states are not encrypted with S3's own key"
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.state.block_public_acls && aws_s3_bucket_public_access_block.state.block_public_policy && aws_s3_bucket_public_access_block.state.ignore_public_acls && aws_s3_bucket_public_access_block.state.restrict_public_buckets
    error_message = "a mistake could make states public"
  }
  assert {
    condition     = aws_s3_bucket_ownership_controls.state.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "another account could own a state"
  }
  assert {
    condition = [for statement in jsondecode(aws_s3_bucket_policy.state.policy).Statement : [statement.Effect, statement.Principal, statement.Action, statement.Condition]] == [
      ["Deny", "*", "s3:*", { Bool = { "aws:SecureTransport" = "false" } }]
    ]
    error_message = "states travel without TLS"
  }
  assert {
    condition     = jsondecode(aws_s3_bucket_policy.state.policy).Statement[0].Resource == ["arn:aws:s3:::the-bucket", "arn:aws:s3:::the-bucket/*"]
    error_message = "the policy leaves states out"
  }
  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.state.rule[0].noncurrent_version_expiration).noncurrent_days == 90
    error_message = "secrets in replaced states are kept for another time than 90 days"
  }
  assert {
    condition     = aws_s3_bucket.state.force_destroy == false
    error_message = "a destroy would take every state along"
  }
  assert {
    condition     = output.bucket == "the-bucket" && output.aws_region == "us-east-1"
    error_message = "the outputs are not what init takes"
  }
}

run "on_request" {
  command = plan

  variables {
    bucket        = "octo-state"
    kms_key_arn   = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    force_destroy = true
    keep_days     = 30
  }

  assert {
    condition     = aws_s3_bucket.state.bucket == "octo-state" && aws_s3_bucket.state.force_destroy
    error_message = "bucket or force_destroy does not reach the bucket"
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.state.rule).apply_server_side_encryption_by_default).kms_master_key_id == var.kms_key_arn && one(one(aws_s3_bucket_server_side_encryption_configuration.state.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    error_message = "the key is not used"
  }
  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.state.rule[0].noncurrent_version_expiration).noncurrent_days == 30
    error_message = "keep_days does not reach the bucket"
  }
}
