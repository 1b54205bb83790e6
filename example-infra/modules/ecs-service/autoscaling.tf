locals {
  # Nothing scales a service that has no image yet: it would try to start tasks that cannot be.
  scaled = var.image == null ? toset([]) : toset([var.name])

  targets = var.image == null ? {} : {
    cpu      = { metric = "ECSServiceAverageCPUUtilization", value = var.scaling.cpu, label = null }
    memory   = { metric = "ECSServiceAverageMemoryUtilization", value = var.scaling.memory, label = null }
    requests = { metric = "ALBRequestCountPerTarget", value = var.scaling.requests_per_target, label = var.load_balancer.request_label }
  }
}

resource "aws_appautoscaling_target" "this" {
  for_each = local.scaled

  service_namespace  = "ecs"
  resource_id        = "service/${element(split("/", var.cluster_arn), 1)}/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.scaling.min
  max_capacity       = var.scaling.max

  # AWS drops the target together with its service, and the name by which both are found stays when the service is replaced.
  lifecycle {
    replace_triggered_by = [aws_ecs_service.this.id]
  }
}

resource "aws_appautoscaling_policy" "this" {
  for_each = local.targets

  name               = "${var.name}-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[var.name].service_namespace
  resource_id        = aws_appautoscaling_target.this[var.name].resource_id
  scalable_dimension = aws_appautoscaling_target.this[var.name].scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = each.value.value

    # Quick to grow, slow to shrink: a service that shrinks too soon meets the next wave with too few tasks.
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
      resource_label         = each.value.label
    }
  }

  # They go with the target.
  lifecycle {
    replace_triggered_by = [aws_ecs_service.this.id]
  }
}
