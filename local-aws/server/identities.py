"""The callers of the local AWS, with the policies that they have, and what condition keys say about them."""
import dataclasses
import json

from iam import principals
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from sessions import tags_of


@dataclasses.dataclass(frozen=True)
class Identity:
    """`boundaries` and `session_policies` are None if the caller has none."""

    caller: principals.Caller
    policies: list
    context: dict
    boundaries: list | None = None
    session_policies: list | None = None


def of_session(session):
    """A role session. Its tags replace the tags of its role: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html"""
    role = _role(session)
    tags = {tag["Key"]: tag["Value"] for tag in role.tags} if role else {}
    return Identity(
        principals.role_session(session.role_arn, session.arn, session.account_id),
        [json.loads(document) for document in role.policies.values()] + [_document(policy) for policy in role.managed_policies.values()] if role else [],
        {**_context(session.role_arn, session.account_id), **{f"aws:PrincipalTag/{key}": value for key, value in (tags | tags_of(session)).items()}},
        [_boundary(session, role.permissions_boundary_arn)] if role and role.permissions_boundary_arn else None,
        [json.loads(session.policy)] if session.policy else None)


def of_user(access_key):
    """An IAM user, by its access key in moto."""
    policies = [json.loads(policy["policy_document"]) if isinstance(policy, dict) else _document(policy) for policy in access_key.collect_policies()]
    return Identity(principals.user(access_key.arn, access_key.account_id), policies, _context(access_key.arn, access_key.account_id))


def _role(session):
    """The role of a session, or None: a session outlives its role, but then has no permissions."""
    try:
        return _iam(session).get_role_by_arn(session.role_arn)
    except NotFoundException:
        return None


def _boundary(session, arn):
    """A permissions boundary that does not exist allows nothing."""
    try:
        return _document(_iam(session).get_policy(arn))
    except NotFoundException:
        return {}


def _iam(session):
    return iam_backends[session.account_id][session.partition]


def _document(policy):
    return json.loads(next(version.document for version in policy.versions if version.is_default))


def _context(arn, account):
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    return {"aws:PrincipalArn": arn, "aws:PrincipalAccount": account}
