"""AssumeRole, also by a session of another role. Passing session tags is a permission of its own.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
"""
import permissions
from iam import principals


def can_assume(identity, role_arn, tags, external_id=None, context=None):
    """Whether a caller can assume a role with session tags: its own policies and the trust policy of the role decide."""
    context = {**(context or {}), **_of_request(tags), **({"sts:ExternalId": external_id} if external_id else {})}
    return all(permissions.allows(identity, action, role_arn, context) for action in _actions(tags))


def service_can_assume(service, role_arn, tags, context):
    """Whether a role trusts an AWS service, which passes session tags."""
    caller = principals.others({"Service": service})
    return all(permissions.trusts(role_arn, caller, action, {**context, **_of_request(tags)}) for action in _actions(tags))


def _actions(tags):
    return ["sts:AssumeRole", "sts:TagSession"] if tags else ["sts:AssumeRole"]


def _of_request(tags):
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag"""
    return {f"aws:RequestTag/{key}": value for key, value in tags.items()} | ({"aws:TagKeys": list(tags)} if tags else {})
