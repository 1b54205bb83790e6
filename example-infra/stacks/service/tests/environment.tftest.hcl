# One environment's variables upon another's state. Runs without AWS: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  region      = "us-east-1"
  environment = "dev"
  network     = { vpc_id = "vpc-1", public_subnet_ids = ["subnet-1", "subnet-2"], private_subnet_ids = ["subnet-3", "subnet-4"] }
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
