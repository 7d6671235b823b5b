"""What IAM allows to the callers of the local AWS."""
import time

import resource_policies
from iam.context import Context
from iam.decisions import Decision, Policies, decide, decide_trust
from iam.policies import Request


def allows(identity, action, resource, context=None):
    """Whether all policies together allow an action of a caller on a resource. `context` has the condition keys of the request itself."""
    policy, account = resource_policies.of(action, resource)
    request = Request(action, resource, _context(identity.context | (context or {})))
    policies = Policies(identity.policies, identity.boundaries, identity.session_policies, policy, account)
    return decide(request, identity.caller, policies) is Decision.ALLOW


def trusts(role_arn, caller, action, context):
    """Whether a role exists, and its trust policy alone allows an action, such as `sts:AssumeRole`, of a caller without policies of its own."""
    policy = resource_policies.trust_policy(role_arn)
    return policy is not None and decide_trust(Request(action, role_arn, _context(context)), caller, policy) is Decision.ALLOW


def _context(values):
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-currenttime"""
    now = time.time()
    return Context({**values, "aws:CurrentTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now)), "aws:EpochTime": str(int(now))})
