"""What the policies of a role session allow."""
from moto.iam.access_control import IAMPolicy, PermissionResult, create_access_key


def allows(session, action, resource):
    """Whether the policies of the role, and the session policy, allow an action on a resource."""
    key = create_access_key(session.account_id, session.partition, session.access_key_id, {"X-Amz-Security-Token": session.session_token})
    return _allow(key.collect_policies(), action, resource) and session_policy_allows(session, action, resource)


def session_policy_allows(session, action, resource):
    """The permissions of a session are the intersection of those of its role and of its session policy, if it has one.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
    """
    return not session.policy or _allow([session.policy], action, resource)


def _allow(policies, action, resource):
    results = {IAMPolicy(policy).is_action_permitted(action, resource) for policy in policies}
    return PermissionResult.PERMITTED in results and PermissionResult.DENIED not in results
