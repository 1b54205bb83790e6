# Each wrong value is refused by the variable's own validation, before anything is planned.
mock_provider "aws" {}

variables {
  name               = "orders-prod"
  cluster_arn        = "arn:aws:ecs:us-east-1:111122223333:cluster/orders-prod"
  repository_url     = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders"
  image_tag          = "main-1a2b3c4"
  subnet_ids         = ["subnet-1", "subnet-2"]
  security_group_ids = ["sg-tasks"]
  target_group_arn   = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/orders-prod-8080/6d0ecf831eec9f09"
  execution_role_arn = "arn:aws:iam::111122223333:role/orders-prod-execution"
  task_role_arn      = "arn:aws:iam::111122223333:role/orders-prod-task"
  log_group          = "/ecs/orders-prod"
}

run "name_with_a_space" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "orders prod"
  }
}

run "repository_with_a_tag" {
  command         = plan
  expect_failures = [var.repository_url]

  variables {
    repository_url = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:latest"
  }
}

run "tag_that_moves" {
  command         = plan
  expect_failures = [var.image_tag]

  variables {
    image_tag = "latest"
  }
}

run "digest_for_a_tag" {
  command         = plan
  expect_failures = [var.image_tag]

  variables {
    image_tag = "sha256:abc"
  }
}

run "port_zero" {
  command         = plan
  expect_failures = [var.container]

  variables {
    container = { port = 0 }
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

run "negative_count" {
  command         = plan
  expect_failures = [var.desired_count]

  variables {
    desired_count = -1
  }
}

run "memory_above_fargate_s" {
  command         = plan
  expect_failures = [var.memory]

  variables {
    cpu    = 8192
    memory = 65536
  }
}

run "cluster_by_its_name" {
  command         = plan
  expect_failures = [var.cluster_arn]

  variables {
    cluster_arn = "orders-prod"
  }
}

run "no_subnet" {
  command         = plan
  expect_failures = [var.subnet_ids]

  variables {
    subnet_ids = []
  }
}

run "security_group_by_its_name" {
  command         = plan
  expect_failures = [var.security_group_ids]

  variables {
    security_group_ids = ["default"]
  }
}

run "target_group_by_its_name" {
  command         = plan
  expect_failures = [var.target_group_arn]

  variables {
    target_group_arn = "orders"
  }
}

run "execution_role_by_its_name" {
  command         = plan
  expect_failures = [var.execution_role_arn]

  variables {
    execution_role_arn = "orders-prod-execution"
  }
}

run "task_role_by_its_name" {
  command         = plan
  expect_failures = [var.task_role_arn]

  variables {
    task_role_arn = "orders-prod-task"
  }
}

run "log_group_by_its_arn" {
  command         = plan
  expect_failures = [var.log_group]

  variables {
    log_group = "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders"
  }
}
