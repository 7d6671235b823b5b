"""Evaluates trust policies of roles as IAM does.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""
import re

import strict_json

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
CHARACTERS = re.compile("[\t\n\r\u0020-\u00ff]+")
ELEMENTS = {"Sid", "Effect", "Principal", "Action", "Condition"}


class MalformedPolicyDocument(Exception):
    def __init__(self, why):
        super().__init__(f"MalformedPolicyDocument: {why}")


class Unsupported(Exception):
    pass


def check(document):
    """Refuses a trust policy that IAM refuses.

    AWS does not document what IAM does with duplicate keys. They are refused here, because parsers disagree on which one counts.
    """
    if not CHARACTERS.fullmatch(document):
        raise MalformedPolicyDocument("a policy may contain only tabs, line feeds, carriage returns, and U+0020 to U+00FF")
    try:
        policy = strict_json.loads(document)
    except ValueError as error:
        raise MalformedPolicyDocument(f"This policy contains invalid Json: {error}") from error
    if not isinstance(policy, dict) or "Statement" not in policy:
        raise MalformedPolicyDocument("Syntax errors in policy.")
    for statement in as_list(policy["Statement"]):
        if not isinstance(statement, dict) or statement.get("Effect") not in ("Allow", "Deny"):
            raise MalformedPolicyDocument("Syntax errors in policy.")
        if not {"Action", "NotAction"} & set(statement):
            raise MalformedPolicyDocument("Policy statement must contain actions.")
        if not {"Principal", "NotPrincipal"} & set(statement):
            raise MalformedPolicyDocument("AssumeRole policy must contain principals.")
        if {"Resource", "NotResource"} & set(statement):
            raise MalformedPolicyDocument("Has prohibited field Resource")


def trusts(document, context, provider):
    """Whether a policy lets a web identity of the provider assume its role; `context` holds the condition keys."""
    context = {key.lower(): value for key, value in context.items()}
    policy = strict_json.loads(document)
    expands = policy.get("Version") == "2012-10-17"  # earlier versions of the policy language have no variables
    effects = {statement["Effect"] for statement in as_list(policy.get("Statement", [])) if _is_about(statement, context, provider, expands)}
    return effects == {"Allow"}


def trusts_caller(document, names):
    """Whether a policy lets a caller assume its role. A policy can name the caller in several ways: by session, role, or account.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    effects = set()
    for statement in as_list(strict_json.loads(document)["Statement"]):
        principal = statement.get("Principal", {})
        if "sts:AssumeRole" in as_list(statement.get("Action")) and (principal == "*" or names & set(as_list(principal.get("AWS", [])))):
            if set(statement) - ELEMENTS | {"Condition"} & set(statement):
                raise Unsupported("the local AWS does not support conditions in a trust policy for sts:AssumeRole")
            effects.add(statement["Effect"])
    return effects == {"Allow"}


def as_list(value):
    return value if isinstance(value, list) else [value]


def _is_about(statement, context, provider, expands):
    principal, conditions = statement.get("Principal", {}), statement.get("Condition", {})
    unknown = (set(statement) - ELEMENTS) | (set(conditions) - set(OPERATORS))
    if unknown:
        raise Unsupported(f"the local AWS does not support {', '.join(sorted(unknown))} in a trust policy")
    return ("sts:AssumeRoleWithWebIdentity" in as_list(statement["Action"])
            and (principal == "*" or provider in as_list(principal.get("Federated", [])))
            and all(_holds(OPERATORS[operator], as_list(expected), context.get(key.lower()), context, expands)
                    for operator, keys in conditions.items() for key, expected in keys.items()))


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


def _with_wildcards(text):
    return re.escape(text).replace(r"\*", ".*").replace(r"\?", ".")


OPERATORS = {"StringEquals": _equal, "StringLike": _like}
