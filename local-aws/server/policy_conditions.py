"""Evaluates the conditions of a policy statement as IAM does.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""
import re


class Unsupported(Exception):
    pass


def hold(conditions, context, expands):
    """Whether all conditions hold. `context` has the values of the condition keys, and `expands` says whether the policy can use variables."""
    unknown = set(conditions) - set(OPERATORS)
    if unknown:
        raise Unsupported(f"the local AWS does not support {', '.join(sorted(unknown))} in a trust policy")
    context = {key.lower(): value for key, value in context.items()}
    return all(_holds(OPERATORS[operator], expected if isinstance(expected, list) else [expected], context.get(key.lower()), context, expands)
               for operator, keys in conditions.items() for key, expected in keys.items())


def _holds(pattern_of, expected, actual, context, expands):
    patterns = [pattern_of(_parts(value, context, expands)) for value in expected]
    return actual is not None and any(pattern and pattern.fullmatch(actual) for pattern in patterns)


def _parts(value, context, expands):
    """The parts of a condition value, each with whether it comes from a variable; None if a variable has no value.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    if not expands:
        return [(value, False)]
    parts = []
    for index, part in enumerate(re.split(r"\$\{([^}]*)\}", value)):
        if index % 2:
            key, default = re.fullmatch(r"\s*(.*?)\s*(?:,\s*'(.*)'\s*)?", part, re.DOTALL).groups()
            part = key if key in ("$", "*", "?") else context.get(key.lower(), default)
        if part is None:
            return None
        parts.append((part, index % 2 == 1))
    return parts


def _equal(parts):
    return parts and re.compile("".join(re.escape(part) for part, _ in parts))


def _like(parts):
    return parts and re.compile("".join(re.escape(part) if literal else _with_wildcards(part) for part, literal in parts), re.DOTALL)


def _arn_like(parts):
    """A wildcard before the fifth colon does not match a colon."""
    if parts is None:
        return None
    pattern, colons = "", 0
    for part, literal in parts:
        for character in part:
            colons += character == ":"
            one = "." if colons >= 5 else "[^:]"
            wildcards = {} if literal else {"*": one + "*", "?": one}
            pattern += wildcards.get(character, re.escape(character))
    return re.compile(pattern, re.DOTALL)


def _with_wildcards(text):
    return re.escape(text).replace(r"\*", ".*").replace(r"\?", ".")


OPERATORS = {"StringEquals": _equal, "StringLike": _like, "ArnEquals": _arn_like, "ArnLike": _arn_like}
