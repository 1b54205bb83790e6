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

# That the state remembers its environment is a condition of the variable, which is checked here too.
run "made" {
  plan_options {
    target = [terraform_data.environment]
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
