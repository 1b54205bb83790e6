module "alarms" {
  source = "../../modules/alarms"

  name                = local.name
  emails              = var.alarms.emails
  alarms_by           = var.alarms.by
  cluster             = module.cluster.name
  service             = module.ecs_service.service
  load_balancer_label = module.load_balancer.load_balancer_label
  target_group_label  = module.load_balancer.target_group_label
  database            = one([for database in module.database : database.identifier])
  thresholds          = { min_tasks = var.scaling.min }
  tasks_expected      = var.image != null
}
