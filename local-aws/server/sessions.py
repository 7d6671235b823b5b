"""The role sessions for which STS has issued credentials, in every account."""
from moto.sts.models import sts_backends


def session_of(access_key_id):
    """The session with this access key, or None."""
    return next((session for backends in sts_backends.values() for backend in backends.values()
                 for session in backend.assumed_roles if session.access_key_id == access_key_id), None)
