locals {
  # Read by plan, written by apply. The lock is an object beside the state, made and deleted by whoever plans or applies.
  state_list = {
    Sid      = "FindState"
    Effect   = "Allow"
    Action   = ["s3:ListBucket"]
    Resource = [local.bucket]
  }
  state_lock = {
    Sid      = "LockState"
    Effect   = "Allow"
    Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    Resource = [for state in local.states : "${state}.tflock"]
  }

  state_statements = {
    plan = [local.state_list, local.state_lock, {
      Sid      = "ReadState"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = local.states
    }]
    apply = [local.state_list, local.state_lock, {
      Sid      = "WriteState"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = local.states
    }]
  }
}
