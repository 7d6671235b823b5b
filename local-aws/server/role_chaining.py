"""AssumeRole by a session of another role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
"""
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from sessions import account_of, tags_of
from trust_policies import admits


def trusts(role_arn, session, tags, external_id=None):
    """Whether a role trusts a session, which passes session tags. moto knows a session only by its own ARN, which roles rarely trust."""
    names = {session.arn, session.role_arn, session.account_id, f"arn:aws:iam::{session.account_id}:root", "*"}
    context = {"aws:PrincipalArn": session.role_arn, "aws:PrincipalAccount": session.account_id}
    context |= {"sts:ExternalId": external_id} if external_id else {}
    context |= {f"aws:PrincipalTag/{key}": value for key, value in tags_of(session).items()}
    return trusts_principals(role_arn, {"AWS": names}, context, tags)


def trusts_principals(role_arn, principals, context, tags):
    """Whether a role exists and trusts a caller. Passing session tags is a permission of its own."""
    try:
        document = iam_backends[account_of(role_arn)]["aws"].get_role_by_arn(role_arn).assume_role_policy_document
    except NotFoundException:
        return False
    context = context | {f"aws:RequestTag/{key}": value for key, value in tags.items()}
    return all(admits(document, action, principals, context) for action in actions(tags))


def actions(tags):
    """What the caller must be allowed to do."""
    return ["sts:AssumeRole", "sts:TagSession"] if tags else ["sts:AssumeRole"]
