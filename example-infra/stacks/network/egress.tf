locals {
  # Which zones have a NAT gateway, and whose gateway each zone uses.
  gateways = {
    nat          = toset(["a"])
    "nat-per-az" = toset(keys(local.zones))
    endpoints    = toset([])
    public       = toset([])
  }[var.egress]
  gateway_of = { for zone in keys(local.zones) : zone => contains(local.gateways, zone) ? zone : "a" if length(local.gateways) > 0 }

  interface_endpoints = var.egress == "endpoints" ? toset(["ecr.api", "ecr.dkr", "logs", "secretsmanager"]) : toset([])
  endpoints           = var.egress == "endpoints" ? toset([local.name]) : toset([])
}

################################################################################
# NAT gateways
################################################################################

resource "aws_eip" "nat" {
  for_each = local.gateways

  domain = "vpc"

  tags = { Name = "${local.name}-nat-${each.key}" }
}

resource "aws_nat_gateway" "this" {
  for_each = local.gateways

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id

  tags = { Name = "${local.name}-${each.key}" }

  depends_on = [aws_route.public]
}

resource "aws_route" "nat" {
  for_each = local.gateway_of

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[each.value].id
}

################################################################################
# Endpoints
################################################################################

# ECR keeps the layers of images in S3. The gateway is free and saves a NAT gateway's charge per byte, so it is always there.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = concat([aws_route_table.public.id], [for table in aws_route_table.private : table.id])

  tags = { Name = "${local.name}-s3" }
}

resource "aws_security_group" "endpoints" {
  for_each = local.endpoints

  name        = "${each.key}-endpoints"
  description = "Interface endpoints of ${each.key}"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${each.key}-endpoints" }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each = local.endpoints

  security_group_id = aws_security_group.endpoints[each.key].id
  description       = "HTTPS from the VPC"
  cidr_ipv4         = aws_vpc.this.cidr_block
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_endpoint" "interface" {
  for_each = local.interface_endpoints

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${var.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  security_group_ids  = [for group in aws_security_group.endpoints : group.id]
  private_dns_enabled = true

  tags = { Name = "${local.name}-${each.key}" }
}
