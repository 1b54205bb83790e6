"""moto's server (5.2.1) with what example-infra needs beyond it. Usage: moto_plus.py -H ADDRESS -p PORT

Each part names the call that moto answers otherwise than AWS does; without it Terraform would see a difference that
does not exist in AWS, or fail. What moto holds can be read from /moto-api/data.json, see `inventory`.
"""

import json
import sys

import call_log
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend, applicationautoscaling_backends
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.core.base_backend import BackendDict
from moto.core.exceptions import JsonRESTError
from moto.core.utils import camelcase_to_underscores
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.moto_api._internal.responses import MotoAPIResponse
from moto.rds.models import DBInstance, DBParameterGroup
from moto.s3.models import FakeDeleteMarker
from moto.server import main

# application-autoscaling: ListTagsForResource and TagResource are missing, and tags given on creation are dropped.
_tags = {}
_register = ApplicationAutoScalingResponse.register_scalable_target


def list_tags_for_resource(self):
    return json.dumps({"Tags": _tags.get(self._get_param("ResourceARN"), {})})


def tag_resource(self):
    _tags.setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags") or {})
    return "{}"


def register_scalable_target(self):
    answer = _register(self)
    targets = self.applicationautoscaling_backend.targets[self._get_param("ScalableDimension")]
    arn = targets[self._get_param("ResourceId")].arn
    _tags.setdefault(arn, {}).update(self._get_param("Tags") or {})
    return answer


ApplicationAutoScalingResponse.list_tags_for_resource = list_tags_for_resource
ApplicationAutoScalingResponse.tag_resource = tag_resource
ApplicationAutoScalingResponse.register_scalable_target = register_scalable_target

# application-autoscaling: AWS drops a service's scalable target and policies with the service, and refuses a policy without target.
_delete_service = EC2ContainerServiceResponse.delete_service
_put_scaling_policy = ApplicationAutoscalingBackend.put_scaling_policy


def delete_service(self):
    answer = _delete_service(self)
    scaling = applicationautoscaling_backends[self.current_account][self.region]
    scaled = "/".join(answer.result["service"].arn.split(":")[-1].split("/")[-3:])
    for targets in scaling.targets.values():
        targets.pop(scaled, None)
    for key in [key for key, policy in scaling.policies.items() if policy.resource_id == scaled]:
        scaling.policies.pop(key).delete_alarms(self.current_account, self.region)
    return answer


def put_scaling_policy(self, policy_name, service_namespace, resource_id, scalable_dimension, *args, **kwargs):
    if resource_id not in self.targets.get(scalable_dimension, {}):
        raise JsonRESTError("ObjectNotFoundException", f"No scalable target registered for resource ID: {resource_id}")
    return _put_scaling_policy(self, policy_name, service_namespace, resource_id, scalable_dimension, *args, **kwargs)


EC2ContainerServiceResponse.delete_service = delete_service
ApplicationAutoscalingBackend.put_scaling_policy = put_scaling_policy

# s3: bucket policies are enforced without their conditions. A Deny on nothing but plain HTTP would lock out everybody;
# it is about the transport, which an emulator on loopback does not have.
_permitted = IAMPolicyStatement.is_action_permitted


def is_action_permitted(self, *args, **kwargs):
    condition = self._statement.get("Condition") or {}
    if self._statement.get("Effect") == "Deny" and condition == {"Bool": {"aws:SecureTransport": "false"}}:
        return PermissionResult.NEUTRAL
    return _permitted(self, *args, **kwargs)


IAMPolicyStatement.is_action_permitted = is_action_permitted

# s3: emptying a versioned bucket fails at its delete markers, which have no content to let go of.
FakeDeleteMarker.dispose = lambda self, garbage=False: None

# ecs: CreateService and UpdateService take these members and drop them.
KEPT_BY_ECS = (
    "availabilityZoneRebalancing",
    "deploymentConfiguration",
    "enableECSManagedTags",
    "healthCheckGracePeriodSeconds",
)


def keeping(call):
    def kept(self):
        answer = call(self)
        service = answer.result["service"]
        for member in KEPT_BY_ECS:
            value = self._get_param(member)
            if value is not None:
                setattr(service, member, value)
                setattr(service, camelcase_to_underscores(member), value)
        return answer

    return kept


# ecs: no task is ever started, so that a service is never steady. Here it runs what it wants at once, but for a release of an
# image tagged `crashes`: that the circuit breaker takes back, after which the service is steady with the revision before.
def running(call):
    def run(self):
        name = self._get_param("service")
        before = self.ecs_backend._get_service(self._get_param("cluster"), name).task_definition if name else None
        answer = call(self)
        service = answer.result["service"]
        revision = self.ecs_backend.describe_task_definition(service.task_definition)
        if before and any(part["image"].endswith(":crashes") for part in revision.container_definitions):
            service.task_definition = before
        service.running_count = service.desired_count
        service.pending_count = 0
        service.deployments[0]["runningCount"] = service.desired_count
        service.deployments[0]["rolloutState"] = "COMPLETED"
        return answer

    return run


for operation in ("create_service", "update_service"):
    call = getattr(EC2ContainerServiceResponse, operation)
    setattr(EC2ContainerServiceResponse, operation, running(keeping(call)))

# ec2: the description of a rule that names another group is kept with the group and not told.
SecurityGroupRule.description = property(
    lambda self: self.ip_range.get("Description") or (self.source_group or {}).get("Description")
)

# rds: parameters that a user set do not say so, and Performance Insights are forgotten.
_update_parameters = DBParameterGroup.update_parameters
_create_instance = DBInstance.__init__


def update_parameters(self, new):
    return _update_parameters(self, [dict(parameter, Source="user", IsModifiable=True) for parameter in new])


def create_instance(self, *args, **kwargs):
    _create_instance(self, *args, **kwargs)
    self.performance_insights_enabled = kwargs.get("enable_performance_insights") or False


DBParameterGroup.update_parameters = update_parameters
DBInstance.__init__ = create_instance


def inventory(self, request, full_url, headers):
    """What every service holds: {"ec2 us-east-1 vpcs": ["vpc-1", …]}, by the names of moto's own collections."""
    held = {}
    for service in BackendDict._instances:
        for regions in service.values():
            for region, backend in regions.items():
                for name, value in vars(backend).items():
                    entries = keys_of(value)
                    if entries:
                        held[f"{backend.__module__.split('.')[1]} {region} {name.lstrip('_')}"] = entries
    return 200, {"Content-Type": "application/json"}, json.dumps(held, sort_keys=True)


def keys_of(value, prefix=""):
    if isinstance(value, dict):
        return [key for name, inner in value.items() for key in keys_of_entry(f"{prefix}{name}", inner)]
    if isinstance(value, (list, set, tuple)):
        return sorted(f"{prefix}{index}" for index, _ in enumerate(value))
    return []


def keys_of_entry(name, inner):
    """Collections by region, VPC and the like are walked. What AWS shows as gone for a while counts as gone."""
    if isinstance(inner, (dict, list, set)):
        return keys_of(inner, f"{name}/")
    gone = {getattr(inner, "state", None), getattr(inner, "status", None)} & {"deleted", "INACTIVE"}
    return [] if gone else [name]


MotoAPIResponse.model_data = inventory
call_log.install()
main(sys.argv[1:])
