locals {
  service  = { ClusterName = var.cluster, ServiceName = var.service }
  balancer = { LoadBalancer = var.load_balancer_label }
  group    = { LoadBalancer = var.load_balancer_label, TargetGroup = var.target_group_label }

  # The defaults of an alarm; each entry below says only what differs. Missing data counts by what its absence means.
  ordinary = { statistic = "Average", percentile = null, comparison = "GreaterThanThreshold", datapoints = 5, periods = 5, missing = "missing" }

  service_alarms = {
    cpu-high = {
      namespace   = "AWS/ECS", metric = "CPUUtilization", dimensions = local.service, threshold = var.thresholds.cpu
      description = "The tasks use more than ${var.thresholds.cpu} % of their CPU"
    }
    memory-high = {
      namespace   = "AWS/ECS", metric = "MemoryUtilization", dimensions = local.service, threshold = var.thresholds.memory
      description = "The tasks use more than ${var.thresholds.memory} % of their memory"
    }
    # Every running task reports its CPU once a minute, so the number of reports is the number of tasks.
    tasks-low = {
      namespace   = "AWS/ECS", metric = "CPUUtilization", dimensions = local.service, threshold = var.thresholds.min_tasks
      statistic   = "SampleCount", comparison = "LessThanThreshold", datapoints = 3, missing = "breaching"
      description = "Fewer than ${var.thresholds.min_tasks} tasks run"
    }
    elb-5xx = {
      namespace   = "AWS/ApplicationELB", metric = "HTTPCode_ELB_5XX_Count", dimensions = local.balancer, threshold = 5
      statistic   = "Sum", comparison = "GreaterThanOrEqualToThreshold", datapoints = 3, missing = "notBreaching"
      description = "The load balancer itself answers with errors: it finds no target that answers"
    }
    latency-p95-high = {
      namespace   = "AWS/ApplicationELB", metric = "TargetResponseTime", dimensions = local.group, threshold = var.thresholds.latency_p95
      statistic   = null, percentile = "p95", missing = "notBreaching"
      description = "One request in twenty takes longer than ${var.thresholds.latency_p95} s"
    }
    # The minimum, because a rolling deployment always has targets that are not healthy yet.
    unhealthy-hosts = {
      namespace   = "AWS/ApplicationELB", metric = "UnHealthyHostCount", dimensions = local.group, threshold = 0
      statistic   = "Minimum", datapoints = 3, periods = 3, missing = "notBreaching"
      description = "Targets stay unhealthy"
    }
    # The metric vanishes with the last target, so its absence is the outage.
    no-healthy-hosts = {
      namespace   = "AWS/ApplicationELB", metric = "HealthyHostCount", dimensions = local.group, threshold = 1
      statistic   = "Maximum", comparison = "LessThanThreshold", datapoints = 2, periods = 3, missing = "breaching"
      description = "No target is healthy: users meet errors"
    }
  }

  database_dimensions = { DBInstanceIdentifier = var.database }

  database_alarms = {
    db-cpu-high = {
      namespace   = "AWS/RDS", metric = "CPUUtilization", dimensions = local.database_dimensions, threshold = 90
      description = "The database uses more than 90 % of its CPU"
    }
    db-storage-low = {
      namespace   = "AWS/RDS", metric = "FreeStorageSpace", dimensions = local.database_dimensions, threshold = 2147483648
      statistic   = "Minimum", comparison = "LessThanThreshold"
      description = "The database has less than 2 GiB left"
    }
  }

  # Nothing runs before the first image, and that is no outage.
  premature = var.tasks_expected ? [] : ["tasks-low", "no-healthy-hosts"]

  owned = var.alarms_by == "terraform"
  alarms = {
    for name, alarm in merge(local.service_alarms, { for name, alarm in local.database_alarms : name => alarm if var.database != null }) :
    name => merge(local.ordinary, alarm) if local.owned && !contains(local.premature, name)
  }

  # The prefix of alarm-setup's default: were both to own the alarms, it would find these and refuse.
  prefix = "${var.cluster}/${var.service}/"
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${local.prefix}${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  extended_statistic  = each.value.percentile
  period              = 60
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.datapoints
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  treat_missing_data  = each.value.missing

  # Below some 200 requests a percentile is one request's luck.
  evaluate_low_sample_count_percentiles = each.value.percentile == null ? null : "ignore"

  alarm_actions = [aws_sns_topic.this.arn]
  ok_actions    = [aws_sns_topic.this.arn]
}
