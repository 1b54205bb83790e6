locals {
  # One certificate, listener and alias record when there is a domain, none otherwise.
  domains = var.domain == null ? {} : { (var.domain.name) = var.domain }

  # The last parts of the ARNs, which CloudWatch takes as dimensions and autoscaling as a label.
  load_balancer_label = aws_lb.this.arn_suffix
  target_group_label  = aws_lb_target_group.this.arn_suffix
}

################################################################################
# Load balancer
################################################################################

resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_150:deletion_protection asks for it; prod does
  #checkov:skip=CKV_AWS_91:access logs need a bucket of their own, which this example leaves out
  #checkov:skip=CKV2_AWS_28:managed WAF rules are a choice with a monthly charge, which this example leaves out
  #checkov:skip=CKV2_AWS_20:with a domain port 80 redirects; without one there is no certificate to redirect to
  name                       = var.name
  load_balancer_type         = "application"
  internal                   = var.internal
  subnets                    = var.subnet_ids
  security_groups            = [aws_security_group.this.id]
  idle_timeout               = var.idle_timeout
  enable_deletion_protection = var.deletion_protection

  # Requests with header names that no server should accept can smuggle a second request past the load balancer.
  drop_invalid_header_fields = true
}

################################################################################
# Target group
################################################################################

resource "aws_lb_target_group" "this" {
  #checkov:skip=CKV_AWS_378:TLS ends at the load balancer; from there it is one hop inside the VPC, by security group
  # The port is part of the name, because a group of another port is a new one, made before the old one goes. It is empty until
  # tasks are registered with it, which is why ecs-service refuses another port for a service that is there.
  name                 = "${var.name}-${var.container_port}"
  vpc_id               = var.vpc_id
  port                 = var.container_port
  protocol             = "HTTP"
  target_type          = "ip"
  deregistration_delay = var.deregistration_delay

  health_check {
    path                = var.health_check.path
    port                = "traffic-port"
    protocol            = "HTTP"
    matcher             = var.health_check.matcher
    interval            = var.health_check.interval
    timeout             = var.health_check.timeout
    healthy_threshold   = var.health_check.healthy_threshold
    unhealthy_threshold = var.health_check.unhealthy_threshold
  }

  lifecycle {
    create_before_destroy = true
  }
}
