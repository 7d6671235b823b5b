"""Decides on a request by all policies that apply to it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""
import dataclasses
import enum
import re

from .policies import of_policies, of_resource_policy
from .principals import Grant

# Only the policy of a KMS key or of a role can allow a request, or delegate that to the policies of the caller:
# https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
GUARDED = {"kms": re.compile(r"arn:[^:]+:kms:[^:]*:[^:]*:key/.*"), "sts": re.compile(r"arn:[^:]+:iam::[^:]*:role/.*")}


class Decision(enum.Enum):
    ALLOW = "allow"
    EXPLICIT_DENY = "explicit deny"
    IMPLICIT_DENY = "implicit deny"


@dataclasses.dataclass(frozen=True)
class Policies:
    """The policies that apply to a request. What is None does not apply; an empty list allows nothing. Without an account, the resource is the caller's."""

    identity: list
    boundaries: list | None = None
    session: list | None = None
    resource: dict | None = None
    resource_account: str | None = None


def decide(request, caller, policies):
    """The decision on a request of a caller with policies of its own."""
    of_caller = of_policies(policies.identity, request)
    limits = [of_policies(documents, request) for documents in (policies.boundaries, policies.session) if documents is not None]
    of_resource = of_resource_policy(policies.resource or {}, request, caller, policies.boundaries is not None)
    if any(verdict.denies for verdict in (of_caller, *limits, of_resource)):
        return Decision.EXPLICIT_DENY
    within_limits = all(verdict.grants for verdict in limits)
    allowed_to_caller = of_caller.grants and within_limits
    if policies.resource_account not in (None, caller.account):
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
        return _allow(allowed_to_caller and of_resource.grants)
    if of_resource.grants == Grant.DIRECT or (of_resource.grants == Grant.LIMITED and within_limits):
        return Decision.ALLOW
    return _allow(allowed_to_caller and (of_resource.grants or not _is_guarded(request)))


def decide_trust(request, caller, document):
    """The decision on a request of a caller without policies, such as a service, by the trust policy of a role alone."""
    verdict = of_resource_policy(document, request, caller)
    return Decision.EXPLICIT_DENY if verdict.denies else _allow(verdict.grants)


def _is_guarded(request):
    resource = GUARDED.get(request.action.partition(":")[0].lower())
    return resource is not None and resource.fullmatch(request.resource) is not None


def _allow(allowed):
    return Decision.ALLOW if allowed else Decision.IMPLICIT_DENY
