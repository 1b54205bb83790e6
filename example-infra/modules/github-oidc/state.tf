locals {
  # Read by plan, written by apply. The lock is an object beside the state, made and deleted by whoever plans or applies.
  state_list = {
    # The S3 backend looks for a state by its key, and S3 says so for a bucket alone.
    Sid      = "FindState"
    Effect   = "Allow"
    Action   = ["s3:ListBucket"]
    Resource = [local.bucket]
  }
  state_lock = {
    # The lock is written by whoever plans, as by whoever applies.
    Sid      = "LockState"
    Effect   = "Allow"
    Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    Resource = [for state in local.states : "${state}.tflock"]
  }

  # S3 uses a key of yours in the name of whoever reads or writes an object, and the lock is written by plan too.
  state_key = [for arns in [var.state.kms_key_arns] : {
    Sid       = "StateKey"
    Effect    = "Allow"
    Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource  = arns
    Condition = { StringLike = { "kms:ViaService" = "s3.*.amazonaws.com" } }
  } if length(arns) > 0]

  state_statements = {
    plan = concat([local.state_list, local.state_lock, {
      # A plan compares with the state and never writes it.
      Sid      = "ReadState"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = local.states
    }], local.state_key)
    apply = concat([local.state_list, local.state_lock, {
      # An apply writes what it did.
      Sid      = "WriteState"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = local.states
    }], local.state_key)
  }
}
