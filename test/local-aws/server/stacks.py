"""Stacks as CloudFormation works them off, where moto does otherwise.

Create and update: in the order of what needs what; what failed undoes everything before it. Then, when the stack has succeeded, the
clean-up: resources that were replaced or left the template are deleted. moto deletes first, in any order, and undoes nothing.
"""
import copy
import json
import re
import traceback

from custom_resources import CustomResource
from moto.cloudformation import parsing
from moto.cloudformation.models import CloudFormationBackend, Event
from moto.cloudformation.parsing import OutputMap
from moto.ec2.exceptions import DependencyViolationError

# Types that may be skipped; any other that moto lacks fails the stack. (The bootstrap bucket's policy refuses plain HTTP.)
IGNORED = {"AWS::CDK::Metadata", "AWS::S3::BucketPolicy"}


class ResourceFailed(Exception):
    def __init__(self, logical_id, reason):
        super().__init__(f"{logical_id}: {reason}")
        self.logical_id, self.reason = logical_id, reason


def needed_by(resource):
    """The names that a resource of a template depends on."""
    depends_on = resource.get("DependsOn", [])
    text = json.dumps(resource.get("Properties", {}))
    references = re.findall(r'"Ref": "([^"]+)"|"Fn::GetAtt": \["([^"]+)"|\$\{([A-Za-z0-9]+)[.}]', text)
    return set([depends_on] if isinstance(depends_on, str) else depends_on) | {name for found in references for name in found if name}


def in_order(resources):
    """Each after what it needs."""
    order, left = [], dict(resources)

    def visit(name):
        resource = left.pop(name, None)
        if resource is not None:
            for needed in sorted(needed_by(resource)):
                visit(needed)
            order.append(name)

    while left:
        visit(next(iter(left)))
    return order


class Deployment:
    """One change of a stack; `events` gets (logical id, status, reason)."""

    def __init__(self, resource_map, events):
        self.map, self.events = resource_map, events
        self.verb = "CREATE"
        self.undo, self.cleanup = [], []

    def run(self, template, parameters=None):
        before = copy.deepcopy(self.map._resource_json_map)
        made = {name for name in before if name in self.map._parsed_resources}
        self._use(template, parameters)
        try:
            for name in in_order(template["Resources"]):
                self.verb, work = ("UPDATE", self._update) if name in made else ("CREATE", self._create)
                self._step(name, work)
        except ResourceFailed:
            self._roll_back()
            self.map._resource_json_map = before
            raise
        for step in self.cleanup:
            step()
        for name in reversed(in_order(before)):
            if name not in template["Resources"] and name in self.map._parsed_resources:
                self._delete(name, before[name])

    def delete(self):
        self.verb, resources = "DELETE", self.map._resource_json_map
        for name in reversed(in_order(resources)):
            if name in self.map._parsed_resources and resources[name].get("DeletionPolicy") != "Retain":
                self._step(name, lambda name: self._delete(name, resources[name]))

    def _use(self, template, parameters):
        self.map._template, self.map._resource_json_map = template, template["Resources"]
        # moto resolves the previous value of a parameter from Parameter Store, which is its value already, once more
        kinds = {name: parameter["Type"] for name, parameter in template.get("Parameters", {}).items()}
        self.map.input_parameters = {name: value for name, value in (parameters or {}).items() if not kinds.get(name, "").startswith("AWS::SSM")}
        self.map.load_mapping()
        self.map.load_parameters()
        self.map.load_conditions()

    def _step(self, name, work):
        try:
            work(name)
        except ResourceFailed:
            raise
        except Exception as error:
            traceback.print_exc()
            self.events(name, f"{self.verb}_FAILED", str(error))
            raise ResourceFailed(name, str(error)) from error

    def _create(self, name):
        resource, template = self.map[name], self.map._resource_json_map[name]
        if resource is not None:
            resource.local_properties = self._resolved(name)
            self.undo.append(lambda: self._delete(name, template))

    def _update(self, name):
        resource, properties = self.map._parsed_resources[name], self._resolved(name)
        before = getattr(resource, "local_properties", None)
        if resource is None or before == properties:
            return
        if isinstance(resource, CustomResource):
            self._update_custom(resource, properties)
        else:
            updated = parsing.parse_and_update_resource(name, self.map._resource_json_map[name], self.map, self.map._account_id, self.map._region_name)
            self.map._parsed_resources[name] = updated
            self.undo.append(lambda: type(updated).update_from_cloudformation_json(
                updated, None, {"Properties": before}, self.map._account_id, self.map._region_name))
            resource = updated
        resource.local_properties = properties

    def _update_custom(self, resource, properties):
        old_id, old = resource.resource_name, resource.properties

        def undo():
            # whatever became of the update: with its properties as the old ones, and the last id that was answered
            new_id, new = resource.resource_name, properties
            resource.properties = new
            resource.update(old)
            resource.local_properties = old
            if new_id != resource.resource_name:
                resource.delete(new_id, new)

        self.undo.append(undo)
        resource.update(properties)
        if resource.resource_name != old_id:
            self.cleanup.append(lambda: resource.delete(old_id, old))

    def _roll_back(self):
        for step in reversed(self.undo):
            step()

    def _delete(self, name, template):
        resource = self.map._parsed_resources.get(name)
        if isinstance(resource, CustomResource):
            resource.delete(resource.resource_name, resource.properties)
        elif resource is not None:
            try:
                parsing.parse_and_delete_resource(
                    resource.physical_resource_id, self._with_properties(template, resource), self.map._account_id, self.map._region_name)
            except DependencyViolationError:
                # moto keeps the interface of a NAT gateway that is deleted, and with it the VPC
                if template["Type"] != "AWS::EC2::VPC":
                    raise
        self.map._parsed_resources.pop(name, None)

    def _with_properties(self, template, resource):
        return template | {"Properties": getattr(resource, "local_properties", template.get("Properties", {}))}

    def _resolved(self, name):
        resource = {"Properties": {}} | copy.deepcopy(self.map._resource_json_map[name])
        return parsing.clean_json(resource, self.map)["Properties"]


