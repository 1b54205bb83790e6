locals {
  # GitHub writes the repository into `sub` by name, or, where immutable subjects are on, by name and id. A name can come
  # to belong to somebody else after a rename; with ids the second form is trusted too, and both by whole values: a
  # wildcard would let another repository or branch in.
  by_name = "repo:${var.repository.owner}/${var.repository.name}"
  by_id   = "repo:${var.repository.owner}@${coalesce(var.repository.owner_id, 0)}/${var.repository.name}@${coalesce(var.repository.id, 0)}"
  subjects = concat(
    var.repository.trust_names ? [local.by_name] : [],
    var.repository.id == null ? [] : [local.by_id],
  )

  default_branch = "ref:refs/heads/${var.repository.default_branch}"
  environment    = "environment:${var.environment}"

  # A job that names an environment has that in its subject and nothing else; GitHub lets it start only when the
  # environment's own rules are met. pull_request is what a job has that runs for a pull request: its author's code.
  trusted = {
    build   = [local.default_branch]
    plan    = [local.default_branch, "pull_request"]
    apply   = [local.environment]
    deploy  = [local.environment]
    operate = [local.environment]
  }

  trust = {
    for role, contexts in local.trusted : role => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        # GitHub signs whose job it is; this lets in the jobs that the role is for.
        Sid       = "JobsOfTheRepository"
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = local.provider_arn }
        Condition = {
          StringEquals = {
            "${local.issuer}:aud" = "sts.amazonaws.com"
            "${local.issuer}:sub" = [for pair in setproduct(local.subjects, contexts) : "${pair[0]}:${pair[1]}"]
          }
        }
      }]
    })
  }
}
