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

run "name_with_capitals" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "Example-App"
  }
}

run "name_of_one_character" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "a"
  }
}

run "name_that_ends_in_a_slash" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "team/"
  }
}

run "mutability_in_lower_case" {
  command         = plan
  expect_failures = [var.image_tag_mutability]

  variables {
    image_tag_mutability = "immutable"
  }
}

run "keeping_nothing" {
  command         = plan
  expect_failures = [var.keep_images]

  variables {
    keep_images = 0
  }
}

run "keeping_half_an_image" {
  command         = plan
  expect_failures = [var.keep_images]

  variables {
    keep_images = 2.5
  }
}

run "key_given_by_its_alias" {
  command         = plan
  expect_failures = [var.kms_key_arn]

  variables {
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:alias/images"
  }
}

run "names_that_are_fine" {
  command = plan

  variables {
    name   = "team/example-app.v2_x"
    region = "us-gov-west-1"
  }
}
