# Whose state this is. With the variables of another environment Terraform would replace one by the other.
resource "terraform_data" "environment" {
  input = local.name

  lifecycle {
    ignore_changes = [input]
  }
}
