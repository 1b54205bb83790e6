locals {
  pass_task_roles = {
    # Whoever may pass a role to a task has that role's rights: these two, and to ECS alone.
    Sid       = "PassTaskRoles"
    Effect    = "Allow"
    Action    = ["iam:PassRole"]
    Resource  = local.task_roles
    Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
  }

  # ecs-deploy-verify and health-rollback: deploy, prove, diagnose, take back.
  release_statements = [
    {
      # These calls take no resource. Of RegisterTaskDefinition AWS says so in one edition of its reference and names the task
      # definition in another: every resource holds under both.
      Sid    = "ReleaseWithoutResource"
      Effect = "Allow"
      Action = [
        "cloudwatch:GetMetricData", "ecr:DescribePullThroughCacheRules", "ecr:GetAuthorizationToken",
        "ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition", "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth", "logs:DescribeLogGroups",
      ]
      Resource = ["*"]
    },
    {
      # What the service runs and how its deployment goes on, the new revision for it, and the end of a deployment that fails.
      Sid    = "Release"
      Effect = "Allow"
      Action = [
        "ecs:DescribeClusters", "ecs:DescribeServiceDeployments", "ecs:DescribeServiceRevisions", "ecs:DescribeServices",
        "ecs:DescribeTasks", "ecs:ListServiceDeployments", "ecs:StopServiceDeployment", "ecs:TagResource", "ecs:UpdateService",
      ]
      Resource = [local.cluster, local.service, local.deployments, local.revisions, local.tasks, local.task_definitions]
    },
    {
      # The resource of ListTasks is a container instance, which Fargate has none of: asked without one, ECS authorises the call
      # against every resource, and the cluster narrows it.
      Sid       = "ListTasks"
      Effect    = "Allow"
      Action    = ["ecs:ListTasks"]
      Resource  = ["*"]
      Condition = { ArnEquals = { "ecs:cluster" = local.cluster } }
    },
    {
      # Whether the image exists, for which architecture, and under which digest.
      Sid      = "LookAtImages"
      Effect   = "Allow"
      Action   = ["ecr:BatchGetImage", "ecr:DescribeRepositories", "ecr:GetDownloadUrlForLayer"]
      Resource = var.repository_arns
    },
    {
      # The last lines of a container that died.
      Sid      = "ReadLogs"
      Effect   = "Allow"
      Action   = ["logs:GetLogEvents"]
      Resource = ["${local.log_group}:log-stream:*"]
    },
    local.pass_task_roles,
  ]

  # alarm-setup.
  alarm_statements = [
    {
      # Makes the alarms and the dashboard, and holds their actions still while something is changed on purpose.
      Sid    = "Alarms"
      Effect = "Allow"
      Action = [
        "cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms", "cloudwatch:DisableAlarmActions", "cloudwatch:EnableAlarmActions",
        "cloudwatch:GetDashboard", "cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource",
      ]
      Resource = concat([local.alarms], local.dashboards)
    },
    {
      # The topic that alarms go to, made once, and its subscribers.
      Sid      = "Topic"
      Effect   = "Allow"
      Action   = ["sns:CreateTopic", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic", "sns:Subscribe"]
      Resource = local.topics
    },
    {
      # The limits that the database's alarms are made from.
      Sid      = "LookAtDatabase"
      Effect   = "Allow"
      Action   = ["rds:DescribeDBInstances"]
      Resource = [local.databases[0]]
    },
  ]

  operate_statements = [
    {
      # A task that hangs is stopped by hand; ECS starts another.
      Sid      = "StopTasks"
      Effect   = "Allow"
      Action   = ["ecs:StopTask"]
      Resource = [local.tasks]
    },
  ]
}
