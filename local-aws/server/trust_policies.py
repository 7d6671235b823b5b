"""Checks trust policies of roles as IAM does.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""
import re

import strict_json
from iam.context import Context
from iam.decisions import Decision, decide_trust
from iam.documents import as_list
from iam.operators import UnknownOperator, named
from iam.policies import Request
from iam.principals import others

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
CHARACTERS = re.compile("[\t\n\r\u0020-\u00ff]+")
# a trust policy is about its own role, and names who may assume it:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
PROHIBITED = ("Resource", "NotResource", "NotPrincipal")
ELEMENTS = {"Sid", "Effect", "Principal", "Action", "NotAction", "Condition", *PROHIBITED}


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
        if not isinstance(statement, dict) or statement.get("Effect") not in ("Allow", "Deny") or not set(statement) <= ELEMENTS:
            raise MalformedPolicyDocument("Syntax errors in policy.")
        conditions = statement.get("Condition", {})
        if not isinstance(conditions, dict) or not all(isinstance(keys, dict) and _is_known(operator) for operator, keys in conditions.items()):
            raise MalformedPolicyDocument("Syntax errors in policy.")
        if not {"Action", "NotAction"} & set(statement):
            raise MalformedPolicyDocument("Policy statement must contain actions.")
        if not {"Principal", "NotPrincipal"} & set(statement):
            raise MalformedPolicyDocument("AssumeRole policy must contain principals.")
        for element in PROHIBITED:
            if element in statement:
                raise MalformedPolicyDocument(f"Has prohibited field {element}")


def names_service(document, action, service):
    """Whether a policy allows an action to a service, regardless of the conditions."""
    policy = strict_json.loads(document)
    unconditional = [{**statement, "Condition": {}} for statement in as_list(policy.get("Statement", [])) if statement["Effect"] == "Allow"]
    request = Request(action, "*", Context({}))
    return decide_trust(request, others({"Service": service}), {**policy, "Statement": unconditional}) is Decision.ALLOW


def _is_known(operator):
    try:
        return operator == "Null" or named(operator) is not None
    except UnknownOperator:
        return False
