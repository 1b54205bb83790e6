locals {
  listener_ports = var.domain == null ? [80] : [80, 443]

  ingress = {
    for pair in setproduct(var.ingress_cidrs, local.listener_ports) :
    "${pair[0]}:${pair[1]}" => { cidr = pair[0], port = pair[1] }
  }
}

# What it may send is not here: the service that stands behind it opens exactly its own port, in both groups.
resource "aws_security_group" "this" {
  name        = "${var.name}-load-balancer"
  description = "Load balancer of ${var.name}"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-load-balancer" }
}

resource "aws_vpc_security_group_ingress_rule" "listeners" {
  for_each = local.ingress

  security_group_id = aws_security_group.this.id
  description       = "Listener on port ${each.value.port}"
  cidr_ipv4         = each.value.cidr
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
}
