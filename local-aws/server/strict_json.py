"""Strict JSON: NaN and Infinity are errors, and so are duplicate keys, because parsers disagree on which one counts."""
import json


def loads(document):
    return json.loads(document, object_pairs_hook=_map, parse_constant=_no_number)


def _map(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"duplicate key {next(key for key in keys if keys.count(key) > 1)}")
    return members


def _no_number(name):
    raise ValueError(f"{name} is not a JSON number")
