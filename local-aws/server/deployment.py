"""One change of a stack, in the order of CloudFormation.

Resources are created and updated in the order of their dependencies. If one fails, everything before it is rolled back. If all succeed,
the clean-up deletes the resources that were replaced or are no longer in the template. moto deletes first, in any order, and does not roll back.
"""
import copy
import json
import re
import traceback

import deletions
from custom_resources import CustomResource
from templates import output_texts, properties_of


class ResourceFailed(Exception):
    def __init__(self, logical_id, reason):
        super().__init__(f"{logical_id}: {reason}")
        self.logical_id, self.reason = logical_id, reason


def needed_by(resource):
    """The names of the resources and parameters that a resource depends on."""
    depends_on = resource.get("DependsOn", [])
    text = json.dumps(resource.get("Properties", {}))
    references = re.findall(r'"Ref": "([^"]+)"|"Fn::GetAtt": \["([^"]+)"|\$\{([A-Za-z0-9]+)[.}]', text)
    return set([depends_on] if isinstance(depends_on, str) else depends_on) | {name for found in references for name in found if name}


def in_order(resources):
    """The names of the resources, each after those that it depends on."""
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
    """One change of a stack. `events` is called with (logical ID, status, reason)."""

    def __init__(self, resource_map, events):
        self.map, self.events = resource_map, events
        self.undo, self.cleanup = [], []  # each a step: the verb for its events, the logical ID, and the work
        self.rolled_back = True  # until a step of the rollback fails

    def run(self, template, parameter_values):
        before, before_template, before_values = copy.deepcopy(self.map._resource_json_map), self.map._template, self.map.resolved_parameters
        made = {name for name in before if name in self.map._parsed_resources}
        try:
            self._use(template, template["Resources"], parameter_values)
            for name in in_order(template["Resources"]):
                verb, work = ("UPDATE", self._update) if name in made else ("CREATE", self._create)
                self._step(verb, name, lambda: work(name))
            output_texts(template, self.map)
        except Exception:
            self.rolled_back = all([self._succeeds(*step) for step in reversed(self.undo)])
            if self.rolled_back:
                self._use(before_template, before, before_values)
            raise
        for step in self.cleanup + self._deletions(before, template["Resources"]):
            self._succeeds(*step)  # a failed clean-up is an event, but the stack has still succeeded

    def delete(self):
        for step in self._deletions(self.map._resource_json_map):
            self._step(*step)

    def _deletions(self, resources, wanted=()):
        return [("DELETE", name, lambda name=name: self._delete(name, resources[name])) for name in reversed(in_order(resources))
                if name not in wanted and name in self.map._parsed_resources]

    def _use(self, template, resources, parameter_values):
        self.map._template, self.map._resource_json_map, self.map.resolved_parameters = template, resources, parameter_values
        self.map.load_conditions()

    def _step(self, verb, name, work):
        try:
            work()
        except Exception as error:
            traceback.print_exc()
            self.events(name, f"{verb}_FAILED", str(error))
            raise ResourceFailed(name, str(error)) from error

    def _succeeds(self, verb, name, work):
        try:
            self._step(verb, name, work)
            return True
        except ResourceFailed:
            return False

    def _create(self, name):
        template = self.map._resource_json_map[name]
        if self._create_current(name) is not None:
            self.undo.append(("DELETE", name, lambda: self._delete(name, template)))

    def _create_current(self, name):
        """Creates the resource of the current template, which its map does when it is first looked up."""
        resource = self.map[name]
        if resource is not None:
            resource.local_properties = self._resolved(name)
        return resource

    def _update(self, name):
        resource, properties = self.map._parsed_resources[name], self._resolved(name)
        before = getattr(resource, "local_properties", None)
        if resource is None or before == properties:
            return
        if isinstance(resource, CustomResource):
            self._update_custom(name, resource, properties)
        elif any((before or {}).get(key) != properties.get(key) for key in getattr(resource, "REPLACED_WITH", ())):
            self._replace(name, resource)
        elif hasattr(resource.update_from_cloudformation_json, "__isabstractmethod__"):
            raise NotImplementedError(f"the local AWS cannot update {resource.cf_resource_type}")
        else:
            updated = self._update_model(name, resource, properties)
            self.undo.append(("UPDATE", name, lambda: self._update_model(name, updated, before)))

    def _replace(self, name, old):
        """The old resource is deleted in the clean-up, or becomes the current one again in a rollback."""
        template, properties = self.map._resource_json_map[name], old.local_properties

        def back():
            self._delete(name, template)
            self.map._parsed_resources[name] = old

        self.map._parsed_resources.pop(name)
        try:
            self._create_current(name)
        except Exception:
            self.map._parsed_resources[name] = old
            raise
        self.undo.append(("UPDATE", name, back))
        if template.get("UpdateReplacePolicy") != "Retain":
            self.cleanup.append(("DELETE", name, lambda: deletions.delete(
                old.cf_resource_type, old, properties, self.map._account_id, self.map._region_name)))

    def _update_model(self, name, resource, properties):
        """moto may return another resource from an update."""
        updated = type(resource).update_from_cloudformation_json(
            original_resource=resource, new_resource_name=resource.physical_resource_id,
            cloudformation_json={"Type": resource.cf_resource_type, "Properties": copy.deepcopy(properties)},
            account_id=self.map._account_id, region_name=self.map._region_name)
        updated.cf_resource_type, updated.logical_resource_id, updated.local_properties = resource.cf_resource_type, name, properties
        self.map._parsed_resources[name] = updated
        return updated

    def _update_custom(self, name, resource, properties):
        old_id, old = resource.resource_name, resource.properties

        def undo():
            # also if the update failed: its properties are the old ones now, and the ID is the last one that was returned
            new_id, new = resource.resource_name, properties
            resource.properties = new
            resource.update(old)
            resource.local_properties = old
            if new_id != resource.resource_name:
                resource.delete(new_id, new)

        self.undo.append(("UPDATE", name, undo))
        resource.update(properties)
        resource.local_properties = properties
        if resource.resource_name != old_id:
            self.cleanup.append(("DELETE", name, lambda: resource.delete(old_id, old)))

    def _delete(self, name, template):
        resource = self.map._parsed_resources.get(name)
        if template.get("DeletionPolicy") == "Retain":
            pass  # it only leaves the stack
        elif isinstance(resource, CustomResource):
            resource.delete(resource.resource_name, resource.properties)
        elif resource is not None:
            properties = getattr(resource, "local_properties", template.get("Properties", {}))
            deletions.delete(template["Type"], resource, properties, self.map._account_id, self.map._region_name)
        self.map._parsed_resources.pop(name, None)

    def _resolved(self, name):
        return properties_of(self.map._resource_json_map[name], self.map)
