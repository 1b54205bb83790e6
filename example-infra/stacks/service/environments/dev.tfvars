region      = "us-east-1"
environment = "dev"

scaling = { min = 1, max = 2 }
