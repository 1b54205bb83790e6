environment = "prod"

cpu                 = 512
memory              = 1024
scaling             = { min = 3, max = 12 }
container_insights  = "enabled"
deletion_protection = true

database = {
  instance_class = "db.t4g.small"
  multi_az       = true
  backup_days    = 30
  final_snapshot = "example-app-prod-final"
}

# dev has it; true where this environment has an account of its own.
create_provider = false
