locals {
  network_types = [
    "elastic-ip", "internet-gateway", "natgateway", "network-interface", "route-table", "security-group",
    "security-group-rule", "subnet", "vpc", "vpc-endpoint",
  ]
  network = [for type in local.network_types : "${local.arn.ec2}:${type}/*"]

  # What an apply of network and service writes, beside what a plan reads. It may not change the five roles of this module:
  # whoever could would give themselves any right. Those are applied by an administrator.
  apply_statements = concat([
    {
      # Ids are given by AWS, so the network is narrowed by type, account and region.
      Sid    = "MakeNetwork"
      Effect = "Allow"
      Action = [
        "ec2:AllocateAddress", "ec2:AssociateRouteTable", "ec2:AttachInternetGateway", "ec2:AuthorizeSecurityGroupEgress",
        "ec2:AuthorizeSecurityGroupIngress", "ec2:CreateInternetGateway", "ec2:CreateNatGateway", "ec2:CreateRoute",
        "ec2:CreateRouteTable", "ec2:CreateSecurityGroup", "ec2:CreateSubnet", "ec2:CreateTags", "ec2:CreateVpc",
        "ec2:CreateVpcEndpoint", "ec2:DeleteTags", "ec2:ModifySubnetAttribute", "ec2:ModifyVpcAttribute",
        "ec2:ModifyVpcEndpoint", "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress",
      ]
      Resource = local.network
    },
    {
      # Only what carries this environment's tag can be taken away.
      Sid    = "RemoveNetwork"
      Effect = "Allow"
      Action = [
        "ec2:DeleteInternetGateway", "ec2:DeleteNatGateway", "ec2:DeleteRoute", "ec2:DeleteRouteTable", "ec2:DeleteSecurityGroup",
        "ec2:DeleteSubnet", "ec2:DeleteVpc", "ec2:DeleteVpcEndpoints", "ec2:DetachInternetGateway", "ec2:ReleaseAddress",
      ]
      Resource  = local.network
      Condition = { StringEquals = { "aws:ResourceTag/Environment" = var.environment } }
    },
    {
      # Leaving a route table or an address touches interfaces that AWS made and that carry no tag.
      Sid      = "DetachNetwork"
      Effect   = "Allow"
      Action   = ["ec2:DisassociateAddress", "ec2:DisassociateRouteTable"]
      Resource = local.network
    },
    {
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
      # ECS has no resource for these two.
      Sid      = "TaskDefinition"
      Effect   = "Allow"
      Action   = ["ecs:DeregisterTaskDefinition", "ecs:RegisterTaskDefinition"]
      Resource = ["*"]
    },
    {
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
      Sid    = "LogsAndAlarms"
      Effect = "Allow"
      Action = [
        "cloudwatch:DeleteAlarms", "cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource", "cloudwatch:UntagResource", "logs:CreateLogGroup", "logs:DeleteLogGroup",
        "logs:DeleteRetentionPolicy", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource", "sns:CreateTopic",
        "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:Subscribe", "sns:TagResource", "sns:Unsubscribe", "sns:UntagResource",
      ]
      Resource = [local.log_group, local.alarms, local.dashboards, local.topic]
    },
    {
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
      # The roles of the tasks, and no others.
      Sid    = "TaskRoles"
      Effect = "Allow"
      Action = [
        "iam:CreateRole", "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:ListInstanceProfilesForRole", "iam:PutRolePolicy",
        "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription",
      ]
      Resource = local.task_roles
    },
    local.pass_task_roles,
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
      Sid      = "DomainRecords"
      Effect   = "Allow"
      Action   = ["route53:ChangeResourceRecordSets"]
      Resource = zones
  } if length(zones) > 0])
}
