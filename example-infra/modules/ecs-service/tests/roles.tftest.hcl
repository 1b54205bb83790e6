# Who may do what. Runs without AWS: the provider is mocked, and what AWS would compute is known to the plan.
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
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mocked" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders-prod" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:us-east-1:111122223333:task-definition/orders-prod:1" }
  }
}

override_resource {
  target          = aws_iam_role.execution
  override_during = plan
  values          = { arn = "arn:aws:iam::111122223333:role/orders-prod-execution" }
}

override_resource {
  target          = aws_iam_role.task
  override_during = plan
  values          = { arn = "arn:aws:iam::111122223333:role/orders-prod-task" }
}

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

run "a_boundary_holds_both_roles" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::111122223333:policy/tasks"
  }

  assert {
    condition     = aws_iam_role.execution.permissions_boundary == "arn:aws:iam::111122223333:policy/tasks"
    error_message = "the execution role has no boundary"
  }
  assert {
    condition     = aws_iam_role.task.permissions_boundary == "arn:aws:iam::111122223333:policy/tasks"
    error_message = "the role of the containers has no boundary"
  }
}

run "two_roles_for_two_purposes" {
  command = plan

  assert {
    condition     = aws_ecs_task_definition.this.execution_role_arn == "arn:aws:iam::111122223333:role/orders-prod-execution"
    error_message = "tasks are started by another role"
  }
  assert {
    condition     = aws_ecs_task_definition.this.task_role_arn == "arn:aws:iam::111122223333:role/orders-prod-task"
    error_message = "containers have another role"
  }
  assert {
    condition     = aws_iam_role.execution.name == "orders-prod-execution" && aws_iam_role.task.name == "orders-prod-task"
    error_message = "the roles have other names than github-oidc lets pass"
  }
  assert {
    condition     = alltrue([for role in [aws_iam_role.task, aws_iam_role.execution] : [for statement in jsondecode(role.assume_role_policy).Statement : [statement.Effect, statement.Principal, statement.Action]] == [["Allow", { Service = "ecs-tasks.amazonaws.com" }, "sts:AssumeRole"]]])
    error_message = "others than ECS tasks may take the role"
  }
  assert {
    condition = alltrue([for role in [aws_iam_role.task, aws_iam_role.execution] : jsondecode(role.assume_role_policy).Statement[0].Condition == {
      StringEquals = { "aws:SourceAccount" = "111122223333" }
      ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:us-east-1:111122223333:*" }
    }])
    error_message = "ECS may take the role for another account"
  }
}

run "the_execution_role_pulls_and_logs_and_nothing_else" {
  command = plan

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Sid] == ["RegistryToken", "PullImage", "WriteLogs"]
    error_message = "it has another set of rights"
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Action if statement.Resource == ["*"]] == [["ecr:GetAuthorizationToken"]]
    error_message = "a right holds for every resource that AWS could narrow"
  }
  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Resource if statement.Sid == "PullImage"]) == ["arn:aws:ecr:us-east-1:111122223333:repository/orders"]
    error_message = "it pulls from other repositories"
  }
  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Resource if statement.Sid == "WriteLogs"]) == ["arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders-prod:*"]
    error_message = "it writes to other log groups"
  }
  assert {
    condition     = aws_iam_role_policy.execution.role == "orders-prod-execution"
    error_message = "the rights are another role's"
  }
}

run "secrets_are_read_by_reference" {
  command = plan

  variables {
    container = {
      environment = { DB_SECRET_ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf" }
      secrets = {
        DB_PASSWORD = "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf:password::"
        API_KEY     = "arn:aws:ssm:us-east-1:111122223333:parameter/orders/key"
      }
    }
    secret_kms_key_arns = ["arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Resource if statement.Sid == "ReadSecrets"]) == ["arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf"]
    error_message = "the execution role may not read exactly the secret"
  }
  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Resource if statement.Sid == "ReadParameters"]) == ["arn:aws:ssm:us-east-1:111122223333:parameter/orders/key"]
    error_message = "the execution role may not read exactly the parameter"
  }
  assert {
    condition     = { for secret in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].secrets : secret.name => secret.valueFrom } == { for name, arn in var.container.secrets : name => arn }
    error_message = "the container gets other secrets"
  }
  assert {
    condition = one([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : [statement.Action, statement.Resource, statement.Condition] if statement.Sid == "DecryptSecrets"]) == [
      ["kms:Decrypt"], ["arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
      { StringLike = { "kms:ViaService" = ["secretsmanager.*.amazonaws.com", "ssm.*.amazonaws.com"] } },
    ]
    error_message = "a secret under a key of one's own cannot be read, or the key is used for more"
  }
  assert {
    condition     = output.execution_role_name == "orders-prod-execution" && output.task_role_name == "orders-prod-task" && output.execution_role_arn == aws_iam_role.execution.arn && output.task_role_arn == aws_iam_role.task.arn
    error_message = "the outputs are other roles"
  }
}

run "logs_and_container_are_kept_in_bounds" {
  command = plan

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30 && aws_cloudwatch_log_group.this.name == "/ecs/orders-prod"
    error_message = "logs are kept for another time than 30 days"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].logConfiguration.options["awslogs-group"] == aws_cloudwatch_log_group.this.name
    error_message = "the container logs elsewhere"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem
    error_message = "the container may change its own files"
  }
  assert {
    condition     = aws_ecs_task_definition.this.runtime_platform[0].cpu_architecture == "X86_64" && aws_ecs_task_definition.this.cpu == "256" && aws_ecs_task_definition.this.memory == "512"
    error_message = "a task has another size or architecture"
  }
}
