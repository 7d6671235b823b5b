"""The resource-based policies of the local AWS: trust policies of roles, and bucket policies."""
import re

import strict_json
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from moto.s3.models import s3_backends
from sessions import account_of

BUCKET = re.compile(r"arn:[^:]+:s3:::([^/]+)(/.*)?", re.DOTALL)
ROLE = re.compile(r"arn:[^:]+:iam::[^:]*:role/.*")


def of(action, resource):
    """The policy of a resource that applies to an action, and the account of the resource; None where there is none."""
    if action.startswith("sts:") and ROLE.fullmatch(resource):
        return trust_policy(resource), account_of(resource)
    bucket = BUCKET.fullmatch(resource)
    if bucket and bucket[1] in s3_backends.bucket_accounts:
        partition, account = s3_backends.bucket_accounts[bucket[1]]
        policy = s3_backends[account][partition].get_bucket_policy(bucket[1])
        return strict_json.loads(policy) if policy else None, account
    return None, None


def trust_policy(role_arn):
    """None if the role does not exist."""
    try:
        return strict_json.loads(iam_backends[account_of(role_arn)]["aws"].get_role_by_arn(role_arn).assume_role_policy_document)
    except NotFoundException:
        return None
