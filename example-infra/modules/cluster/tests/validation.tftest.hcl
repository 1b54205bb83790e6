# Each wrong value is refused by the variable's own validation, before anything is planned.
mock_provider "aws" {}

variables {
  name = "orders-prod"
}

run "name_with_a_space" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "orders prod"
  }
}

run "insights_that_do_not_exist" {
  command         = plan
  expect_failures = [var.container_insights]

  variables {
    container_insights = "on"
  }
}
