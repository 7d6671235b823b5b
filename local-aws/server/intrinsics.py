"""CloudFormation's intrinsic functions, as a pure function over a value of a template.

The value that a function returns is final: it is never evaluated again, even if it looks like part of a template.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""
import base64
import re

NO_VALUE = object()  # AWS::NoValue: removes the member of a map or the element of a list


class TemplateError(Exception):
    pass


def resolve(value, lookup):
    """The value with all of its functions evaluated. `lookup` is a Lookup of lookups.py."""
    if isinstance(value, dict):
        names = [name for name in value if name == "Ref" or name.startswith("Fn::")]
        if not names:
            members = {key: resolve(item, lookup) for key, item in value.items()}
            return {key: item for key, item in members.items() if item is not NO_VALUE}
        if len(value) > 1:
            raise TemplateError(f"Template error: {names[0]} must be the only key of its map")
        if names[0] not in FUNCTIONS:
            raise NotImplementedError(f"the local AWS does not support the function {names[0]}")
        return FUNCTIONS[names[0]](value[names[0]], lookup)
    if isinstance(value, list):
        return [item for item in (resolve(item, lookup) for item in value) if item is not NO_VALUE]
    if value is None:
        raise TemplateError("Template format error: null values are not allowed in templates")
    return value


def text(value, function):
    """A scalar as text, as CloudFormation converts it. Anything else is an error in the function that needs text."""
    if value is NO_VALUE or isinstance(value, (dict, list)):
        raise TemplateError(f"Template error: every {function} value must be a string, not a list, a map, or AWS::NoValue")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _arguments(function, value, *counts):
    if not isinstance(value, list) or len(value) not in counts:
        raise TemplateError(f"Template error: {function} takes a list of {' or '.join(map(str, counts))} elements")
    return value


def _list(function, value, lookup):
    items = resolve(value, lookup)
    if not isinstance(items, list):
        raise TemplateError(f"Template error: {function} needs a list")
    return items


def _delimiter(function, value):
    if not isinstance(value, str) or (not value and function == "Fn::Split"):
        raise TemplateError(f"Template error: the delimiter of {function} must be a string")
    return value


def _base64(value, lookup):
    return base64.b64encode(text(resolve(value, lookup), "Fn::Base64").encode()).decode()


def _find_in_map(value, lookup):
    found = lookup.mappings
    for key in _arguments("Fn::FindInMap", value, 3):
        key = text(resolve(key, lookup), "Fn::FindInMap")
        if not isinstance(found, dict) or key not in found:
            raise TemplateError(f"Template error: Unable to get mapping for {key}")
        found = found[key]
    return found


def _get_att(value, lookup):
    name, attribute = _arguments("Fn::GetAtt", value, 2)
    return lookup.attribute(name, text(resolve(attribute, lookup), "Fn::GetAtt"))


def _if(value, lookup):
    condition, then, otherwise = _arguments("Fn::If", value, 3)
    return resolve(then if lookup.condition(condition) else otherwise, lookup)


def _join(value, lookup):
    delimiter, items = _arguments("Fn::Join", value, 2)
    return _delimiter("Fn::Join", delimiter).join(text(item, "Fn::Join") for item in _list("Fn::Join", items, lookup))


def _select(value, lookup):
    index, items = _arguments("Fn::Select", value, 2)
    index, items = text(resolve(index, lookup), "Fn::Select"), _list("Fn::Select", items, lookup)
    if not re.fullmatch("[0-9]+", index) or int(index) >= len(items):
        raise TemplateError(f"Template error: Fn::Select cannot select nonexistent value at index {index}")
    return items[int(index)]


def _split(value, lookup):
    delimiter, source = _arguments("Fn::Split", value, 2)
    return text(resolve(source, lookup), "Fn::Split").split(_delimiter("Fn::Split", delimiter))


def _sub(value, lookup):
    template, variables = value if isinstance(value, list) and len(value) == 2 else (value, {})
    if not isinstance(template, str) or not isinstance(variables, dict):
        raise TemplateError("Template error: Fn::Sub takes a string, or a list of a string and a map of variables")
    values = {name: text(resolve(item, lookup), "Fn::Sub") for name, item in variables.items()}

    def replaced(match):
        name = match[1]
        if name.startswith("!"):
            return "${" + name[1:] + "}"
        if not re.fullmatch("[A-Za-z0-9_.:]+", name):
            raise TemplateError(
                "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons")
        if name in values:
            return values[name]
        logical_id, _, attribute = name.partition(".")
        return text(lookup.attribute(logical_id, attribute) if attribute else lookup.ref(name), "Fn::Sub")

    # The documentation does not say how CloudFormation reads an unclosed ${.
    if re.search(r"\$\{(?![^}]*\})|\$\{[^}]*\$\{", template):
        raise NotImplementedError("the local AWS does not support an unclosed ${ in Fn::Sub")
    return re.sub(r"\$\{([^}]*)\}", replaced, template)


FUNCTIONS = {
    "Ref": lambda name, lookup: lookup.ref(name),
    "Fn::Base64": _base64,
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAtt": _get_att,
    "Fn::GetAZs": lambda region, lookup: lookup.zones(text(resolve(region, lookup), "Fn::GetAZs")),
    "Fn::If": _if,
    "Fn::ImportValue": lambda name, lookup: lookup.imported(text(resolve(name, lookup), "Fn::ImportValue")),
    "Fn::Join": _join,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
}
