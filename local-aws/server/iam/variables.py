"""Replaces policy variables with the values of the request.

The result is a tuple of parts, each a text and whether its wildcards count: * and ? in the value of a variable are characters.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""
import re

VARIABLE = re.compile(r"\$\{\s*(?:([*?$])|([^{},']+?)\s*(?:,\s*'([^']*)')?)\s*\}")


def as_written(text):
    """The parts of a text without variables."""
    return ((text, True),)


def expanded(text, context):
    """The parts of a text; None if one of its variables has neither a value nor a default, because such a text matches nothing."""
    parts, end = [], 0
    for match in VARIABLE.finditer(text):
        character, key, default = match.groups()
        value = character or context.value(key)
        value = default if value is None else value
        if value is None:
            return None
        parts += [(text[end:match.start()], True), (value, False)]
        end = match.end()
    return (*parts, (text[end:], True))


def expanded_resource(text, context):
    """The parts of an ARN in a Resource element, which can have variables only after the fifth colon."""
    *head, resource = text.split(":", 5)
    if len(head) < 5:
        return as_written(text)
    parts = expanded(resource, context)
    return parts and as_written(":".join(head) + ":") + parts
