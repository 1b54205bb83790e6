environment = "dev"

scaling = { min = 1, max = 2 }

# Owns GitHub's OIDC provider for every environment of this account, so it is applied first and destroyed last.
create_provider = true
