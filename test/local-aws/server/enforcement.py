"""IAM decides on every call, but those of who deploys: moto's IAM knows no conditions, with which the policies of CDK's roles are full."""
from moto import settings
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import AccessDeniedError
from moto.iam.access_control import IAMRequest
from moto.sts.models import sts_backends


class UnauthorizedOperation(AccessDeniedError):
    """How EC2 says it, alone of all. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"""

    def __init__(self):
        super(AccessDeniedError, self).__init__("UnauthorizedOperation", "You are not authorized to perform this operation.")


def install():
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
    refuse = IAMRequest._raise_access_denied

    def refused(self):
        if self._service == "ec2":
            raise UnauthorizedOperation()
        refuse(self)

    IAMRequest._raise_access_denied = refused
    decide = ActionAuthenticatorMixin._authenticate_and_authorize_action

    def decided(self, *arguments):
        # a call without signature is one that needs no credentials, such as AssumeRoleWithWebIdentity
        key = self.headers.get("Authorization", "").partition("Credential=")[2].partition("/")[0]
        if key and not _deploys(key):
            decide(self, *arguments)

    ActionAuthenticatorMixin._authenticate_and_authorize_action = decided


def _deploys(key):
    """Whether the key is that of the account's root, or of a role of the CDK's."""
    return key == "test" or any(session.access_key_id == key and session.role_arn.rsplit("/", 1)[-1].startswith("cdk-")
                                for regions in sts_backends.values() for backend in regions.values() for session in backend.assumed_roles)
