# Runs without AWS: the provider is mocked, and what AWS would compute is known to the plan.
mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::111122223333:policy/orders-prod-read" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name            = "orders-prod"
  environment     = "prod"
  repository      = { owner = "octo-org", name = "orders", owner_id = 1234, id = 5678 }
  repository_arns = ["arn:aws:ecr:us-east-1:111122223333:repository/orders"]
  state           = { bucket = "octo-state", keys = ["network/prod.tfstate", "service/prod.tfstate"] }
  terraform_roles = true
}

run "each_purpose_has_a_role_and_trusts_its_jobs" {
  command = plan

  assert {
    condition     = sort([for role in aws_iam_role.this : role.name]) == tolist(["orders-prod-apply", "orders-prod-build", "orders-prod-deploy", "orders-prod-operate", "orders-prod-plan"])
    error_message = "there are other roles than the five"
  }
  assert {
    condition = { for name, role in aws_iam_role.this : name => jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] } == {
      build = ["repo:octo-org/orders:ref:refs/heads/main", "repo:octo-org@1234/orders@5678:ref:refs/heads/main"]
      plan = [
        "repo:octo-org/orders:ref:refs/heads/main", "repo:octo-org/orders:pull_request",
        "repo:octo-org@1234/orders@5678:ref:refs/heads/main", "repo:octo-org@1234/orders@5678:pull_request",
      ]
      apply   = ["repo:octo-org/orders:environment:prod", "repo:octo-org@1234/orders@5678:environment:prod"]
      deploy  = ["repo:octo-org/orders:environment:prod", "repo:octo-org@1234/orders@5678:environment:prod"]
      operate = ["repo:octo-org/orders:environment:prod", "repo:octo-org@1234/orders@5678:environment:prod"]
    }
    error_message = "a role trusts other jobs than its own"
  }
  assert {
    condition     = alltrue([for role in aws_iam_role.this : jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"])
    error_message = "a token for somebody else would do"
  }
  assert {
    condition     = alltrue([for role in aws_iam_role.this : keys(jsondecode(role.assume_role_policy).Statement[0].Condition) == ["StringEquals"] && length(jsondecode(role.assume_role_policy).Statement) == 1])
    error_message = "a subject is compared with a wildcard"
  }
  assert {
    condition     = alltrue([for role in aws_iam_role.this : role.max_session_duration == 3600])
    error_message = "a session outlives the job"
  }
  assert {
    condition     = aws_iam_openid_connect_provider.github["token.actions.githubusercontent.com"].client_id_list == toset(["sts.amazonaws.com"]) && aws_iam_openid_connect_provider.github["token.actions.githubusercontent.com"].url == "https://token.actions.githubusercontent.com"
    error_message = "the provider is not GitHub's"
  }
  assert {
    condition     = sort(keys(output.role_arns)) == tolist(["apply", "build", "deploy", "operate", "plan"]) && output.provider_arn == "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
    error_message = "the outputs are no role-to-assume"
  }
}

run "a_session_is_as_long_as_asked" {
  command = plan

  variables {
    max_session_duration = 7200
  }

  assert {
    condition     = { for name, role in aws_iam_role.this : name => role.max_session_duration if name != "plan" } == { for name in ["apply", "build", "deploy", "operate"] : name => 7200 }
    error_message = "a deployment that takes long loses its credentials"
  }
  assert {
    condition     = aws_iam_role.this["plan"].max_session_duration == 3600
    error_message = "the code of a pull request holds its role for longer than an hour"
  }
}

run "no_role_applies_terraform_unasked" {
  command = plan

  variables {
    terraform_roles = null
  }

  assert {
    condition     = sort(keys(aws_iam_role.this)) == tolist(["build", "deploy", "operate"]) && sort(keys(output.role_arns)) == sort(keys(aws_iam_role.this))
    error_message = "there is a role near to an administrator that nobody asked for"
  }
  assert {
    condition     = length(aws_iam_policy.read) + length(aws_iam_policy.network) + length(aws_iam_role_policy_attachment.read) + length(aws_iam_role_policy_attachment.network) == 0
    error_message = "there are policies for roles that nobody asked for"
  }
}

run "each_role_has_the_least_rights" {
  command = plan

  assert {
    condition     = alltrue([for policy in concat(values(aws_iam_role_policy.this)[*].policy, [aws_iam_policy.network[0].policy]) : alltrue([for statement in jsondecode(policy).Statement : alltrue([for action in statement.Action : !strcontains(action, "*")])])])
    error_message = "a right is given by wildcard"
  }
  assert {
    condition     = alltrue([for name in ["apply", "deploy", "operate"] : one([for statement in jsondecode(aws_iam_role_policy.this[name].policy).Statement : [statement.Resource, statement.Condition] if contains(statement.Action, "iam:PassRole")]) == [["arn:aws:iam::111122223333:role/orders-prod-execution", "arn:aws:iam::111122223333:role/orders-prod-task"], { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }]])
    error_message = "another role than the two of the tasks may be passed, or to another service"
  }
  assert {
    condition     = length(flatten([for name in ["build", "plan"] : [for statement in jsondecode(aws_iam_role_policy.this[name].policy).Statement : statement if contains(statement.Action, "iam:PassRole")]])) == 0
    error_message = "a role passes roles without need"
  }
  assert {
    condition     = distinct(flatten([for statement in jsondecode(aws_iam_role_policy.this["build"].policy).Statement : statement.Resource if statement.Sid != "RegistryToken"])) == tolist(["arn:aws:ecr:us-east-1:111122223333:repository/orders"])
    error_message = "build pushes to other repositories"
  }
  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.this["plan"].policy).Statement : statement.Action if statement.Sid == "ReadState"]) == ["s3:GetObject"]
    error_message = "plan writes state"
  }
  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.this["apply"].policy).Statement : statement.Resource if statement.Sid == "WriteState"]) == ["arn:aws:s3:::octo-state/network/prod.tfstate", "arn:aws:s3:::octo-state/service/prod.tfstate"]
    error_message = "apply writes the state of another environment"
  }
  assert {
    condition = [
      for statement in concat(jsondecode(aws_iam_role_policy.this["apply"].policy).Statement, jsondecode(aws_iam_policy.network[0].policy).Statement) : try(statement.Condition, null)
      if statement.Resource != ["arn:aws:ec2:us-east-1:111122223333:security-group-rule/*"] && anytrue([
        for action in statement.Action : can(regex("^ec2:(Associate|Attach|Authorize|CreateRoute$|Delete|Detach|Modify|Release|Replace|Revoke)", action))
      ])
    ] == [{ StringEquals = { "aws:ResourceTag/Environment" = "prod" } }]
    error_message = "apply can change another environment's network or take it away"
  }
  assert {
    condition = alltrue([
      for statement in concat(jsondecode(aws_iam_role_policy.this["apply"].policy).Statement, jsondecode(aws_iam_policy.network[0].policy).Statement) : anytrue([
        try(statement.Condition.StringEquals["aws:ResourceTag/Environment"], "") == "prod",
        try(statement.Condition.StringEquals["aws:RequestTag/Environment"], "") == "prod" && try(length(statement.Condition.StringEquals["ec2:CreateAction"]), 0) > 0,
        # Without a tag, only what gets its tag after it was made.
        alltrue([
          try(statement.Condition.StringEquals["aws:RequestTag/Environment"], "") == "prod",
          try(statement.Condition.Null["aws:ResourceTag/Environment"], "") == "true",
          alltrue([for arn in statement.Resource : strcontains(arn, ":security-group")]),
        ]),
      ]) if contains(statement.Action, "ec2:CreateTags")
    ])
    error_message = "apply can make another environment's network its own by a tag"
  }
  assert {
    condition     = alltrue([for arn in flatten([for policy in concat(values(aws_iam_role_policy.this)[*].policy, [aws_iam_policy.network[0].policy, aws_iam_policy.read[0].policy]) : jsondecode(policy).Statement[*].Resource]) : !strcontains(arn, "orders-prod*")])
    error_message = "a role reaches an environment whose name begins alike"
  }
  assert {
    condition     = contains(flatten([for statement in jsondecode(aws_iam_policy.read[0].policy).Statement : statement.Resource if contains(statement.Action, "rds:DescribeDBInstances")]), "arn:aws:rds:us-east-1:111122223333:db:*")
    error_message = "the provider cannot find the database by its resource id"
  }
  # What holds beyond the names of this environment, each with its statement. * alone has a list of its own in the README.
  assert {
    condition = toset(flatten([
      for policy in concat(values(aws_iam_role_policy.this)[*].policy, [aws_iam_policy.read[0].policy]) : [
        for statement in jsondecode(policy).Statement : [
          for arn in statement.Resource : "${statement.Sid} ${arn}" if arn != "*" && !can(regex("^[^*?]*[:/]orders-prod([-:/]|$)", arn))
        ]
      ]
      ])) == toset([
      "PushImage arn:aws:ecr:us-east-1:111122223333:repository/orders",
      "LookAtImages arn:aws:ecr:us-east-1:111122223333:repository/orders",
      "FindState arn:aws:s3:::octo-state",
      "LockState arn:aws:s3:::octo-state/network/prod.tfstate.tflock", "LockState arn:aws:s3:::octo-state/service/prod.tfstate.tflock",
      "ReadState arn:aws:s3:::octo-state/network/prod.tfstate", "ReadState arn:aws:s3:::octo-state/service/prod.tfstate",
      "WriteState arn:aws:s3:::octo-state/network/prod.tfstate", "WriteState arn:aws:s3:::octo-state/service/prod.tfstate",
      "ReadVpcSettings arn:aws:ec2:us-east-1:111122223333:vpc/*",
      "ReadService arn:aws:application-autoscaling:us-east-1:111122223333:scalable-target/*",
      "Service arn:aws:application-autoscaling:us-east-1:111122223333:scalable-target/*",
      "ReadDatabases arn:aws:rds:us-east-1:111122223333:db:*",
      "ReadRoles arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
      "DatabaseSecret arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!*",
      "DatabaseSecretKey arn:aws:kms:us-east-1:111122223333:key/*",
      "ServiceLinkedRoles arn:aws:iam::111122223333:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/*",
      "ServiceLinkedRoles arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/*",
      "ServiceLinkedRoles arn:aws:iam::111122223333:role/aws-service-role/elasticloadbalancing.amazonaws.com/*",
      "ServiceLinkedRoles arn:aws:iam::111122223333:role/aws-service-role/rds.amazonaws.com/*",
    ])
    error_message = "a role reaches beyond its environment"
  }
  assert {
    condition = !anytrue(flatten([
      for statement in jsondecode(aws_iam_role_policy.this["apply"].policy).Statement : [
        for arn in statement.Resource : [
          for name in ["build", "plan", "apply", "deploy", "operate"] :
          can(regex("^${replace(replace(arn, "?", "."), "*", ".*")}$", "arn:aws:iam::111122223333:role/orders-prod-${name}"))
        ]
      ] if anytrue([for action in statement.Action : startswith(action, "iam:")])
    ]))
    error_message = "apply could give itself any right"
  }
  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.this["apply"].policy).Statement : [statement.Action, statement.Condition] if statement.Sid == "DatabaseSecretKey"]) == [["kms:DescribeKey"], { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = ["alias/aws/secretsmanager"] } }]
    error_message = "RDS would refuse to keep the password, or apply looks at other keys"
  }
  assert {
    condition = alltrue([
      for action in ["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy", "logs:TagResource"] : anytrue([
        for statement in jsondecode(aws_iam_role_policy.this["apply"].policy).Statement :
        length(setintersection(statement.Resource, ["arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders-prod", "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders-prod:*"])) == 2
        if contains(statement.Action, action)
      ])
    ])
    error_message = "CloudWatch Logs would refuse to make the log group"
  }
  assert {
    condition = alltrue([
      for action in ["cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm"] :
      contains(flatten([for statement in jsondecode(aws_iam_role_policy.this["apply"].policy).Statement : statement.Resource if contains(statement.Action, action)]), "arn:aws:cloudwatch:us-east-1:111122223333:alarm:TargetTracking-service/orders-prod/*")
    ])
    error_message = "Application Auto Scaling would refuse a policy, for want of its alarms"
  }
  assert {
    condition = one([
      for statement in jsondecode(aws_iam_role_policy.this["apply"].policy).Statement : [statement.Action, sort(statement.Resource), { for operator, keys in statement.Condition : operator => { for key, services in keys : key => sort(services) } }]
      if contains(statement.Action, "iam:CreateServiceLinkedRole")
      ]) == [["iam:CreateServiceLinkedRole"], tolist([
        for service in ["ecs.amazonaws.com", "ecs.application-autoscaling.amazonaws.com", "elasticloadbalancing.amazonaws.com", "rds.amazonaws.com"] :
        "arn:aws:iam::111122223333:role/aws-service-role/${service}/*"
      ]), { StringEquals = { "iam:AWSServiceName" = tolist(["ecs.amazonaws.com", "ecs.application-autoscaling.amazonaws.com", "elasticloadbalancing.amazonaws.com", "rds.amazonaws.com"]) } }
    ]
    error_message = "the first apply in an account would be refused, or may make roles of other services"
  }
  assert {
    condition     = length([for policy in values(aws_iam_role_policy.this)[*].policy : policy if strcontains(policy, "StateKey")]) == 0
    error_message = "a key is used that nobody named"
  }
  assert {
    condition     = { for name, attachment in aws_iam_role_policy_attachment.read : name => [attachment.role, attachment.policy_arn] } == { for name in ["apply", "plan"] : name => ["orders-prod-${name}", "arn:aws:iam::111122223333:policy/orders-prod-read"] }
    error_message = "plan and apply do not read the same, or others do"
  }
  assert {
    condition     = aws_iam_role_policy_attachment.network[0].role == "orders-prod-apply" && aws_iam_role_policy_attachment.network[0].policy_arn == aws_iam_policy.network[0].arn
    error_message = "another role than apply changes the network"
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_policy.read[0].policy).Statement : alltrue([for action in statement.Action : can(regex(":(Describe|Get|List)[A-Za-z]+$", action))])])
    error_message = "what plan reads by writes"
  }
  assert {
    condition     = alltrue([for role in aws_iam_role_policy.this : length(role.policy) <= 10240]) && length(aws_iam_policy.read[0].policy) <= 6144 && length(aws_iam_policy.network[0].policy) <= 6144
    error_message = "IAM would refuse a policy of that length"
  }
}

