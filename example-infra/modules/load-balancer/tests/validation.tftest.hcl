# Each wrong value is refused by the variable's own validation, before anything is planned.
mock_provider "aws" {}

variables {
  name           = "orders-prod"
  vpc_id         = "vpc-1"
  subnet_ids     = ["subnet-1", "subnet-2"]
  container_port = 8080
}

run "name_too_long_with_a_port" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "a-name-of-twenty-seven-char"
  }
}

run "name_reserved_by_elb" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "internal-orders"
  }
}

run "one_zone" {
  command         = plan
  expect_failures = [var.subnet_ids]

  variables {
    subnet_ids = ["subnet-1"]
  }
}

run "port_zero" {
  command         = plan
  expect_failures = [var.container_port]

  variables {
    container_port = 0
  }
}

run "health_path_without_a_slash" {
  command         = plan
  expect_failures = [var.health_check]

  variables {
    health_check = { path = "health" }
  }
}

run "health_timeout_as_long_as_the_interval" {
  command         = plan
  expect_failures = [var.health_check]

  variables {
    health_check = { interval = 5, timeout = 5 }
  }
}

run "negative_delay" {
  command         = plan
  expect_failures = [var.deregistration_delay]

  variables {
    deregistration_delay = -1
  }
}

run "no_idle_time" {
  command         = plan
  expect_failures = [var.idle_timeout]

  variables {
    idle_timeout = 0
  }
}

run "domain_with_a_scheme" {
  command         = plan
  expect_failures = [var.domain]

  variables {
    domain = { name = "https://orders.example.com", zone_id = "Z1" }
  }
}

run "range_that_is_none" {
  command         = plan
  expect_failures = [var.ingress_cidrs]

  variables {
    ingress_cidrs = ["10.0.0.0"]
  }
}

run "vpc_by_its_name" {
  command         = plan
  expect_failures = [var.vpc_id]

  variables {
    vpc_id = "main"
  }
}

run "subnet_by_its_name" {
  command         = plan
  expect_failures = [var.subnet_ids]

  variables {
    subnet_ids = ["public-a", "public-b"]
  }
}

run "health_once" {
  command         = plan
  expect_failures = [var.health_check]

  variables {
    health_check = { healthy_threshold = 1 }
  }
}

run "health_by_any_answer" {
  command         = plan
  expect_failures = [var.health_check]

  variables {
    health_check = { matcher = "2xx" }
  }
}

run "zone_by_its_name" {
  command         = plan
  expect_failures = [var.domain]

  variables {
    domain = { name = "orders.example.com", zone_id = "example.com" }
  }
}
