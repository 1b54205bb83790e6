# How a credential is told among the variables of the container. Neither finds each of them; both are for those that slip in.
locals {
  # By the end of the name: MAX_TOKENS and TOKEN_TTL hold none, and DB_SECRET_ARN only says where one is.
  credential_name = join("|", [
    "(?i)(password|passwd|passphrase|secrets?|token|credentials?)$",
    "(^|_)(pass|pwd)$",
    "(private|api|access|secret|signing|encryption)_?key(_id|_base)?$",
  ])

  credential_value = join("|", [
    # scheme://user:password@host, but for a password that the app puts in ($NAME).
    "://[^/?#@\\s:]*:[^$/?#@\\s][^/?#@\\s]*@",
    "(?i:[?&;]password=[^$&;])",
    "-----BEGIN [A-Z ]*PRIVATE KEY-----",
    # Access keys of AWS, and tokens of GitHub.
    "\\b(AKIA|ASIA)[A-Z0-9]{16}\\b",
    "\\b(gh[pousr]|github_pat)_[A-Za-z0-9_]{36}",
  ])
}
