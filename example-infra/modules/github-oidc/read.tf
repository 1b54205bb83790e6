locals {
  # What a plan of network and service looks at.
  read_statements = concat([
    {
      # These calls take no resource: AWS offers nothing to narrow them by.
      Sid    = "ReadWhatHasNoResource"
      Effect = "Allow"
      Action = [
        "application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScalingPolicies",
        "ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute", "ec2:DescribeAvailabilityZones", "ec2:DescribeInternetGateways", "ec2:DescribeNatGateways",
        "ec2:DescribeNetworkAcls", "ec2:DescribeNetworkInterfaces", "ec2:DescribePrefixLists", "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeTags",
        "ec2:DescribeVpcEndpoints", "ec2:DescribeVpcs", "ecs:DescribeTaskDefinition",
        "elasticloadbalancing:DescribeCapacityReservation", "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeListenerAttributes", "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups",
        "logs:DescribeLogGroups", "sns:GetSubscriptionAttributes",
      ]
      Resource = ["*"]
    },
    {
      # Whether the VPC resolves names. Its id is given by AWS.
      Sid      = "ReadVpcSettings"
      Effect   = "Allow"
      Action   = ["ec2:DescribeVpcAttribute"]
      Resource = ["${local.arn.ec2}:vpc/*"]
    },
    {
      # What is there under the names of this environment, with the tags of each, which Terraform compares.
      Sid    = "ReadService"
      Effect = "Allow"
      Action = [
        "application-autoscaling:ListTagsForResource", "cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard",
        "cloudwatch:ListTagsForResource", "ecs:DescribeClusters", "ecs:DescribeServices", "ecs:ListTagsForResource",
        "logs:ListTagsForResource", "rds:DescribeDBParameterGroups", "rds:DescribeDBParameters",
        "rds:DescribeDBSubnetGroups", "rds:ListTagsForResource", "sns:GetTopicAttributes", "sns:ListTagsForResource",
      ]
      Resource = concat(
        [local.cluster, local.service, local.task_definitions, local.alarms, local.scalable],
        local.log_groups, local.dashboards, local.topics, local.databases,
      )
    },
    {
      # Terraform's provider looks for an instance by the filter dbi-resource-id, which RDS authorises against all of them.
      Sid      = "ReadDatabases"
      Effect   = "Allow"
      Action   = ["rds:DescribeDBInstances"]
      Resource = ["${local.arn.rds}:db:*"]
    },
    {
      # The roles themselves are in the state of the service.
      Sid    = "ReadRoles"
      Effect = "Allow"
      Action = [
        "iam:GetOpenIDConnectProvider", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
      ]
      Resource = concat(local.task_roles, local.own_roles, local.own_policies, [local.provider_arn])
    },
    ], [for zones in [local.zones] : {
      # The certificate of the domain, and the records that prove and serve it.
      Sid    = "ReadDomain"
      Effect = "Allow"
      Action = [
        "acm:DescribeCertificate", "acm:ListTagsForCertificate", "route53:GetChange", "route53:GetHostedZone",
        "route53:ListResourceRecordSets", "route53:ListTagsForResource",
      ]
      Resource = concat(zones, [local.certificates, "arn:${local.partition}:route53:::change/*"])
  } if length(zones) > 0])
}