def install():
    find = parsing.resource_class_from_type

    def found(resource_type):
        model = find(resource_type)
        if model is None and resource_type not in IGNORED and resource_type not in parsing.NULL_MODELS:
            raise NotImplementedError(f"the local AWS cannot make {resource_type}")
        return model

    def execute(self, change_set_name, stack_name=None):
        change_set = next(change_set for key, change_set in self.change_sets.items() if change_set_name in (key, change_set.change_set_name))
        stack, kind = self.stacks[change_set.stack_id], change_set.change_set_type
        stack._add_stack_event(f"{kind}_IN_PROGRESS", resource_status_reason="User Initiated")
        stack.resource_map.cross_stack_resources = self.exports
        try:
            Deployment(stack.resource_map, resource_event(stack)).run(change_set.template_dict, change_set.parameters)
            stack.status, change_set.execution_status = f"{kind}_COMPLETE", "EXECUTE_COMPLETE"
            stack.template = change_set.template
            stack._parse_template()
            stack.output_map = stack._create_output_map()
            self.exports |= {export.name: export for export in stack.exports}
        except Exception as error:
            traceback.print_exc()
            stack.status = {"CREATE": "ROLLBACK_COMPLETE"}.get(kind, "UPDATE_ROLLBACK_COMPLETE")
            stack._add_stack_event(f"{kind}_FAILED", resource_status_reason=str(error))
            change_set.execution_status = "EXECUTE_FAILED"
        stack._add_stack_event(stack.status)

    def delete(self, name_or_stack_id):
        for stack in [stack for stack in self.stacks.values() if name_or_stack_id in (stack.name, stack.stack_id)]:
            try:
                exports = [export.name for export in stack.exports]
                Deployment(stack.resource_map, resource_event(stack)).delete()
                for name in exports:
                    self.exports.pop(name, None)
                # looking at an output makes anew what it names
                stack.output_map = OutputMap(stack.resource_map, {}, stack.stack_id)
                self.change_sets = {key: change_set for key, change_set in self.change_sets.items() if change_set.stack_id != stack.stack_id}
                delete_stack(self, stack.stack_id)
            except ResourceFailed as error:
                stack.status = "DELETE_FAILED"
                stack._add_stack_event("DELETE_FAILED", resource_status_reason=str(error))

    delete_stack = CloudFormationBackend.delete_stack
    parsing.resource_class_from_type = found
    parsing.ResourceMap.delete = lambda self: None  # Deployment has done it
    CloudFormationBackend.execute_change_set = execute
    CloudFormationBackend.delete_stack = delete


def resource_event(stack):
    def add(logical_id, status, reason):
        resource_type = stack.resource_map._resource_json_map[logical_id]["Type"]
        stack.events.append(Event(stack.stack_id, stack.name, logical_id, "", resource_type, status, reason, None))
    return add
