locals {
  error_rate = local.owned ? toset(["http-5xx-rate"]) : toset([])

  error_rate_metrics = {
    target = { metric = "HTTPCode_Target_5XX_Count", dimensions = local.group }
    elb    = { metric = "HTTPCode_ELB_5XX_Count", dimensions = local.balancer }
    served = { metric = "RequestCount", dimensions = local.group }
  }

  # RequestCount leaves out requests that found no target, so in a total outage it is 0: the denominator is never less
  # than the errors. Fewer than three errors a minute are no rate.
  error_rate_expressions = {
    bad   = { expression = "FILL(target,0)+FILL(elb,0)", label = "errors", returned = false }
    total = { expression = "IF(FILL(served,0)>bad,FILL(served,0),bad)", label = "requests", returned = false }
    rate  = { expression = "IF(bad>=3,100*bad/total,0)", label = "5xx %", returned = true }
  }
}

resource "aws_cloudwatch_metric_alarm" "error_rate" {
  for_each = local.error_rate

  alarm_name          = "${local.prefix}${each.key}"
  alarm_description   = "More than ${var.thresholds.error_rate} % of the requests end in a server error"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.error_rate
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]

  dynamic "metric_query" {
    for_each = local.error_rate_metrics

    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value.metric
        dimensions  = metric_query.value.dimensions
        stat        = "Sum"
        period      = 60
      }
    }
  }

  dynamic "metric_query" {
    for_each = local.error_rate_expressions

    content {
      id          = metric_query.key
      expression  = metric_query.value.expression
      label       = metric_query.value.label
      return_data = metric_query.value.returned
    }
  }
}
