data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  issuer    = "token.actions.githubusercontent.com"
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  # By its parts, because an account has one provider, which another stack may own.
  provider_arn = "arn:${local.partition}:iam::${local.account}:oidc-provider/${local.issuer}"
}

# AWS checks GitHub's certificate against its own list of authorities, so no thumbprint is kept here.
resource "aws_iam_openid_connect_provider" "github" {
  for_each = var.create_provider ? toset([local.issuer]) : toset([])

  url            = "https://${each.key}"
  client_id_list = ["sts.amazonaws.com"]
}
