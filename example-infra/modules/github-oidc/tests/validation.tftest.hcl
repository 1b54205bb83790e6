# Each wrong value is refused by the variable's own validation, before anything is planned.
mock_provider "aws" {}

variables {
  name            = "orders-prod"
  environment     = "prod"
  repository      = { owner = "octo-org", name = "orders" }
  repository_arns = ["arn:aws:ecr:us-east-1:111122223333:repository/orders"]
  state           = { bucket = "octo-state", keys = ["service/prod.tfstate"] }
}

run "name_with_capitals" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "Orders"
  }
}

run "any_environment" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "*"
  }
}

run "owner_and_name_in_one" {
  command         = plan
  expect_failures = [var.repository]

  variables {
    repository = { owner = "octo-org/orders", name = "orders" }
  }
}

run "every_repository_of_the_owner" {
  command         = plan
  expect_failures = [var.repository]

  variables {
    repository = { owner = "octo-org", name = "*" }
  }
}

run "one_id_of_two" {
  command         = plan
  expect_failures = [var.repository]

  variables {
    repository = { owner = "octo-org", name = "orders", id = 5678 }
  }
}

run "nobody_trusted" {
  command         = plan
  expect_failures = [var.repository]

  variables {
    repository = { owner = "octo-org", name = "orders", trust_names = false }
  }
}

run "any_branch" {
  command         = plan
  expect_failures = [var.repository]

  variables {
    repository = { owner = "octo-org", name = "orders", default_branch = "*" }
  }
}

run "every_ecr_repository" {
  command         = plan
  expect_failures = [var.repository_arns]

  variables {
    repository_arns = ["arn:aws:ecr:us-east-1:111122223333:repository/*"]
  }
}

run "every_state" {
  command         = plan
  expect_failures = [var.state]

  variables {
    state = { bucket = "octo-state", keys = ["*"] }
  }
}

run "boundary_by_its_name" {
  command         = plan
  expect_failures = [var.permissions_boundary_arn]

  variables {
    permissions_boundary_arn = "tasks"
  }
}

run "zone_by_its_name" {
  command         = plan
  expect_failures = [var.zone_ids]

  variables {
    zone_ids = ["example.com"]
  }
}

run "state_key_by_its_alias" {
  command         = plan
  expect_failures = [var.state]

  variables {
    state = { bucket = "octo-state", keys = ["service/prod.tfstate"], kms_key_arns = ["arn:aws:kms:us-east-1:111122223333:alias/state"] }
  }
}

run "a_session_of_a_quarter_of_an_hour" {
  command         = plan
  expect_failures = [var.max_session_duration]

  variables {
    max_session_duration = 900
  }
}

run "a_session_of_a_day" {
  command         = plan
  expect_failures = [var.max_session_duration]

  variables {
    max_session_duration = 86400
  }
}

run "a_session_of_a_part_of_a_second" {
  command         = plan
  expect_failures = [var.max_session_duration]

  variables {
    max_session_duration = 3600.5
  }
}
