# Runs without AWS: the provider is mocked, and what AWS would compute is known to the plan.
mock_provider "aws" {
  override_during = plan

  mock_resource "aws_security_group" {
    defaults = { id = "sg-own" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mocked" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:us-east-1:111122223333:task-definition/orders-prod:1" }
  }
}

variables {
  name            = "orders-prod"
  cluster_arn     = "arn:aws:ecs:us-east-1:111122223333:cluster/orders-prod"
  vpc_id          = "vpc-1"
  subnet_ids      = ["subnet-1", "subnet-2"]
  repository_arns = ["arn:aws:ecr:us-east-1:111122223333:repository/orders"]
  load_balancer = {
    target_group_arn  = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/orders-prod-8080/6d0ecf831eec9f09"
    security_group_id = "sg-load-balancer"
    request_label     = "app/orders-prod/50dc6c495c0c9188/targetgroup/orders-prod-8080/6d0ecf831eec9f09"
  }
}

run "a_deployment_that_fails_is_taken_back" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.deployment_circuit_breaker[0].enable
    error_message = "the circuit breaker is off"
  }
  assert {
    condition     = aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "the circuit breaker does not roll back"
  }
  assert {
    condition     = aws_ecs_service.this.deployment_minimum_healthy_percent == 100 && aws_ecs_service.this.deployment_maximum_percent == 200
    error_message = "a deployment runs with fewer tasks than wanted"
  }
  assert {
    condition     = aws_ecs_service.this.health_check_grace_period_seconds == 60
    error_message = "a task that still starts is stopped"
  }
  assert {
    condition     = aws_ecs_task_definition.this.skip_destroy
    error_message = "a new template deregisters the revision that runs"
  }
}

run "tasks_are_private_and_known_to_the_load_balancer" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.launch_type == "FARGATE" && aws_ecs_service.this.cluster == var.cluster_arn
    error_message = "it runs elsewhere than on Fargate in the cluster"
  }
  assert {
    condition     = aws_ecs_service.this.network_configuration[0].subnets == toset(["subnet-1", "subnet-2"])
    error_message = "tasks are in other subnets"
  }
  assert {
    condition     = aws_ecs_service.this.network_configuration[0].assign_public_ip == false
    error_message = "tasks have public addresses"
  }
  assert {
    condition     = aws_ecs_service.this.network_configuration[0].security_groups == toset([aws_security_group.this.id])
    error_message = "tasks are in another security group than their own"
  }
  assert {
    condition     = one(aws_ecs_service.this.load_balancer).target_group_arn == var.load_balancer.target_group_arn && one(aws_ecs_service.this.load_balancer).container_port == 8080
    error_message = "tasks are not registered with their port"
  }
  assert {
    condition     = aws_ecs_service.this.propagate_tags == "SERVICE" && aws_ecs_service.this.enable_ecs_managed_tags
    error_message = "tasks carry no tags"
  }
  assert {
    condition     = output.network_configuration == { subnets = tolist(["subnet-1", "subnet-2"]), security_groups = tolist(["sg-own"]), assign_public_ip = false }
    error_message = "a task beside the service would run elsewhere"
  }
  assert {
    condition     = output.service == "orders-prod" && output.task_definition == aws_ecs_task_definition.this.arn
    error_message = "the outputs are no inputs of the deploy step"
  }
}

run "before_the_first_image_nothing_runs" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.desired_count == 0
    error_message = "ECS would try to start a task without an image"
  }
  assert {
    condition     = length(aws_appautoscaling_target.this) == 0 && length(aws_appautoscaling_policy.this) == 0
    error_message = "autoscaling would start tasks without an image"
  }
}

run "with_an_image_it_runs_and_scales" {
  command = plan

  variables {
    image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  assert {
    condition     = aws_ecs_service.this.desired_count == 2
    error_message = "it does not begin with the fewest tasks"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].image == var.image
    error_message = "the template has another image"
  }
  assert {
    condition     = aws_appautoscaling_target.this["orders-prod"].resource_id == "service/orders-prod/orders-prod"
    error_message = "another service is scaled"
  }
  assert {
    condition     = aws_appautoscaling_target.this["orders-prod"].min_capacity == 2 && aws_appautoscaling_target.this["orders-prod"].max_capacity == 6
    error_message = "the bounds of scaling are others"
  }
  assert {
    condition     = { for name, policy in aws_appautoscaling_policy.this : name => policy.target_tracking_scaling_policy_configuration[0].target_value } == { cpu = 60, memory = 70, requests = 1000 }
    error_message = "it does not scale by CPU, memory and requests"
  }
  assert {
    condition     = aws_appautoscaling_policy.this["requests"].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].resource_label == var.load_balancer.request_label
    error_message = "requests are counted at another load balancer"
  }
  assert {
    condition     = aws_appautoscaling_policy.this["cpu"].target_tracking_scaling_policy_configuration[0].scale_in_cooldown > aws_appautoscaling_policy.this["cpu"].target_tracking_scaling_policy_configuration[0].scale_out_cooldown
    error_message = "it shrinks as quickly as it grows"
  }
}

