"""Looks up in a stack of moto what the functions of a template refer to."""
from intrinsics import NO_VALUE, TemplateError
from moto.cloudformation.exceptions import UnformattedGetAttTemplateException
from moto.ec2.models import ec2_backends

PSEUDO_PARAMETERS = ("AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix")


class Lookup:
    def __init__(self, resource_map):
        self.map = resource_map

    @property
    def mappings(self):
        return self.map._template.get("Mappings", {})

    def ref(self, name):
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in PSEUDO_PARAMETERS:
            return self.map._parsed_resources[name]
        if name in self.map.resolved_parameters:
            return self.map.resolved_parameters[name]
        return self._resource(name).physical_resource_id

    def attribute(self, name, attribute):
        try:
            value = self._resource(name).get_cfn_attribute(attribute)
        except (KeyError, UnformattedGetAttTemplateException):
            value = None
        if value is None:
            raise TemplateError(f"Template error: resource {name} does not support attribute type {attribute} in Fn::GetAtt")
        return value

    def imported(self, name):
        if name not in self.map.cross_stack_resources:
            raise TemplateError(f"No export named {name} found.")
        return self.map.cross_stack_resources[name].value

    def condition(self, name):
        if name not in self.map.lazy_condition_map:
            raise TemplateError(f"Template format error: Unresolved condition {name}")
        return self.map.lazy_condition_map[name]

    def zones(self, region):
        zones = ec2_backends[self.map._account_id][region or self.map._region_name].describe_availability_zones()
        return [zone.name for zone in zones]

    def _resource(self, name):
        resource = self.map[name] if name in self.map._resource_json_map else None
        if resource is None:
            raise TemplateError(f"Template format error: Unresolved resource dependencies [{name}] in the template")
        return resource
