terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }

  # Bucket and key are given by init: environments/NAME.s3.tfbackend has the key, the stack backend the bucket's name.
  backend "s3" {}
}
