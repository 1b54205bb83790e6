locals {
  statements = {
    build   = local.build_statements
    plan    = local.state_statements.plan
    apply   = concat(local.state_statements.apply, local.apply_statements)
    deploy  = concat(local.release_statements, local.alarm_statements)
    operate = concat(local.release_statements, local.alarm_statements, local.operate_statements)
  }

  every_purpose = {
    build   = "Builds and pushes images"
    plan    = "Reads what Terraform compares with"
    apply   = "Applies reviewed plans of network and service"
    deploy  = "Releases to the service"
    operate = "Rolls back, verifies and stops tasks by hand"
  }

  # A role that nothing assumes is still one that an attacker can.
  purposes = { for role, text in local.every_purpose : role => text if var.terraform_roles || !contains(["plan", "apply"], role) }
}

resource "aws_iam_role" "this" {
  for_each = local.purposes

  name               = "${var.name}-${each.key}"
  description        = each.value
  assume_role_policy = local.trust[each.key]

  # Whoever assumes a role says how long, and plan runs the code of pull requests.
  max_session_duration = each.key == "plan" ? 3600 : var.max_session_duration

  depends_on = [aws_iam_openid_connect_provider.github]
}

resource "aws_iam_role_policy" "this" {
  for_each = local.purposes

  name   = each.key
  role   = aws_iam_role.this[each.key].name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements[each.key] })
}

# What plan and apply both read. A policy of its own, because all inline policies of a role may have 10,240 characters in all.
resource "aws_iam_policy" "read" {
  count = var.terraform_roles ? 1 : 0

  name        = "${var.name}-read"
  description = "What a plan of network and service looks at"
  policy      = jsonencode({ Version = "2012-10-17", Statement = local.read_statements })
}

resource "aws_iam_role_policy_attachment" "read" {
  for_each = var.terraform_roles ? toset(["plan", "apply"]) : toset([])

  role       = aws_iam_role.this[each.key].name
  policy_arn = aws_iam_policy.read[0].arn
}

# The rest of apply's rights, which would not fit into the 10,240 characters with long names.
resource "aws_iam_policy" "network" {
  count = var.terraform_roles ? 1 : 0

  name        = "${var.name}-network"
  description = "What an apply changes in the network"
  policy      = jsonencode({ Version = "2012-10-17", Statement = local.network_statements })
}

resource "aws_iam_role_policy_attachment" "network" {
  count = var.terraform_roles ? 1 : 0

  role       = aws_iam_role.this["apply"].name
  policy_arn = aws_iam_policy.network[0].arn
}
