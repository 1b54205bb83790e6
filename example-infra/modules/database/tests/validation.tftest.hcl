# Each wrong value is refused by the variable's own validation, before anything is planned.
mock_provider "aws" {}

variables {
  name                     = "orders-prod"
  vpc_id                   = "vpc-1"
  subnet_ids               = ["subnet-1", "subnet-2"]
  client_security_group_id = "sg-tasks"
}

run "name_with_two_hyphens" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "orders--prod"
  }
}

run "one_zone" {
  command         = plan
  expect_failures = [var.subnet_ids]

  variables {
    subnet_ids = ["subnet-1"]
  }
}

run "minor_version" {
  command         = plan
  expect_failures = [var.engine_version]

  variables {
    engine_version = "17.2"
  }
}

run "class_of_ec2" {
  command         = plan
  expect_failures = [var.instance_class]

  variables {
    instance_class = "t4g.micro"
  }
}

run "no_room_to_grow" {
  command         = plan
  expect_failures = [var.storage]

  variables {
    storage = { gib = 100, max_gib = 100 }
  }
}

run "database_with_a_hyphen" {
  command         = plan
  expect_failures = [var.database]

  variables {
    database = "my-app"
  }
}

run "name_that_rds_keeps" {
  command         = plan
  expect_failures = [var.username]

  variables {
    username = "rdsadmin"
  }
}

run "no_backups" {
  command         = plan
  expect_failures = [var.backup_days]

  variables {
    backup_days = 0
  }
}

run "snapshot_with_an_underscore" {
  command         = plan
  expect_failures = [var.final_snapshot]

  variables {
    final_snapshot = "orders_final"
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
    subnet_ids = ["private-a", "private-b"]
  }
}

run "clients_by_name" {
  command         = plan
  expect_failures = [var.client_security_group_id]

  variables {
    client_security_group_id = "tasks"
  }
}

run "key_by_its_alias" {
  command         = plan
  expect_failures = [var.kms_key_arn]

  variables {
    kms_key_arn = "alias/aws/rds"
  }
}
