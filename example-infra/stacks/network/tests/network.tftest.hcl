# Runs without AWS: the provider is mocked, and what AWS would compute is known to the plan.
mock_provider "aws" {
  override_during = plan

  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c"] }
  }
  mock_resource "aws_vpc" {
    defaults = { id = "vpc-own" }
  }
  mock_resource "aws_internet_gateway" {
    defaults = { id = "igw-own" }
  }
  mock_resource "aws_security_group" {
    defaults = { id = "sg-endpoints" }
  }
}

override_resource {
  target          = aws_route_table.public
  override_during = plan
  values          = { id = "rtb-public" }
}

override_resource {
  target          = aws_route_table.private
  override_during = plan
  values          = { id = "rtb-private" }
}

override_resource {
  target          = aws_nat_gateway.this["a"]
  override_during = plan
  values          = { id = "nat-a" }
}

override_resource {
  target          = aws_nat_gateway.this["b"]
  override_during = plan
  values          = { id = "nat-b" }
}

override_resource {
  target          = aws_subnet.public["a"]
  override_during = plan
  values          = { id = "subnet-public-a" }
}

override_resource {
  target          = aws_subnet.public["b"]
  override_during = plan
  values          = { id = "subnet-public-b" }
}

override_resource {
  target          = aws_subnet.private["a"]
  override_during = plan
  values          = { id = "subnet-private-a" }
}

override_resource {
  target          = aws_subnet.private["b"]
  override_during = plan
  values          = { id = "subnet-private-b" }
}

variables {
  region      = "us-east-1"
  environment = "dev"
  cidr        = "10.10.0.0/16"
}

run "two_zones_public_and_private" {
  command = plan

  assert {
    condition     = aws_vpc.this.cidr_block == "10.10.0.0/16" && aws_vpc.this.enable_dns_hostnames && aws_vpc.this.enable_dns_support
    error_message = "it is another range, or endpoints would have no names"
  }
  assert {
    condition     = aws_vpc.this.tags["Name"] == "example-app-dev" && aws_vpc.this.tags["Egress"] == "nat"
    error_message = "the stack service would not find it"
  }
  assert {
    condition     = { for zone, subnet in merge({ for zone, subnet in aws_subnet.public : "public-${zone}" => subnet }, { for zone, subnet in aws_subnet.private : "private-${zone}" => subnet }) : zone => "${subnet.availability_zone} ${subnet.cidr_block} ${subnet.tags["Tier"]}" } == { "public-a" = "us-east-1a 10.10.0.0/18 public", "public-b" = "us-east-1b 10.10.64.0/18 public", "private-a" = "us-east-1a 10.10.128.0/18 private", "private-b" = "us-east-1b 10.10.192.0/18 private" }
    error_message = "the subnets are not two public and two private ones in two zones"
  }
  assert {
    condition     = aws_route.public.gateway_id == "igw-own" && aws_route.public.route_table_id == "rtb-public" && aws_route.public.destination_cidr_block == "0.0.0.0/0"
    error_message = "public subnets do not lead to the internet"
  }
  assert {
    condition     = alltrue([for association in aws_route_table_association.private : association.route_table_id == "rtb-private"]) && alltrue([for association in aws_route_table_association.public : association.route_table_id == "rtb-public"])
    error_message = "a private subnet is public"
  }
  assert {
    condition     = toset([for association in aws_route_table_association.private : association.subnet_id]) == toset(["subnet-private-a", "subnet-private-b"])
    error_message = "a private subnet has no routes"
  }
  assert {
    condition     = alltrue([for subnet in concat(values(aws_subnet.public), values(aws_subnet.private)) : subnet.map_public_ip_on_launch == false])
    error_message = "what is started in a subnet gets a public address unasked"
  }
  assert {
    condition     = aws_default_security_group.this.vpc_id == "vpc-own" && length(aws_default_security_group.this.ingress) == 0 && length(aws_default_security_group.this.egress) == 0
    error_message = "the default security group lets traffic through"
  }
  assert {
    condition     = output.vpc_id == "vpc-own" && output.public_subnet_ids == ["subnet-public-a", "subnet-public-b"] && output.private_subnet_ids == ["subnet-private-a", "subnet-private-b"]
    error_message = "the outputs are not the network"
  }
}

run "one_nat_gateway_by_default" {
  command = plan

  assert {
    condition     = { for zone, gateway in aws_nat_gateway.this : zone => gateway.subnet_id } == { a = "subnet-public-a" }
    error_message = "there is another number of NAT gateways than one, or it is private itself"
  }
  assert {
    condition     = { for zone, route in aws_route.nat : zone => route.nat_gateway_id } == { a = "nat-a", b = "nat-a" }
    error_message = "a zone has no way out"
  }
  assert {
    condition     = length(aws_vpc_endpoint.interface) == 0 && length(aws_security_group.endpoints) == 0
    error_message = "interface endpoints are billed beside the NAT gateway"
  }
  assert {
    condition     = aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway" && contains(aws_vpc_endpoint.s3.route_table_ids, "rtb-private")
    error_message = "layers of images pass through the NAT gateway"
  }
  assert {
    condition     = length(output.egress_addresses) == 1
    error_message = "egress_addresses is not the NAT gateway's"
  }
}

run "one_in_each_zone" {
  command = plan

  variables {
    egress = "nat-per-az"
  }

  assert {
    condition     = { for zone, route in aws_route.nat : zone => route.nat_gateway_id } == { a = "nat-a", b = "nat-b" }
    error_message = "the loss of one zone would cut off the other"
  }
}

run "endpoints_instead" {
  command = plan

  variables {
    egress = "endpoints"
  }

  assert {
    condition     = sort([for endpoint in aws_vpc_endpoint.interface : endpoint.service_name]) == tolist([for name in ["ecr.api", "ecr.dkr", "logs", "secretsmanager"] : "com.amazonaws.us-east-1.${name}"])
    error_message = "a task could not be started without what is missing"
  }
  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled && endpoint.subnet_ids == toset(["subnet-private-a", "subnet-private-b"])])
    error_message = "tasks would not find an endpoint"
  }
  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.security_group_ids == toset(["sg-endpoints"])]) && [for rule in aws_vpc_security_group_ingress_rule.endpoints : "${rule.security_group_id} ${rule.cidr_ipv4} ${rule.ip_protocol} ${rule.from_port}-${rule.to_port}"] == ["sg-endpoints 10.10.0.0/16 tcp 443-443"]
    error_message = "endpoints are open to others than the VPC, or not to it"
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_eip.nat) == 0 && length(aws_route.nat) == 0
    error_message = "a NAT gateway is billed beside the endpoints"
  }
}

run "public_tasks_need_neither" {
  command = plan

  variables {
    egress = "public"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_vpc_endpoint.interface) == 0
    error_message = "something is billed that nothing uses"
  }
  assert {
    condition     = aws_vpc.this.tags["Egress"] == "public"
    error_message = "the stack service would put tasks into private subnets"
  }
}
