"""Reads templates. Replaces moto's parsing."""
import json

import conditions
import dynamic_references
import yaml
from intrinsics import resolve, text
from lookups import Lookup
from moto.cloudformation import parsing
from moto.cloudformation.models import ChangeSet, Stack
from moto.cloudformation.parsing import Export, Output, OutputMap, ResourceMap
from moto.cloudformation.utils import yaml_tag_constructor

yaml.add_multi_constructor("", yaml_tag_constructor)


def parse(template):
    """JSON is not parsed as YAML, because that loses line separators and surrogate pairs."""
    try:
        return json.loads(template)
    except ValueError:
        return yaml.load(template, Loader=yaml.Loader)


def properties_of(resource, resource_map):
    """The resolved properties of a resource, as its handler gets them."""
    properties = resolve(resource.get("Properties", {}), Lookup(resource_map))
    return dynamic_references.resolved(properties, resource_map._account_id, resource_map._region_name)


def output_texts(template, resource_map):
    """The outputs of a template whose conditions are true. Dynamic references in them are not resolved."""
    lookup = Lookup(resource_map)
    return {name: text(resolve(output["Value"], lookup), f"Output {name}") for name, output in template.get("Outputs", {}).items()
            if "Condition" not in output or lookup.condition(output["Condition"])}


def install():
    def parse_resource(resource, resource_map):
        model = parsing.resource_class_from_type(resource["Type"])
        return model and (model, resource | {"Properties": properties_of(resource, resource_map)}, resource["Type"])

    def output(name, declared, resource_map):
        value = output_texts({"Outputs": {name: declared}}, resource_map).get(name)
        return None if value is None else Output(name, value, declared.get("Description"))

    def exports(self):
        exported = {name: output["Export"]["Name"] for name, output in self._template.get("Outputs", {}).items() if "Export" in output}
        return [Export(self._stack_id, text(resolve(exported[name], Lookup(self._resource_map)), "Export"), value)
                for name, value in output_texts(self._template, self._resource_map).items() if name in exported]

    def load_conditions(self):
        self.lazy_condition_map = conditions.evaluate(self._template.get("Conditions", {}), Lookup(self))

    def parse_change_set(self):
        self.template_dict = parse(self.template)

    parsing.parse_resource = parse_resource
    parsing.parse_output = output
    OutputMap.exports = property(exports)
    ResourceMap.load_conditions = load_conditions
    Stack.parse_template = staticmethod(parse)
    ChangeSet._parse_template = parse_change_set
