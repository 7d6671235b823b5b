"""The objects of Custom::KubernetesObjects: each is JSON, with a separate list of the values that only CloudFormation knows.

A value is inserted after the JSON has been parsed, so it cannot change the structure.
"""
import json
import math
import re

import strict_json

VALUES = {"Value", "Number", "Document"}  # an entry whose value is AWS::NoValue has none of them
FIELDS = VALUES | {"Path", "Key"}
# https://www.rfc-editor.org/rfc/rfc8259#section-6
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def parsed(item):
    """The object that an item of Objects describes. An item that is a string is JSON without deploy-time values."""
    return json.loads(item) if isinstance(item, str) else _document(item)


def _document(item):
    holder = [strict_json.loads(item["Json"])]  # so that the root has a container, too
    absent = []
    for entry in item.get("Values", []):
        container, key = _place(holder, entry)
        if VALUES & set(entry):
            container[key] = _value(entry)
        elif "Key" not in entry:
            absent.append((container, key))
    # from the last to the first, so that other indexes of a list stay valid
    for container, key in sorted(absent, key=lambda place: place[1] if isinstance(place[1], int) else -1, reverse=True):
        if container is holder:
            raise ValueError("the root of a document cannot be removed")
        del container[key]
    return holder[0]


def _place(holder, entry):
    """The map or list into which a value is inserted, and its key or index there."""
    unknown = set(entry) - FIELDS
    if unknown:
        raise ValueError(f"an entry has the unknown fields {', '.join(sorted(unknown))}")
    container, key = holder, 0
    for token in _tokens(entry["Path"]):
        container = container[key]
        key = _index(container, token, entry["Path"])
    if "Key" not in entry:
        if container[key] is not None:
            raise ValueError(f"the value at '{entry['Path']}' must be null")
        return container, key
    found = container[key]
    if not isinstance(found, dict):
        raise ValueError(f"the value at '{entry['Path']}' must be a map")
    if entry["Key"] in found:
        raise ValueError(f"duplicate key {entry['Key']} in the map at '{entry['Path']}'")
    return found, entry["Key"]


def _tokens(pointer):
    """https://www.rfc-editor.org/rfc/rfc6901"""
    if not re.fullmatch("(/([^/~]|~[01])*)*", pointer):
        raise ValueError(f"'{pointer}' is not a JSON pointer")
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def _index(container, token, pointer):
    if isinstance(container, dict) and token in container:
        return token
    if isinstance(container, list) and re.fullmatch("0|[1-9][0-9]*", token) and int(token) < len(container):
        return int(token)
    raise ValueError(f"the path '{pointer}' does not exist")


def _value(entry):
    """The value that the entry inserts."""
    kind, *others = sorted(set(entry) & VALUES)
    if others:
        raise ValueError(f"an entry has {' and '.join([kind, *others])}")
    return {"Value": _text, "Number": _number, "Document": _document}[kind](entry[kind])


def _text(value):
    if not all(isinstance(item, str) for item in (value if isinstance(value, list) else [value])):
        raise ValueError("a Value must be a string or a list of strings")
    return value


def _number(value):
    match = NUMBER.fullmatch(value)
    number = match and (float(value) if match[2] or match[3] else int(value))
    if number is None or not math.isfinite(number):
        raise ValueError("a Number must be a finite number")
    return number
