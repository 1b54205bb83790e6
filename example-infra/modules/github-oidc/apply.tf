locals {
  # What an apply of network (apply-network.tf) and service writes, beside what a plan reads. It may not change the roles of this module,
  # which an administrator applies. The roles of the tasks it may give any right, so it is trusted as far as an administrator
  # unless permissions_boundary_arn holds those two.
  apply_statements = concat([
    {
      # The load balancer, its listeners and its target group, and their tags.
      Sid    = "LoadBalancer"
      Effect = "Allow"
      Action = [
        "elasticloadbalancing:AddTags", "elasticloadbalancing:CreateListener", "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateTargetGroup", "elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteTargetGroup", "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes", "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup", "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RemoveTags", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:SetSubnets",
      ]
      Resource = local.load_balancers
    },
    {
      # These take no resource, so any subscription of the account can be ended; for RegisterTaskDefinition see
      # ReleaseWithoutResource.
      Sid      = "WriteWhatHasNoResource"
      Effect   = "Allow"
      Action   = ["ecs:RegisterTaskDefinition", "sns:Unsubscribe"]
      Resource = ["*"]
    },
    {
      # The cluster, the service and its scaling. A template is tagged as it is registered.
      Sid    = "Service"
      Effect = "Allow"
      Action = [
        "application-autoscaling:DeleteScalingPolicy", "application-autoscaling:DeregisterScalableTarget",
        "application-autoscaling:PutScalingPolicy", "application-autoscaling:RegisterScalableTarget",
        "application-autoscaling:TagResource", "application-autoscaling:UntagResource", "ecs:CreateCluster", "ecs:CreateService",
        "ecs:DeleteCluster", "ecs:DeleteService", "ecs:PutClusterCapacityProviders", "ecs:TagResource", "ecs:UntagResource",
        "ecs:UpdateCluster", "ecs:UpdateClusterSettings", "ecs:UpdateService",
      ]
      Resource = [local.cluster, local.service, local.task_definitions, local.scalable]
    },
    {
      # Target tracking makes its alarms with the caller's rights, and PutScalingPolicy is refused without them.
      Sid      = "ScalingAlarms"
      Effect   = "Allow"
      Action   = ["cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm"]
      Resource = [local.scaling_alarms]
    },
    {
      # The log group, the topic and who it writes to, and with alarms.by = "terraform" the alarms and the dashboard.
      Sid    = "LogsAndAlarms"
      Effect = "Allow"
      Action = [
        "cloudwatch:DeleteAlarms", "cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource", "cloudwatch:UntagResource", "logs:CreateLogGroup", "logs:DeleteLogGroup",
        "logs:DeleteRetentionPolicy", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource", "sns:CreateTopic",
        "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:Subscribe", "sns:TagResource", "sns:UntagResource",
      ]
      Resource = concat(local.log_groups, [local.alarms], local.dashboards, local.topics)
    },
    {
      # The database with its parameters and subnets. A final snapshot is made in the caller's name when it is deleted.
      Sid    = "Database"
      Effect = "Allow"
      Action = [
        "rds:AddTagsToResource", "rds:CreateDBInstance", "rds:CreateDBParameterGroup", "rds:CreateDBSnapshot",
        "rds:CreateDBSubnetGroup", "rds:DeleteDBInstance", "rds:DeleteDBParameterGroup", "rds:DeleteDBSubnetGroup",
        "rds:ModifyDBInstance", "rds:ModifyDBParameterGroup", "rds:ModifyDBSubnetGroup", "rds:RemoveTagsFromResource",
      ]
      Resource = local.databases
    },
    {
      # RDS keeps the master user's secret in the caller's name, under names that begin with rds!.
      Sid      = "DatabaseSecret"
      Effect   = "Allow"
      Action   = ["secretsmanager:CreateSecret", "secretsmanager:TagResource"]
      Resource = ["arn:${local.partition}:secretsmanager:${local.region}:${local.account}:secret:rds!*"]
    },
    {
      # RDS looks at the key that encrypts this secret in the caller's name: here the account's own for Secrets Manager. What
      # encrypts and decrypts with it is allowed by that key's policy.
      Sid       = "DatabaseSecretKey"
      Effect    = "Allow"
      Action    = ["kms:DescribeKey"]
      Resource  = ["${local.arn.kms}:key/*"]
      Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = ["alias/aws/secretsmanager"] } }
    },
    {
      # The roles of the tasks, and no others.
      Sid    = "TaskRoles"
      Effect = "Allow"
      Action = [
        "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:ListInstanceProfilesForRole", "iam:TagRole", "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription",
      ]
      Resource = local.task_roles
    },
    merge({
      # A boundary holds what these give; nobody here may put it on a role or take it off.
      Sid      = "TaskRights"
      Effect   = "Allow"
      Action   = ["iam:CreateRole", "iam:PutRolePolicy"]
      Resource = local.task_roles
      }, var.permissions_boundary_arn == null ? {} : {
      Condition = { StringEquals = { "iam:PermissionsBoundary" = var.permissions_boundary_arn } }
    }),
    local.pass_task_roles,
    {
      # The first apply in an account makes what AWS's services act by, in the caller's name. AWS says what these may do, and who assumes them.
      Sid       = "ServiceLinkedRoles"
      Effect    = "Allow"
      Action    = ["iam:CreateServiceLinkedRole"]
      Resource  = local.linked_roles
      Condition = { StringEquals = { "iam:AWSServiceName" = local.linked_services } }
    },
    ], [for zones in [local.zones] : {
      # ACM gives a certificate its id, so one cannot be named before it exists.
      Sid      = "Certificate"
      Effect   = "Allow"
      Action   = ["acm:AddTagsToCertificate", "acm:DeleteCertificate", "acm:RemoveTagsFromCertificate"]
      Resource = [local.certificates]
      } if length(zones) > 0], [for zones in [local.zones] : {
      # ACM has no resource for a request.
      Sid      = "RequestCertificate"
      Effect   = "Allow"
      Action   = ["acm:RequestCertificate"]
      Resource = ["*"]
      } if length(zones) > 0], [for zones in [local.zones] : {
      # The records that prove the certificate, and the one that leads users to the load balancer.
      Sid      = "DomainRecords"
      Effect   = "Allow"
      Action   = ["route53:ChangeResourceRecordSets"]
      Resource = zones
  } if length(zones) > 0])
}
