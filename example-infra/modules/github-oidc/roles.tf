locals {
  statements = {
    build   = local.build_statements
    plan    = concat(local.state_statements.plan, local.read_statements)
    apply   = concat(local.state_statements.apply, local.read_statements, local.apply_statements)
    deploy  = concat(local.release_statements, local.alarm_statements)
    operate = concat(local.release_statements, local.alarm_statements, local.operate_statements)
  }

  purposes = {
    build   = "Builds and pushes images"
    plan    = "Reads what Terraform compares with"
    apply   = "Applies reviewed plans of network and service"
    deploy  = "Releases to the service"
    operate = "Rolls back, verifies and stops tasks by hand"
  }
}

resource "aws_iam_role" "this" {
  for_each = local.purposes

  name                 = "${var.name}-${each.key}"
  description          = each.value
  assume_role_policy   = local.trust[each.key]
  max_session_duration = 3600

  depends_on = [aws_iam_openid_connect_provider.github]
}

# IAM's limit for all inline policies of a role is 10,240 characters; a managed policy holds 6,144.
resource "aws_iam_role_policy" "this" {
  for_each = local.purposes

  name   = each.key
  role   = aws_iam_role.this[each.key].name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements[each.key] })
}
