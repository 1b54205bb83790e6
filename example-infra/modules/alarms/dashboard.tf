data "aws_region" "current" {}

locals {
  dashboards = local.owned ? toset([var.name]) : toset([])

  # Dimensions as a dashboard writes them: name and value in turn.
  service_path = ["ClusterName", var.cluster, "ServiceName", var.service]
  group_path   = ["LoadBalancer", var.load_balancer_label, "TargetGroup", var.target_group_label]

  charts = [
    { title = "Requests", stat = "Sum", metrics = [concat(["AWS/ApplicationELB", "RequestCount"], local.group_path)] },
    { title = "Server errors", stat = "Sum", metrics = [
      concat(["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"], local.group_path),
      ["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", "LoadBalancer", var.load_balancer_label],
    ] },
    { title = "Latency, p95", stat = "p95", metrics = [concat(["AWS/ApplicationELB", "TargetResponseTime"], local.group_path)] },
    { title = "CPU and memory", stat = "Average", metrics = [
      concat(["AWS/ECS", "CPUUtilization"], local.service_path),
      concat(["AWS/ECS", "MemoryUtilization"], local.service_path),
    ] },
    { title = "Running tasks", stat = "SampleCount", metrics = [concat(["AWS/ECS", "CPUUtilization"], local.service_path)] },
    { title = "Healthy targets", stat = "Maximum", metrics = [concat(["AWS/ApplicationELB", "HealthyHostCount"], local.group_path)] },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  for_each = local.dashboards

  dashboard_name = each.key

  dashboard_body = jsonencode({
    widgets = [
      for index, chart in local.charts : {
        type   = "metric"
        width  = 12
        height = 6
        x      = 12 * (index % 2)
        y      = 6 * floor(index / 2)
        properties = {
          title   = chart.title
          region  = data.aws_region.current.name
          view    = "timeSeries"
          stat    = chart.stat
          period  = 60
          metrics = chart.metrics
        }
      }
    ]
  })
}
