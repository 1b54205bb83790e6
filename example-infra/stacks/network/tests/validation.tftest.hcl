# Each wrong value is refused by the variable's own validation, before anything is planned.
mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b"] }
  }
}

variables {
  region      = "us-east-1"
  environment = "dev"
  cidr        = "10.10.0.0/16"
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

run "environment_with_a_hyphen" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "pre-prod"
  }
}

run "range_of_the_internet" {
  command         = plan
  expect_failures = [var.cidr]

  variables {
    cidr = "8.8.0.0/16"
  }
}

run "range_too_small_for_four_subnets" {
  command         = plan
  expect_failures = [var.cidr]

  variables {
    cidr = "10.10.0.0/26"
  }
}

run "address_for_a_range" {
  command         = plan
  expect_failures = [var.cidr]

  variables {
    cidr = "10.10.0.0"
  }
}

run "another_way_out" {
  command         = plan
  expect_failures = [var.egress]

  variables {
    egress = "vpn"
  }
}
