# Each wrong value is refused by the variable's own validation, before anything is planned.
mock_provider "aws" {}

variables {
  name            = "orders-prod"
  cluster_arn     = "arn:aws:ecs:us-east-1:111122223333:cluster/orders-prod"
  vpc_id          = "vpc-1"
  subnet_ids      = ["subnet-1", "subnet-2"]
  repository_arns = ["arn:aws:ecr:us-east-1:111122223333:repository/orders"]
  load_balancer = {
    target_group_arn  = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/orders-prod-8080/6d0ecf831eec9f09"
    security_group_id = "sg-load-balancer"
    request_label     = "app/orders-prod/50dc6c495c0c9188/targetgroup/orders-prod-8080/6d0ecf831eec9f09"
  }
}

run "name_with_capitals" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "Orders"
  }
}

run "no_subnet" {
  command         = plan
  expect_failures = [var.subnet_ids]

  variables {
    subnet_ids = []
  }
}

run "image_without_tag_or_digest" {
  command         = plan
  expect_failures = [var.image]

  variables {
    image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders"
  }
}

run "digest_too_short" {
  command         = plan
  expect_failures = [var.image]

  variables {
    image = "orders@sha256:abc"
  }
}

run "port_that_is_none" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { port = 70000 }
  }
}

run "health_path_without_a_slash" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { health_check_path = "health" }
  }
}

run "stop_timeout_beyond_fargate" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { stop_timeout = 121 }
  }
}

run "credential_among_the_variables" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { environment = { DB_PASSWORD = "hunter2" } }
  }
}

run "credential_by_a_short_name" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { environment = { SMTP_PASS = "hunter2" } }
  }
}

run "credential_in_an_address" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { environment = { DATABASE_URL = "postgres://app:hunter2@db/app" } }
  }
}

run "credential_in_a_query" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { environment = { DATABASE_URL = "jdbc:postgresql://db/app?user=app&password=hunter2" } }
  }
}

run "access_key_by_its_value" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { environment = { UPLOADS = "AKIAIOSFODNN7EXAMPLE" } }
  }
}

run "secret_by_value" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { secrets = { DB_PASSWORD = "hunter2" } }
  }
}

run "cpu_that_fargate_lacks" {
  command         = plan
  expect_failures = [var.cpu]

  variables {
    cpu = 300
  }
}

run "memory_too_small_for_the_cpu" {
  command         = plan
  expect_failures = [var.memory]

  variables {
    memory = 256
  }
}

run "unknown_architecture" {
  command         = plan
  expect_failures = [var.architecture]

  variables {
    architecture = "arm64"
  }
}

run "most_below_fewest" {
  command         = plan
  expect_failures = [var.scaling]

  variables {
    scaling = { min = 3, max = 2 }
  }
}

run "negative_grace_period" {
  command         = plan
  expect_failures = [var.health_check_grace_period]

  variables {
    health_check_grace_period = -1
  }
}

run "every_repository" {
  command         = plan
  expect_failures = [var.repository_arns]

  variables {
    repository_arns = ["arn:aws:ecr:us-east-1:111122223333:repository/*"]
  }
}

run "retention_that_cloudwatch_lacks" {
  command         = plan
  expect_failures = [var.log_retention_days]

  variables {
    log_retention_days = 31
  }
}

run "port_said_twice" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { environment = { PORT = "3000" } }
  }
}

run "port_as_a_secret" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { secrets = { PORT = "arn:aws:ssm:us-east-1:111122223333:parameter/orders/port" } }
  }
}

run "name_in_both" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { environment = { DB_USER = "app" }, secrets = { DB_USER = "arn:aws:ssm:us-east-1:111122223333:parameter/orders/user" } }
  }
}

run "key_of_secrets_by_its_alias" {
  command         = plan
  expect_failures = [var.secret_kms_key_arns]

  variables {
    secret_kms_key_arns = ["arn:aws:kms:us-east-1:111122223333:alias/orders"]
  }
}

run "cluster_by_its_name" {
  command         = plan
  expect_failures = [var.cluster_arn]

  variables {
    cluster_arn = "orders-prod"
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
    subnet_ids = ["private-a"]
  }
}

run "target_group_by_its_name" {
  command         = plan
  expect_failures = [var.load_balancer]

  variables {
    load_balancer = { target_group_arn = "orders", security_group_id = "sg-1", request_label = "app/o/1/targetgroup/o/1" }
  }
}

run "security_group_by_its_name" {
  command         = plan
  expect_failures = [var.load_balancer]

  variables {
    load_balancer = { target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/o/1", security_group_id = "default", request_label = "app/o/1/targetgroup/o/1" }
  }
}

run "label_without_the_target_group" {
  command         = plan
  expect_failures = [var.load_balancer]

  variables {
    load_balancer = { target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/o/1", security_group_id = "sg-1", request_label = "app/o/1" }
  }
}

run "half_a_task" {
  command         = plan
  expect_failures = [var.scaling]

  variables {
    scaling = { min = 1.5, max = 2 }
  }
}

run "more_than_all_memory" {
  command         = plan
  expect_failures = [var.scaling]

  variables {
    scaling = { memory = 101 }
  }
}

run "no_requests" {
  command         = plan
  expect_failures = [var.scaling]

  variables {
    scaling = { requests_per_target = 0 }
  }
}

run "memory_above_fargate_s" {
  command         = plan
  expect_failures = [var.memory]

  variables {
    cpu    = 4096
    memory = 32768
  }
}

run "memory_between_fargate_s_steps" {
  command         = plan
  expect_failures = [var.memory]

  variables {
    cpu    = 8192
    memory = 17408
  }
}

run "memory_between_the_smallest" {
  command         = plan
  expect_failures = [var.memory]

  variables {
    memory = 1536
  }
}

run "key_of_logs_by_its_alias" {
  command         = plan
  expect_failures = [var.log_kms_key_arn]

  variables {
    log_kms_key_arn = "alias/logs"
  }
}

run "boundary_by_its_name" {
  command         = plan
  expect_failures = [var.permissions_boundary_arn]

  variables {
    permissions_boundary_arn = "tasks"
  }
}
