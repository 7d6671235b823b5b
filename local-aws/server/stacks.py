"""Makes moto change stacks as deployment.py does."""
import traceback

from deployment import Deployment, ResourceFailed
from moto.cloudformation import parsing
from moto.cloudformation.models import CloudFormationBackend, Event, Stack
from moto.cloudformation.parsing import OutputMap

# Types that are ignored; any other type that moto lacks makes the stack fail. (The policy of the bootstrap bucket refuses plain HTTP.)
IGNORED = {"AWS::CDK::Metadata", "AWS::S3::BucketPolicy"}
delete_stack = CloudFormationBackend.delete_stack


def change(backend, stack, kind, template, given, values):
    """Creates or updates a stack with a template, the given parameters, and their values. Rolls back and raises if that fails."""
    stack._add_stack_event(f"{kind}_IN_PROGRESS", resource_status_reason="User Initiated")
    stack.resource_map.cross_stack_resources = backend.exports
    deployment = Deployment(stack.resource_map, resource_event(stack))
    try:
        deployment.run(Stack.parse_template(template), values)
        stack.template, stack.parameters = template, given
        stack._parse_template()
        stack.output_map = stack._create_output_map()
        backend.exports |= {export.name: export for export in stack.exports}
        stack.status = f"{kind}_COMPLETE"
    except Exception as error:
        traceback.print_exc()
        stack.status = f"{'UPDATE_' if kind == 'UPDATE' else ''}ROLLBACK_{'COMPLETE' if deployment.rolled_back else 'FAILED'}"
        stack._add_stack_event(f"{kind}_FAILED", resource_status_reason=str(error))
        raise
    finally:
        stack._add_stack_event(stack.status)


def remove(backend, stack):
    """Deletes a stack. Raises ResourceFailed if one of its resources cannot be deleted."""
    stack._add_stack_event("DELETE_IN_PROGRESS", resource_status_reason="User Initiated")
    try:
        exports = [export.name for export in stack.exports]
        Deployment(stack.resource_map, resource_event(stack)).delete()
    except ResourceFailed as error:
        stack.status = "DELETE_FAILED"
        stack._add_stack_event("DELETE_FAILED", resource_status_reason=str(error))
        raise
    for name in exports:
        backend.exports.pop(name, None)
    # evaluating an output would create its resource again
    stack.output_map = OutputMap(stack.resource_map, {}, stack.stack_id)
    backend.change_sets = {key: change_set for key, change_set in backend.change_sets.items() if change_set.stack_id != stack.stack_id}
    delete_stack(backend, stack.stack_id)


def install():
    find = parsing.resource_class_from_type

    def found(resource_type):
        model = find(resource_type)
        if model is None and resource_type not in IGNORED and resource_type not in parsing.NULL_MODELS:
            raise NotImplementedError(f"the local AWS cannot make {resource_type}")
        return model

    def execute(self, change_set_name, stack_name=None):
        change_set = next(change_set for key, change_set in self.change_sets.items() if change_set_name in (key, change_set.change_set_name))
        try:
            change(self, self.stacks[change_set.stack_id], change_set.change_set_type, change_set.template, change_set.parameters, change_set.parameter_values)
            change_set.execution_status = "EXECUTE_COMPLETE"
        except Exception:  # is in the events of the stack
            change_set.execution_status = "EXECUTE_FAILED"

    def delete(self, name_or_stack_id):
        for stack in [stack for stack in self.stacks.values() if name_or_stack_id in (stack.name, stack.stack_id)]:
            try:
                remove(self, stack)
            except ResourceFailed:
                pass  # is in the events of the stack

    parsing.resource_class_from_type = found
    parsing.ResourceMap.delete = lambda self: None  # Deployment has done it
    CloudFormationBackend.execute_change_set = execute
    CloudFormationBackend.delete_stack = delete


def resource_event(stack):
    before = stack.resource_map._resource_json_map

    def add(logical_id, status, reason):
        resource_type = (stack.resource_map._resource_json_map | before)[logical_id]["Type"]
        stack.events.append(Event(stack.stack_id, stack.name, logical_id, "", resource_type, status, reason, None))
    return add
