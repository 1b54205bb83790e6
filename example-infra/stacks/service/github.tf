module "github_oidc" {
  source   = "../../modules/github-oidc"
  for_each = var.github == null ? {} : { (local.name) = var.github }

  name            = each.key
  environment     = var.environment
  create_provider = var.create_provider
  repository_arns = [local.repository_arn, local.cache_arn]
  terraform_roles = each.value.terraform_roles
  zone_ids        = var.domain == null ? [] : [var.domain.zone_id]

  max_session_duration     = each.value.max_session_duration
  permissions_boundary_arn = var.permissions_boundary_arn

  repository = {
    owner          = each.value.owner
    name           = each.value.name
    owner_id       = each.value.owner_id
    id             = each.value.id
    default_branch = each.value.default_branch
    trust_names    = each.value.trust_names
  }

  # The keys of this environment in environments/*.s3.tfbackend.
  state = {
    bucket       = each.value.state_bucket
    keys         = [for stack in ["network", "service"] : "${stack}/${var.environment}.tfstate"]
    kms_key_arns = compact([each.value.state_kms_key_arn])
  }
}
