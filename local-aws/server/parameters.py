"""The values of a template's parameters.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
"""
import re

from intrinsics import text
from moto.cloudformation.exceptions import MissingParameterError, ValidationError
from moto.cloudformation.models import CloudFormationBackend, Stack
from moto.cloudformation.parsing import ResourceMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.ssm.models import ssm_backends

NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
FROM_PARAMETER_STORE = "AWS::SSM::Parameter::Value<"


def given_or_default(template, given):
    """The text of each parameter, by name: the given value or the default."""
    declared = template.get("Parameters", {})
    missing = [name for name, parameter in declared.items() if name not in given and "Default" not in parameter]
    if missing:
        raise MissingParameterError(missing[0])
    return {name: text(given[name] if name in given else parameter["Default"], "Parameters") for name, parameter in declared.items()}


def values(template, given, account, region):
    """What Ref returns for each parameter: a string or a list of strings. The text of a number is not changed."""
    declared = template.get("Parameters", {})
    return {name: _value(name, declared[name]["Type"], value, ssm_backends[account][region])
            for name, value in given_or_default(template, given).items()}


def _value(name, kind, value, parameter_store):
    if kind.startswith(FROM_PARAMETER_STORE):
        parameter = parameter_store.get_parameter(value)
        if parameter is None:
            raise ValidationError(message=f"Parameters: [ssm:{value}] cannot be found.")
        kind, value = kind.removeprefix(FROM_PARAMETER_STORE)[:-1], parameter.value
    if kind == "CommaDelimitedList" or kind.startswith("List<"):
        return [_checked(name, kind, item.strip()) for item in value.split(",")]
    return _checked(name, kind, value)


def _checked(name, kind, value):
    if kind in ("Number", "List<Number>") and not NUMBER.fullmatch(value):
        raise ValidationError(message=f"Parameter '{name}' must be a number.")
    return value


def install():
    """Resolves values when a change set is created, so that a later change in Parameter Store does not change what was reviewed."""
    create = CloudFormationBackend.create_change_set

    def created(self, template, parameters, **others):
        parsed = Stack.parse_template(template)
        unknown = set(parameters) - set(parsed.get("Parameters", {}))
        if unknown:
            raise ValidationError(message=f"Parameters: [{', '.join(sorted(unknown))}] do not exist in the template")
        resolved = values(parsed, parameters, self.account_id, self.region_name)
        change_set_id, stack_id = create(self, template=template, parameters=parameters, **others)
        change_set = self.change_sets[change_set_id]
        change_set.parameter_values = resolved
        if change_set.status == "FAILED" and change_set.stack.resource_map.resolved_parameters != resolved:
            change_set.status, change_set.execution_status, change_set.status_reason = "CREATE_COMPLETE", "AVAILABLE", None
        return change_set_id, stack_id

    def load(self):
        self.resolved_parameters = values(self._template, self.input_parameters, self._account_id, self._region_name)

    def listed(self):
        declared, resolved = self.template_dict.get("Parameters", {}), self.resource_map.resolved_parameters
        return [{"ParameterKey": name, "ParameterValue": "****" if declared[name].get("NoEcho") else value}
                | ({"ResolvedValue": resolved[name]} if declared[name]["Type"].startswith(FROM_PARAMETER_STORE) else {})
                for name, value in self.stack_parameters.items()]

    CloudFormationBackend.create_change_set = created
    CloudFormationResponse._validate_different_update = lambda *_: None  # without changes, the change set fails, not its creation
    ResourceMap.load_parameters = load
    Stack.parameter_list = property(listed)
    # for UsePreviousValue: moto would resolve the resolved value again
    Stack.stack_parameters = property(lambda self: given_or_default(self.template_dict, self.parameters))
