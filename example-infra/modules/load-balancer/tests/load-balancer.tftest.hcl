# Runs without AWS: the provider is mocked, and what AWS would compute is known to the plan.
mock_provider "aws" {
  override_during = plan

  mock_resource "aws_security_group" {
    defaults = { id = "sg-load-balancer" }
  }

  mock_resource "aws_lb" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/orders-prod/50dc6c495c0c9188"
      arn_suffix = "app/orders-prod/50dc6c495c0c9188"
      dns_name   = "orders-prod-1.us-east-1.elb.amazonaws.com"
      zone_id    = "Z35SXDOTRQ7X7K"
    }
  }
  mock_resource "aws_lb_target_group" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/orders-prod-8080/6d0ecf831eec9f09"
      arn_suffix = "targetgroup/orders-prod-8080/6d0ecf831eec9f09"
    }
  }
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
      domain_validation_options = [{
        domain_name           = "orders.example.com"
        resource_record_name  = "_proof.orders.example.com"
        resource_record_type  = "CNAME"
        resource_record_value = "_answer.acm-validations.aws"
      }]
    }
  }
  mock_resource "aws_acm_certificate_validation" {
    defaults = {
      certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
    }
  }
}

variables {
  name           = "orders-prod"
  vpc_id         = "vpc-1"
  subnet_ids     = ["subnet-1", "subnet-2"]
  container_port = 8080
}

run "without_a_domain_http_serves" {
  command = plan

  assert {
    condition     = aws_lb.this.name == "orders-prod" && aws_lb.this.load_balancer_type == "application" && aws_lb.this.subnets == toset(["subnet-1", "subnet-2"])
    error_message = "it is another load balancer than asked for"
  }
  assert {
    condition     = aws_lb.this.internal == false
    error_message = "users cannot reach it"
  }
  assert {
    condition     = aws_lb.this.drop_invalid_header_fields
    error_message = "invalid header fields reach the tasks"
  }
  assert {
    condition     = aws_lb.this.security_groups == toset([aws_security_group.this.id])
    error_message = "the load balancer is not in its security group"
  }
  assert {
    condition     = aws_lb.this.enable_deletion_protection == false
    error_message = "a destroy would be refused without having been asked to be"
  }
  assert {
    condition     = aws_lb_listener.http.port == 80 && aws_lb_listener.http.default_action[0].type == "forward"
    error_message = "port 80 does not lead to the tasks"
  }
  assert {
    condition     = aws_lb_listener.http.default_action[0].target_group_arn == aws_lb_target_group.this.arn
    error_message = "port 80 leads to another target group"
  }
  assert {
    condition     = length(aws_lb_listener.https) == 0 && length(aws_acm_certificate.this) == 0
    error_message = "there is a certificate without a domain"
  }
  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.listeners : "${rule.cidr_ipv4} ${rule.ip_protocol} ${rule.from_port}-${rule.to_port}"] == ["0.0.0.0/0 tcp 80-80"] && alltrue([for rule in aws_vpc_security_group_ingress_rule.listeners : rule.security_group_id == "sg-load-balancer"])
    error_message = "another port than 80 is open"
  }
  assert {
    condition     = output.url == "http://orders-prod-1.us-east-1.elb.amazonaws.com"
    error_message = "url is not where users reach it"
  }
}

run "targets_are_tasks_and_judged_by_health" {
  command = plan

  assert {
    condition     = aws_lb_target_group.this.target_type == "ip"
    error_message = "tasks of awsvpc mode cannot be registered"
  }
  assert {
    condition     = aws_lb_target_group.this.port == 8080 && aws_lb_target_group.this.name == "orders-prod-8080"
    error_message = "the target group has another port or a name without it"
  }
  assert {
    condition     = aws_lb_target_group.this.health_check[0].path == "/health" && aws_lb_target_group.this.health_check[0].port == "traffic-port"
    error_message = "health is asked elsewhere than where the tasks serve"
  }
  assert {
    condition     = aws_lb_target_group.this.health_check[0].matcher == "200"
    error_message = "another answer than 200 counts as healthy"
  }
  assert {
    condition     = aws_lb_target_group.this.deregistration_delay == "30"
    error_message = "a deployment would wait longer for leaving tasks"
  }
  assert {
    condition     = output.load_balancer_label == "app/orders-prod/50dc6c495c0c9188" && output.target_group_label == "targetgroup/orders-prod-8080/6d0ecf831eec9f09"
    error_message = "the labels are no CloudWatch dimensions"
  }
  assert {
    condition     = output.health_check == { port = 8080, path = "/health" } && output.subnet_ids == tolist(["subnet-1", "subnet-2"])
    error_message = "health_check or subnet_ids is not the load balancer's"
  }
}

run "a_domain_brings_https" {
  command = plan

  variables {
    domain = { name = "orders.example.com", zone_id = "Z0123456789" }
  }

  assert {
    condition     = aws_lb_listener.http.default_action[0].type == "redirect" && aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS" && aws_lb_listener.http.default_action[0].redirect[0].status_code == "HTTP_301"
    error_message = "port 80 does not lead to HTTPS"
  }
  assert {
    condition     = aws_lb_listener.https["orders.example.com"].ssl_policy == "ELBSecurityPolicy-TLS13-1-2-2021-06"
    error_message = "TLS older than 1.2 is spoken"
  }
  assert {
    condition     = aws_lb_listener.https["orders.example.com"].port == 443 && aws_lb_listener.https["orders.example.com"].default_action[0].target_group_arn == aws_lb_target_group.this.arn
    error_message = "port 443 does not lead to the tasks"
  }
  assert {
    condition     = aws_acm_certificate.this["orders.example.com"].validation_method == "DNS" && aws_lb_listener.https["orders.example.com"].certificate_arn == aws_acm_certificate_validation.this["orders.example.com"].certificate_arn
    error_message = "the listener does not wait for a certificate proven by DNS"
  }
  assert {
    condition     = aws_route53_record.validation["orders.example.com"].name == "_proof.orders.example.com" && aws_route53_record.validation["orders.example.com"].zone_id == "Z0123456789"
    error_message = "the record that ACM looks for is not made"
  }
  assert {
    condition     = aws_route53_record.alias["orders.example.com"].name == "orders.example.com" && aws_route53_record.alias["orders.example.com"].alias[0].name == aws_lb.this.dns_name
    error_message = "the domain does not lead to the load balancer"
  }
  assert {
    condition     = sort([for rule in aws_vpc_security_group_ingress_rule.listeners : "${rule.cidr_ipv4} ${rule.ip_protocol} ${rule.from_port}-${rule.to_port}"]) == tolist(["0.0.0.0/0 tcp 443-443", "0.0.0.0/0 tcp 80-80"])
    error_message = "other ports than 80 and 443 are open"
  }
  assert {
    condition     = output.url == "https://orders.example.com"
    error_message = "url is not the domain"
  }
}

run "reach_is_narrowed_on_request" {
  command = plan

  variables {
    internal            = true
    ingress_cidrs       = ["10.0.0.0/8"]
    deletion_protection = true
  }

  assert {
    condition     = aws_lb.this.internal
    error_message = "internal does not reach the load balancer"
  }
  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.listeners : rule.cidr_ipv4] == ["10.0.0.0/8"]
    error_message = "others than ingress_cidrs are let in"
  }
  assert {
    condition     = aws_lb.this.enable_deletion_protection && output.deletion_protection
    error_message = "deletion_protection does not reach the load balancer"
  }
}
