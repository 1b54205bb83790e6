# Runs without AWS: the provider is mocked, and what AWS would compute is known to the plan.
mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:111122223333:orders-prod" }
  }
}

variables {
  name                = "orders-prod"
  cluster             = "prod"
  service             = "orders"
  load_balancer_label = "app/orders-prod/50dc6c495c0c9188"
  target_group_label  = "targetgroup/orders-prod-8080/6d0ecf831eec9f09"
}

run "by_default_alarm_setup_owns_the_alarms" {
  command = plan

  variables {
    emails = ["team@example.com"]
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this) == 0 && length(aws_cloudwatch_metric_alarm.error_rate) == 0 && length(aws_cloudwatch_dashboard.this) == 0
    error_message = "alarms or dashboard have two owners"
  }
  assert {
    condition     = aws_sns_topic.this.name == "orders-prod" && output.topic_arn == aws_sns_topic.this.arn
    error_message = "there is no topic for alarm-setup"
  }
  assert {
    condition     = { for subscription in aws_sns_topic_subscription.email : subscription.endpoint => subscription.protocol } == { "team@example.com" = "email" }
    error_message = "nobody is told"
  }
  assert {
    condition = jsondecode(aws_sns_topic_policy.this.policy).Statement == [{
      Sid       = "AlarmsOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = "arn:aws:sns:us-east-1:111122223333:orders-prod"
      Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }
    }] && aws_sns_topic_policy.this.arn == aws_sns_topic.this.arn
    error_message = "others than this account's alarms may publish"
  }
  assert {
    condition     = aws_sns_topic.this.kms_master_key_id == null
    error_message = "with AWS's own key no alarm would get through"
  }
  assert {
    condition     = length(output.alarm_names) == 0
    error_message = "alarm_names lists what is not there"
  }
}

run "on_request_terraform_owns_them" {
  command = plan

  variables {
    alarms_by = "terraform"
    database  = "orders-db"
  }

  assert {
    condition = output.alarm_names == tolist([for name in [
      "cpu-high", "db-cpu-high", "db-storage-low", "elb-5xx", "http-5xx-rate", "latency-p95-high", "memory-high", "no-healthy-hosts",
      "tasks-low", "unhealthy-hosts",
    ] : "prod/orders/${name}"])
    error_message = "the set is not alarm-setup's default"
  }
  assert {
    condition     = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.this), values(aws_cloudwatch_metric_alarm.error_rate)) : alarm.alarm_actions == toset([aws_sns_topic.this.arn])])
    error_message = "an alarm tells nobody"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["tasks-low"].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.this["no-healthy-hosts"].treat_missing_data == "breaching"
    error_message = "silence is taken for health where it is the outage"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["unhealthy-hosts"].statistic == "Minimum"
    error_message = "every rolling deployment would be an alarm"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["latency-p95-high"].extended_statistic == "p95" && aws_cloudwatch_metric_alarm.this["latency-p95-high"].evaluate_low_sample_count_percentiles == "ignore"
    error_message = "a few slow requests at night would be an alarm"
  }
  assert {
    condition     = { for query in aws_cloudwatch_metric_alarm.error_rate["http-5xx-rate"].metric_query : query.id => query.expression if query.metric == null || length(query.metric) == 0 }["total"] == "IF(FILL(served,0)>bad,FILL(served,0),bad)"
    error_message = "in a total outage there is no rate"
  }
  assert {
    condition     = [for query in aws_cloudwatch_metric_alarm.error_rate["http-5xx-rate"].metric_query : query.id if query.return_data == true] == ["rate"]
    error_message = "the alarm is on another number than the rate"
  }
  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this["orders-prod"].dashboard_body).widgets) == 6
    error_message = "the dashboard lacks a chart"
  }
}

run "before_the_first_image_silence_is_no_outage" {
  command = plan

  variables {
    alarms_by      = "terraform"
    tasks_expected = false
  }

  assert {
    condition = output.alarm_names == tolist([for name in [
      "cpu-high", "elb-5xx", "http-5xx-rate", "latency-p95-high", "memory-high", "unhealthy-hosts",
    ] : "prod/orders/${name}"])
    error_message = "an empty service is an alarm from the first apply on"
  }
}

run "thresholds_are_the_caller_s" {
  command = plan

  variables {
    alarms_by  = "terraform"
    thresholds = { cpu = 60, memory = 65, error_rate = 2, latency_p95 = 0.5, min_tasks = 3 }
  }

  assert {
    condition = { for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.threshold } == {
      cpu-high = 60, memory-high = 65, tasks-low = 3, elb-5xx = 5, latency-p95-high = 0.5, unhealthy-hosts = 0, no-healthy-hosts = 1
    }
    error_message = "thresholds do not reach the alarms, or a database is watched that is not there"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.error_rate["http-5xx-rate"].threshold == 2
    error_message = "error_rate does not reach its alarm"
  }
}
