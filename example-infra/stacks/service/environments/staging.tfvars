environment = "staging"

scaling = { min = 2, max = 4 }

database = { backup_days = 7 }

# dev has it; true where this environment has an account of its own.
create_provider = false
