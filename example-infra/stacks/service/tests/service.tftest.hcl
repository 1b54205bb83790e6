# How the modules are joined. Runs without AWS: the provider is mocked, and what AWS would compute is known to the plan.
mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_data "aws_vpc" {
    defaults = { id = "vpc-found", tags = { Egress = "nat" } }
  }
  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:us-east-1:111122223333:cluster/example-app-dev" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:us-east-1:111122223333:task-definition/example-app-dev:1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mocked" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::111122223333:policy/mocked" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/example-app-dev" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:111122223333:example-app-dev" }
  }
  mock_resource "aws_lb" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/example-app-dev/50dc6c495c0c9188"
      arn_suffix = "app/example-app-dev/50dc6c495c0c9188"
      dns_name   = "example-app-dev-1.us-east-1.elb.amazonaws.com"
    }
  }
  mock_resource "aws_lb_target_group" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/example-app-dev-8080/6d0ecf831eec9f09"
      arn_suffix = "targetgroup/example-app-dev-8080/6d0ecf831eec9f09"
    }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      address            = "example-app-dev.abc.us-east-1.rds.amazonaws.com"
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-1", secret_status = "active", kms_key_id = "k" }]
    }
  }
}

override_data {
  target          = data.aws_subnets.this["public"]
  override_during = plan
  values          = { ids = ["subnet-public-b", "subnet-public-a"] }
}

override_data {
  target          = data.aws_subnets.this["private"]
  override_during = plan
  values          = { ids = ["subnet-private-b", "subnet-private-a"] }
}

override_resource {
  target          = module.load_balancer.aws_security_group.this
  override_during = plan
  values          = { id = "sg-load-balancer" }
}

override_resource {
  target          = module.ecs_service.aws_security_group.this
  override_during = plan
  values          = { id = "sg-tasks" }
}

variables {
  region      = "us-east-1"
  environment = "dev"
}

run "users_reach_the_load_balancer_it_the_tasks_they_the_database" {
  command = plan

  variables {
    database            = { instance_class = "db.t4g.small", multi_az = true, backup_days = 30, final_snapshot = "example-app-dev-final" }
    deletion_protection = true
    container           = { name = "web", port = 3000, health_check_path = "/up", environment = { LOG_LEVEL = "debug" } }
  }

  assert {
    condition     = output.reachable_from == { load_balancer = "sg-load-balancer", tasks = "sg-load-balancer", database = "sg-tasks" }
    error_message = "the chain of security groups has a gap or a way round"
  }
  assert {
    condition     = output.container_name == "web"
    error_message = "container_name is not the container's"
  }
  assert {
    condition     = output.db_instance == "example-app-dev"
    error_message = "db_instance is not the database"
  }
  assert {
    condition     = module.load_balancer.subnet_ids == tolist(["subnet-public-a", "subnet-public-b"])
    error_message = "the load balancer is not in the public subnets"
  }
  assert {
    condition     = output.network_configuration == { subnets = tolist(["subnet-private-a", "subnet-private-b"]), security_groups = tolist(["sg-tasks"]), assign_public_ip = false }
    error_message = "the tasks are not in the private subnets, or have public addresses"
  }
  assert {
    condition     = module.database["example-app-dev"].subnet_ids == tolist(["subnet-private-a", "subnet-private-b"])
    error_message = "the database is not in the private subnets"
  }
  assert {
    condition     = module.load_balancer.health_check == { port = 3000, path = "/up" }
    error_message = "the load balancer asks another port or path than the container's"
  }
  assert {
    condition     = output.database_recovery == { deletion_protection = true, backup_days = 30, final_snapshot = "example-app-dev-final", multi_az = true }
    error_message = "the database is not protected as asked for"
  }
  assert {
    condition     = module.load_balancer.deletion_protection
    error_message = "the load balancer is not protected as asked for"
  }
  assert {
    condition = jsonencode(module.ecs_service.variable_names) == jsonencode({
      environment = ["DATABASE_HOST", "DATABASE_NAME", "DATABASE_PORT", "DATABASE_SECRET_ARN", "LOG_LEVEL", "PORT"]
      secrets     = ["DATABASE_PASSWORD", "DATABASE_USER"]
    })
    error_message = "the app is not told of its database"
  }
  assert {
    condition = [for policy in aws_iam_role_policy.database_secret : [policy.role, jsondecode(policy.policy).Statement[*].Action, jsondecode(policy.policy).Statement[*].Resource]] == [
      ["example-app-dev-task", [["secretsmanager:GetSecretValue"]], [["arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-1"]]]
    ]
    error_message = "the app cannot read the password of now, or can read other secrets"
  }
}

run "outputs_are_the_actions_inputs" {
  command = plan

  variables {
    alarms = { by = "terraform" }
  }

  assert {
    condition     = length(module.alarms.alarm_names) == 6
    error_message = "before the first image the service is an alarm"
  }

  assert {
    condition     = output.cluster == "example-app-dev" && output.service == "example-app-dev" && output.aws_region == "us-east-1" && output.repository == "example-app"
    error_message = "cluster, service, region or repository has another name"
  }
  assert {
    condition     = output.task_definition == "arn:aws:ecs:us-east-1:111122223333:task-definition/example-app-dev:1"
    error_message = "task_definition is not the template"
  }
  assert {
    condition     = output.desired_count == 2
    error_message = "the first deployment would ask for another number of tasks"
  }
  assert {
    condition     = output.topic_arn == "arn:aws:sns:us-east-1:111122223333:example-app-dev" && output.url == "http://example-app-dev-1.us-east-1.elb.amazonaws.com"
    error_message = "topic_arn or url is another's"
  }
  assert {
    condition     = output.db_instance == null && output.role_arns == {}
    error_message = "there is a database or a role that nobody asked for"
  }
}

run "a_network_of_one_s_own_is_taken" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", public_subnet_ids = ["subnet-1", "subnet-2"], private_subnet_ids = ["subnet-3", "subnet-4"], tasks_in_public = true }
  }

  assert {
    condition     = length(data.aws_vpc.this) == 0 && length(data.aws_subnets.this) == 0
    error_message = "another network is looked for"
  }
  assert {
    condition     = output.network_configuration == { subnets = tolist(["subnet-1", "subnet-2"]), security_groups = tolist(["sg-tasks"]), assign_public_ip = true }
    error_message = "tasks in public subnets reach nothing without an address of their own"
  }
}

run "roles_on_request" {
  command = plan

  variables {
    github = { owner = "octo-org", name = "orders", state_bucket = "octo-state" }
  }

  assert {
    condition     = sort(keys(output.role_arns)) == tolist(["build", "deploy", "operate"])
    error_message = "a workflow has no role to assume, or one that nobody asked for"
  }
}

run "roles_for_terraform_on_request" {
  command = plan

  variables {
    github = { owner = "octo-org", name = "orders", state_bucket = "octo-state", terraform_roles = true }
  }

  assert {
    condition     = sort(keys(output.role_arns)) == tolist(["apply", "build", "deploy", "operate", "plan"])
    error_message = "terraform-plan-gate has no role to assume"
  }
}