run "only_the_load_balancer_reaches_the_tasks" {
  command = plan

  assert {
    condition     = aws_vpc_security_group_ingress_rule.load_balancer.security_group_id == aws_security_group.this.id && aws_vpc_security_group_ingress_rule.load_balancer.referenced_security_group_id == "sg-load-balancer"
    error_message = "others than the load balancer reach the tasks"
  }
  assert {
    condition     = alltrue([for rule in [aws_vpc_security_group_ingress_rule.load_balancer, aws_vpc_security_group_egress_rule.load_balancer] : "${rule.ip_protocol} ${rule.from_port}-${rule.to_port}" == "tcp 8080-8080"])
    error_message = "other ports than the container's are open"
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.load_balancer.security_group_id == "sg-load-balancer" && aws_vpc_security_group_egress_rule.load_balancer.referenced_security_group_id == aws_security_group.this.id
    error_message = "the load balancer may not send to the tasks"
  }
  assert {
    condition     = [for rule in [aws_vpc_security_group_egress_rule.https] : "${rule.security_group_id} ${rule.cidr_ipv4} ${rule.ip_protocol} ${rule.from_port}-${rule.to_port}"] == ["sg-own 0.0.0.0/0 tcp 443-443"]
    error_message = "the tasks do not reach ECR, or other ports than HTTPS"
  }
  assert {
    condition     = output.ingress_source == "sg-load-balancer"
    error_message = "ingress_source is not whom the tasks accept"
  }
}

run "one_port_and_one_health_check_everywhere" {
  command = plan

  variables {
    container = { name = "web", port = 3000, health_check_path = "/up" }
  }

  assert {
    condition     = output.container_name == "web" && one(aws_ecs_service.this.load_balancer).container_name == "web"
    error_message = "container_name is not the one that gets the image and the requests"
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].portMappings[0].containerPort == 3000 && one(aws_ecs_service.this.load_balancer).container_port == 3000
    error_message = "container and target have different ports"
  }
  assert {
    condition     = [for variable in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : variable.value if variable.name == "PORT"] == ["3000"]
    error_message = "the app is told another port"
  }
  assert {
    condition     = jsonencode(output.variable_names) == jsonencode({ environment = ["PORT"], secrets = [] })
    error_message = "variable_names is not what the container finds"
  }
  assert {
    condition     = strcontains(join(" ", jsondecode(aws_ecs_task_definition.this.container_definitions)[0].healthCheck.command), "fetch('http://127.0.0.1:3000/up')")
    error_message = "the container's own check asks elsewhere"
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.load_balancer.from_port == 3000 && aws_vpc_security_group_egress_rule.load_balancer.to_port == 3000
    error_message = "the security groups open another port"
  }
}

run "what_only_sounds_like_a_credential_is_taken" {
  command = plan

  variables {
    container = {
      environment = {
        COMPASS       = "north"
        DATABASE_URL  = "postgres://app:$DATABASE_PASSWORD@db:5432/app"
        DB_SECRET_ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf"
        MAX_TOKENS    = "1000"
        QUEUE_URL     = "https://queue.example.com:8443/orders@eu"
        TOKEN_TTL     = "60"
      }
    }
  }

  assert {
    condition     = jsonencode(output.variable_names.environment) == jsonencode(["COMPASS", "DATABASE_URL", "DB_SECRET_ARN", "MAX_TOKENS", "PORT", "QUEUE_URL", "TOKEN_TTL"])
    error_message = "a variable that holds no credential does not reach the container"
  }
}

run "the_container_check_can_be_left_out" {
  command = plan

  variables {
    container = { health_check_command = [] }
  }

  assert {
    condition     = !contains(keys(jsondecode(aws_ecs_task_definition.this.container_definitions)[0]), "healthCheck")
    error_message = "an image without node would never be healthy"
  }
}
