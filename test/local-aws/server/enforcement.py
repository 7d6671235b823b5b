"""IAM decides on every call, but those of who deploys: moto's IAM knows no conditions, with which the policies of CDK's roles are full."""
from moto import settings
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import AccessDeniedError
from moto.iam.access_control import IAMRequest, S3IAMRequest
from moto.s3.exceptions import S3AccessDeniedError
from moto.sts.models import sts_backends
from moto.sts.responses import TokenResponse

# Whose caller has no credentials yet. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
WITHOUT_CREDENTIALS = (TokenResponse, "AssumeRoleWithWebIdentity")


class Refused(AccessDeniedError):
    def __init__(self, code, message):
        super(AccessDeniedError, self).__init__(code, message)


def install():
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
    refuse = IAMRequest._raise_access_denied

    def refused(self):
        if self._service == "ec2":  # which says it in words of its own: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
            raise Refused("UnauthorizedOperation", "You are not authorized to perform this operation.")
        refuse(self)

    IAMRequest._raise_access_denied = refused
    decide = ActionAuthenticatorMixin._authenticate_and_authorize_action

    def decided(self, request_class, *arguments):
        key = self.headers.get("Authorization", "").partition("Credential=")[2].partition("/")[0]
        if key:
            if not _deploys(key):
                decide(self, request_class, *arguments)
        elif request_class is S3IAMRequest:
            raise S3AccessDeniedError()  # to anybody at all; what is signed in its query is not understood here
        elif (type(self), self._get_action()) != WITHOUT_CREDENTIALS:
            raise Refused("MissingAuthenticationToken", "Request is missing Authentication Token")

    ActionAuthenticatorMixin._authenticate_and_authorize_action = decided


def _deploys(key):
    """Whether the key is that of the account's root, or of a role of the CDK's."""
    return key == "test" or any(session.access_key_id == key and session.role_arn.rsplit("/", 1)[-1].startswith("cdk-")
                                for regions in sts_backends.values() for backend in regions.values() for session in backend.assumed_roles)
