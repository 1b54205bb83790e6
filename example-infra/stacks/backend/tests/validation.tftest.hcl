# Each wrong value is refused by the variable's own validation, before anything is planned.
mock_provider "aws" {}

variables {
  region = "us-east-1"
}

run "region_that_is_a_zone" {
  command         = plan
  expect_failures = [var.region]

  variables {
    region = "us-east-1a"
  }
}

run "project_too_long" {
  command         = plan
  expect_failures = [var.project]

  variables {
    project = "a-project-with-a-long-name"
  }
}

run "bucket_with_dots" {
  command         = plan
  expect_failures = [var.bucket]

  variables {
    bucket = "state.example.com"
  }
}

run "keeping_nothing" {
  command         = plan
  expect_failures = [var.keep_days]

  variables {
    keep_days = 0
  }
}

run "key_given_by_its_alias" {
  command         = plan
  expect_failures = [var.kms_key_arn]

  variables {
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:alias/state"
  }
}
