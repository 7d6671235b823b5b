"""Adds what moto's own resources lack."""
import json

from moto.autoscaling.exceptions import ValidationError
from moto.autoscaling.responses import AutoScalingResponse
from moto.awslambda.models import LambdaFunction, LayerVersion
from moto.cloudtrail.responses import CloudTrailResponse
from moto.ssm.models import Parameter


def name_unnamed_parameters():
    create = Parameter.create_from_cloudformation_json.__func__

    def named(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        cloudformation_json["Properties"].setdefault("Name", resource_name)
        return create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)

    Parameter.create_from_cloudformation_json = classmethod(named)


def answer_lookups_of_events():
    """The CDK CLI asks CloudTrail about a failed deployment, and repeats the request until it gets an answer."""
    CloudTrailResponse.lookup_events = lambda self: json.dumps({"Events": []})


def check_scaling():
    """A group refuses a capacity outside its sizes: https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html

    moto takes any, and answers requests about a group or an instance that does not exist with an internal error.
    """
    change, terminate = AutoScalingResponse.set_desired_capacity, AutoScalingResponse.terminate_instance_in_auto_scaling_group

    def checked_capacity(self):
        name, capacity = self._get_param("AutoScalingGroupName"), self._get_int_param("DesiredCapacity")
        group = self.autoscaling_backend.autoscaling_groups.get(name)
        if group is None:
            raise ValidationError(f"AutoScalingGroup name not found - AutoScalingGroup '{name}' not found")
        if capacity > group.max_size:
            raise ValidationError(f"New SetDesiredCapacity value {capacity} is above max value {group.max_size} for the AutoScalingGroup.")
        if capacity < group.min_size:
            raise ValidationError(f"New SetDesiredCapacity value {capacity} is below min value {group.min_size} for the AutoScalingGroup.")
        return change(self)

    def terminated(self):
        instance = self._get_param("InstanceId")
        if not self.autoscaling_backend.describe_auto_scaling_instances([instance]):
            raise ValidationError(f"Instance Id not found - No managed instance found for instance ID: {instance}")
        return terminate(self)

    AutoScalingResponse.set_desired_capacity, AutoScalingResponse.terminate_instance_in_auto_scaling_group = checked_capacity, terminated


def attach_layers():
    """A function of a stack has the layers that the template names, and Ref of a layer is the ARN of its version."""
    for method in ("create_from_cloudformation_json", "update_from_cloudformation_json"):
        _with_layers(method)
    LayerVersion.physical_resource_id = property(lambda self: self.arn)


def _with_layers(method):
    original = getattr(LambdaFunction, method).__func__

    def with_layers(cls, *arguments, **named):
        function = original(cls, *arguments, **named)
        properties = next(item["Properties"] for item in (*arguments, *named.values()) if isinstance(item, dict) and "Properties" in item)
        function.layers = function._get_layers_data(properties.get("Layers", []))
        return function

    setattr(LambdaFunction, method, classmethod(with_layers))
