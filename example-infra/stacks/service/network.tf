# The network is found by its tags, so that neither ids are copied nor the other stack's state is read.
data "aws_vpc" "this" {
  for_each = var.network == null ? toset([local.name]) : toset([])

  tags = { Name = each.key, Stack = "network" }
}

data "aws_subnets" "this" {
  for_each = var.network == null ? toset(["public", "private"]) : toset([])

  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.this[local.name].id]
  }

  tags = { Tier = each.key }
}

locals {
  network = var.network == null ? {
    vpc_id             = data.aws_vpc.this[local.name].id
    public_subnet_ids  = sort(data.aws_subnets.this["public"].ids)
    private_subnet_ids = sort(data.aws_subnets.this["private"].ids)
    tasks_in_public    = lookup(data.aws_vpc.this[local.name].tags, "Egress", "nat") == "public"
  } : var.network

  task_subnet_ids = local.network.tasks_in_public ? local.network.public_subnet_ids : local.network.private_subnet_ids
}