run "a_boundary_holds_what_apply_gives" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::111122223333:policy/tasks"
  }

  assert {
    condition = {
      for action in ["iam:CreateRole", "iam:PutRolePolicy"] : action => [
        for statement in jsondecode(aws_iam_role_policy.this["apply"].policy).Statement : try(statement.Condition, null) if contains(statement.Action, action)
      ]
      } == {
      for action in ["iam:CreateRole", "iam:PutRolePolicy"] : action => [{ StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::111122223333:policy/tasks" } }]
    }
    error_message = "apply can give the tasks any right, whatever the boundary"
  }
  assert {
    condition = !anytrue(flatten([
      for policy in concat(values(aws_iam_role_policy.this)[*].policy, [aws_iam_policy.network[0].policy]) : [
        for statement in jsondecode(policy).Statement : [for action in statement.Action : strcontains(action, "PermissionsBoundary") || action == "iam:AttachRolePolicy"]
      ]
    ]))
    error_message = "a role can take the boundary off"
  }
}

run "a_domain_adds_its_zone_alone" {
  command = plan

  # The longest name that the stack service makes, because each ARN of the policies has it.
  variables {
    permissions_boundary_arn = "arn:aws:iam::111122223333:policy/the-boundary-of-fifteen-letters-production"
    name                     = "fifteen-letters-production"
    environment              = "production"
    zone_ids                 = ["Z0123456789ABCDEFGHIJ"]
    state = {
      bucket       = "fifteen-letters-state-111122223333-us-east-1"
      keys         = ["network/production.tfstate", "service/production.tfstate"]
      kms_key_arns = ["arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
    }
  }

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.this["apply"].policy).Statement : statement.Resource if contains(statement.Action, "route53:ChangeResourceRecordSets")]) == ["arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ"]
    error_message = "apply writes records of other zones"
  }
  assert {
    condition     = length(aws_iam_role_policy.this["apply"].policy) <= 10240 && length(aws_iam_policy.read[0].policy) <= 6144
    error_message = "IAM would refuse the policy of apply with a domain"
  }
  assert {
    condition = [for name in ["plan", "apply"] : one([for statement in jsondecode(aws_iam_role_policy.this[name].policy).Statement : [statement.Action, statement.Resource, statement.Condition] if statement.Sid == "StateKey"])] == [
      for name in ["plan", "apply"] : [
        ["kms:Decrypt", "kms:GenerateDataKey"], ["arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
        { StringLike = { "kms:ViaService" = "s3.*.amazonaws.com" } },
      ]
    ]
    error_message = "a state under a key of one's own cannot be read, or the key is used for more"
  }
}

run "an_existing_provider_is_used" {
  command = plan

  variables {
    create_provider = false
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0
    error_message = "a second provider for one issuer is refused by IAM"
  }
}

run "only_ids_are_trusted_on_request" {
  command = plan

  variables {
    repository = { owner = "octo-org", name = "orders", owner_id = 1234, id = 5678, trust_names = false }
  }

  assert {
    condition     = jsondecode(aws_iam_role.this["deploy"].assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:octo-org@1234/orders@5678:environment:prod"]
    error_message = "a repository that took over the name is trusted"
  }
}

run "without_ids_names_are_trusted" {
  command = plan

  variables {
    repository = { owner = "octo-org", name = "orders", default_branch = "trunk" }
  }

  assert {
    condition     = jsondecode(aws_iam_role.this["build"].assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:octo-org/orders:ref:refs/heads/trunk"]
    error_message = "another branch, or a repository with the id 0, is trusted"
  }
}
