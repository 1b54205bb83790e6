# One environment's variables upon another's state. Runs without AWS: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c"] }
  }
}

variables {
  region      = "us-east-1"
  environment = "dev"
  cidr        = "10.10.0.0/16"
}

run "made" {
  plan_options {
    target = [terraform_data.environment]
  }

  assert {
    condition     = terraform_data.environment.output == "example-app-dev"
    error_message = "nothing remembers whose state it is"
  }
}

run "with_the_variables_of_another_environment" {
  command         = plan
  expect_failures = [var.region]

  plan_options {
    target = [terraform_data.environment]
  }

  variables {
    environment = "staging"
  }
}
