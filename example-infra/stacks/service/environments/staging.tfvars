region      = "us-east-1"
environment = "staging"

scaling = { min = 2, max = 4 }

database = { backup_days = 7 }
