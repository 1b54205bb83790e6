environment = "prod"
cidr        = "10.30.0.0/16"
egress      = "nat-per-az"
