"""Evaluates trust policies of roles as IAM does.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""
import re

import policy_conditions
import strict_json
from policy_conditions import Unsupported

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
CHARACTERS = re.compile("[\t\n\r\u0020-\u00ff]+")
ELEMENTS = {"Sid", "Effect", "Principal", "Action", "Condition"}


class MalformedPolicyDocument(Exception):
    def __init__(self, why):
        super().__init__(f"MalformedPolicyDocument: {why}")


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


def admits(document, action, principals, context):
    """Whether a policy lets a caller perform an action, such as `sts:AssumeRole`, on its role.

    `principals` has the names of the caller by kind: `{"AWS": {...}}` for a role session, whose session, role, or account a policy can name.
    `context` has the condition keys of the request. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    policy = strict_json.loads(document)
    expands = policy.get("Version") == "2012-10-17"  # earlier versions of the policy language have no variables
    effects = {statement["Effect"] for statement in as_list(policy.get("Statement", []))
               if _is_about(statement, action, principals) and policy_conditions.hold(statement.get("Condition", {}), context, expands)}
    return effects == {"Allow"}


def names(document, action, principals):
    """Whether a policy allows an action to a principal, regardless of the conditions."""
    return any(statement["Effect"] == "Allow" and _is_about(statement, action, principals)
               for statement in as_list(strict_json.loads(document).get("Statement", [])))


def as_list(value):
    return value if isinstance(value, list) else [value]


def _is_about(statement, action, principals):
    unknown = set(statement) - ELEMENTS
    if unknown:
        raise Unsupported(f"the local AWS does not support {', '.join(sorted(unknown))} in a trust policy")
    principal = statement["Principal"]
    return any(_matches(pattern, action) for pattern in as_list(statement["Action"])) and (
        principal == "*" or any(names & set(as_list(principal.get(kind, []))) for kind, names in principals.items()))


def _matches(pattern, action):
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), action, re.IGNORECASE) is not None
