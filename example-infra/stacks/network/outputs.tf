output "aws_region" {
  description = "Region of the network."
  value       = var.region
}

output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Subnets with a route to the internet, for load balancers."
  value       = [for zone in sort(keys(local.zones)) : aws_subnet.public[zone].id]
}

output "private_subnet_ids" {
  description = "Subnets without a route from the internet, for tasks and databases."
  value       = [for zone in sort(keys(local.zones)) : aws_subnet.private[zone].id]
}

output "egress_addresses" {
  description = "Public addresses from which the tasks are seen outside, for allow lists; empty without a NAT gateway."
  value       = [for address in aws_eip.nat : address.public_ip]
}
