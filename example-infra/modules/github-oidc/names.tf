# What the roles may touch is named by the convention of these stacks: everything of one environment has its name, or begins
# with its name and a separator. A bare prefix would reach prod2 from prod.
locals {
  arn = {
    for service in ["ecs", "ec2", "elasticloadbalancing", "rds", "logs", "sns", "acm", "cloudwatch", "kms", "application-autoscaling"] :
    service => "arn:${local.partition}:${service}:${local.region}:${local.account}"
  }

  cluster          = "${local.arn.ecs}:cluster/${var.name}"
  service          = "${local.arn.ecs}:service/${var.name}/*"
  tasks            = "${local.arn.ecs}:task/${var.name}/*"
  task_definitions = "${local.arn.ecs}:task-definition/${var.name}:*"
  deployments      = "${local.arn.ecs}:service-deployment/${var.name}/*"
  revisions        = "${local.arn.ecs}:service-revision/${var.name}/*"

  load_balancers = [
    "${local.arn.elasticloadbalancing}:loadbalancer/app/${var.name}/*",
    "${local.arn.elasticloadbalancing}:listener/app/${var.name}/*",
    "${local.arn.elasticloadbalancing}:targetgroup/${var.name}-*/*",
  ]

  # CloudWatch Logs authorises calls about a group against its ARN with :* behind it, but for those about its tags.
  log_group  = "${local.arn.logs}:log-group:/ecs/${var.name}"
  log_groups = [local.log_group, "${local.log_group}:*"]

  alarms = "${local.arn.cloudwatch}:alarm:${var.name}/*"
  # Application Auto Scaling's own, of target tracking: TargetTracking-service/CLUSTER/SERVICE-AlarmHigh-ID and -AlarmLow-ID.
  scaling_alarms = "${local.arn.cloudwatch}:alarm:TargetTracking-service/${var.name}/*"

  dashboards = [for end in ["", "-*"] : "arn:${local.partition}:cloudwatch::${local.account}:dashboard/${var.name}${end}"]

  # A subscription's ARN is its topic's with an id behind it.
  topics = [for end in ["", ":*", "-*"] : "${local.arn.sns}:${var.name}${end}"]

  scalable = "${local.arn["application-autoscaling"]}:scalable-target/*"
  databases = [
    "${local.arn.rds}:db:${var.name}",
    "${local.arn.rds}:subgrp:${var.name}",
    "${local.arn.rds}:pg:${var.name}-*",
    "${local.arn.rds}:snapshot:${var.name}-*",
  ]
  certificates = "${local.arn.acm}:certificate/*"
  zones        = [for id in var.zone_ids : "arn:${local.partition}:route53:::hostedzone/${id}"]

  task_roles = [for kind in ["execution", "task"] : "arn:${local.partition}:iam::${local.account}:role/${var.name}-${kind}"]
  own_roles  = [for role in keys(local.purposes) : "arn:${local.partition}:iam::${local.account}:role/${var.name}-${role}"]

  # AWS's own services, whose roles an account has once: of scaling, tasks in a network, a load balancer and a database.
  linked_services = ["ecs.application-autoscaling.amazonaws.com", "ecs.amazonaws.com", "elasticloadbalancing.amazonaws.com", "rds.amazonaws.com"]
  linked_roles    = [for service in local.linked_services : "arn:${local.partition}:iam::${local.account}:role/aws-service-role/${service}/*"]

  own_policies = [for policy in ["network", "read"] : "arn:${local.partition}:iam::${local.account}:policy/${var.name}-${policy}"]

  bucket = "arn:${local.partition}:s3:::${var.state.bucket}"
  states = [for key in var.state.keys : "${local.bucket}/${key}"]
}
