output "topic_arn" {
  description = "ARN of the topic, the input topic-arn of alarm-setup."
  value       = aws_sns_topic.this.arn
}

output "alarm_names" {
  description = "Names of the alarms that Terraform owns; empty when alarm-setup does."
  value = sort(concat(
    [for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.error_rate : alarm.alarm_name],
  ))
}
