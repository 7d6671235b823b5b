"""The role sessions for which STS has issued credentials, in every account."""
from moto.sts.models import sts_backends


def session_of(access_key_id):
    """The session with this access key, or None."""
    return next((session for backends in sts_backends.values() for backend in backends.values()
                 for session in backend.assumed_roles if session.access_key_id == access_key_id), None)


def account_of(arn):
    """The AWS account in an ARN; empty if there is none."""
    return (arn.split(":") + [""] * 5)[4]


def start(region, name, role_arn, seconds, tags, policy=None):
    """A new session of a role, with session tags, and perhaps a session policy."""
    session = sts_backends[account_of(role_arn)]["aws"].assume_role(region, name, role_arn, policy, seconds, None)
    keep_tags(session, tags)
    return session


def keep_tags(session, tags):
    session.session_tags = tags


def tags_of(session):
    """The session tags. Those of the local AWS are all transitive."""
    return getattr(session, "session_tags", {})
