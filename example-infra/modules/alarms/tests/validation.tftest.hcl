# Each wrong value is refused by the variable's own validation, before anything is planned.
mock_provider "aws" {}

variables {
  name                = "orders-prod"
  cluster             = "prod"
  service             = "orders"
  load_balancer_label = "app/orders-prod/50dc6c495c0c9188"
  target_group_label  = "targetgroup/orders-prod-8080/6d0ecf831eec9f09"
}

run "name_with_a_slash" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "prod/orders"
  }
}

run "address_without_a_domain" {
  command         = plan
  expect_failures = [var.emails]

  variables {
    emails = ["team"]
  }
}

run "two_owners" {
  command         = plan
  expect_failures = [var.alarms_by]

  variables {
    alarms_by = "both"
  }
}

run "more_than_all_cpu" {
  command         = plan
  expect_failures = [var.thresholds]

  variables {
    thresholds = { cpu = 101 }
  }
}

run "no_latency" {
  command         = plan
  expect_failures = [var.thresholds]

  variables {
    thresholds = { latency_p95 = 0 }
  }
}

run "key_given_by_its_alias" {
  command         = plan
  expect_failures = [var.kms_key_arn]

  variables {
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:alias/aws/sns"
  }
}

run "cluster_by_its_arn" {
  command         = plan
  expect_failures = [var.cluster]

  variables {
    cluster = "arn:aws:ecs:us-east-1:111122223333:cluster/prod"
  }
}

run "service_by_its_arn" {
  command         = plan
  expect_failures = [var.service]

  variables {
    service = "prod/orders"
  }
}

run "load_balancer_by_its_name" {
  command         = plan
  expect_failures = [var.load_balancer_label]

  variables {
    load_balancer_label = "orders-prod"
  }
}

run "target_group_by_its_name" {
  command         = plan
  expect_failures = [var.target_group_label]

  variables {
    target_group_label = "orders-prod-8080"
  }
}

run "database_by_its_arn" {
  command         = plan
  expect_failures = [var.database]

  variables {
    database = "arn:aws:rds:us-east-1:111122223333:db:orders"
  }
}
