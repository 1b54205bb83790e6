locals {
  network_types = [
    "elastic-ip", "internet-gateway", "natgateway", "network-interface", "route-table", "security-group",
    "security-group-rule", "subnet", "vpc", "vpc-endpoint",
  ]
  network     = [for type in local.network_types : "${local.arn.ec2}:${type}/*"]
  group_types = [for type in ["security-group", "security-group-rule"] : "${local.arn.ec2}:${type}/*"]

  # The stacks give every resource this tag, by default_tags.
  of_this_environment = { "aws:ResourceTag/Environment" = var.environment }
  for_the_environment = { "aws:RequestTag/Environment" = var.environment }

  network_statements = [
    {
      # Ids are given by AWS, so what is made is narrowed by type, account and region, and not by the network it is made in,
      # which may be one without this environment's tag.
      Sid    = "MakeNetwork"
      Effect = "Allow"
      Action = [
        "ec2:AllocateAddress", "ec2:CreateInternetGateway", "ec2:CreateNatGateway", "ec2:CreateRouteTable",
        "ec2:CreateSecurityGroup", "ec2:CreateSubnet", "ec2:CreateVpc", "ec2:CreateVpcEndpoint",
      ]
      Resource = local.network
    },
    {
      # EC2 gives an interface endpoint its private names by a zone of AWS's own, in the caller's name. Nobody knows its id.
      Sid      = "NameEndpoints"
      Effect   = "Allow"
      Action   = ["route53:AssociateVPCWithHostedZone"]
      Resource = ["arn:${local.partition}:route53:::hostedzone/*"]
    },
    {
      # Whoever may tag anything can make another environment's network their own.
      Sid      = "TagWhatIsMade"
      Effect   = "Allow"
      Action   = ["ec2:CreateTags"]
      Resource = local.network
      Condition = {
        StringEquals = merge(local.for_the_environment, {
          "ec2:CreateAction" = [
            "AllocateAddress", "CreateInternetGateway", "CreateNatGateway", "CreateRouteTable", "CreateSecurityGroup",
            "CreateSubnet", "CreateVpc", "CreateVpcEndpoint",
          ]
        })
      }
    },
    {
      # A VPC's default group is made by AWS and a rule by a call without tags, so the provider tags both afterwards. Groups
      # of others that have no tag Environment can be taken over by this.
      Sid      = "TagGroupsWithoutTag"
      Effect   = "Allow"
      Action   = ["ec2:CreateTags"]
      Resource = local.group_types
      Condition = {
        Null         = { "aws:ResourceTag/Environment" = "true" }
        StringEquals = local.for_the_environment
      }
    },
    {
      # What is there already has to carry this environment's tag. Another project's environment of the same name carries it too.
      Sid    = "ChangeNetwork"
      Effect = "Allow"
      Action = [
        "ec2:AssociateRouteTable", "ec2:AttachInternetGateway", "ec2:AuthorizeSecurityGroupEgress",
        "ec2:AuthorizeSecurityGroupIngress", "ec2:CreateRoute", "ec2:CreateTags", "ec2:DeleteInternetGateway",
        "ec2:DeleteNatGateway", "ec2:DeleteRoute", "ec2:DeleteRouteTable", "ec2:DeleteSecurityGroup", "ec2:DeleteSubnet",
        "ec2:DeleteTags", "ec2:DeleteVpc", "ec2:DeleteVpcEndpoints", "ec2:DetachInternetGateway",
        "ec2:ModifySecurityGroupRules", "ec2:ModifySubnetAttribute", "ec2:ModifyVpcAttribute", "ec2:ModifyVpcEndpoint",
        "ec2:ReleaseAddress", "ec2:ReplaceRoute", "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress",
      ]
      Resource  = local.network
      Condition = { StringEquals = local.of_this_environment }
    },
    {
      # A new rule has no tag yet; its group, which the same call is authorised against, is narrowed above.
      Sid      = "ChangeRules"
      Effect   = "Allow"
      Action   = ["ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules"]
      Resource = ["${local.arn.ec2}:security-group-rule/*"]
    },
    {
      # Leaving a route table or an address touches interfaces that AWS made and that carry no tag, so these two reach other
      # environments' as well.
      Sid      = "DetachNetwork"
      Effect   = "Allow"
      Action   = ["ec2:DisassociateAddress", "ec2:DisassociateRouteTable"]
      Resource = local.network
    },
  ]
}
