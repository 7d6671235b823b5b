"""IAM decides on every request except those of a deployment. moto's own decisions ignore conditions, boundaries, and most resources."""
import administrator
import identities
import permissions
import request_resources
import role_chaining
import session_tags
from front_door import UNSIGNED
from iam.operators import UnknownOperator
from moto import settings
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import AccessDeniedError
from moto.iam.access_control import IAMRequest, IAMRequestBase, PermissionResult, S3IAMRequest
from moto.s3.exceptions import S3AccessDeniedError
from moto.s3.models import FakeBucket
from moto.sts.responses import TokenResponse
from request_resources import Resource
from sessions import session_of, tags_of


class Refused(AccessDeniedError):
    def __init__(self, code, message):
        super(AccessDeniedError, self).__init__(code, message)


def install():
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
    refuse = IAMRequest._raise_access_denied

    def refused(self):
        if self._service == "ec2":  # EC2 has its own error code: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
            raise Refused("UnauthorizedOperation", "You are not authorized to perform this operation.")
        refuse(self)

    IAMRequest._raise_access_denied = refused
    IAMRequestBase.check_signature = lambda self: None  # the front door has verified it
    ActionAuthenticatorMixin.PUBLIC_OPERATIONS = []  # moto would allow each request with a header that names one of these operations of Cognito
    IAMRequestBase.check_action_permitted = _check
    FakeBucket.get_permission = lambda *_: PermissionResult.NEUTRAL  # the bucket policy has taken part in the decision
    decide = ActionAuthenticatorMixin._authenticate_and_authorize_action

    def decided(self, request_class, *arguments):
        key = self.headers.get("Authorization", "").partition("Credential=")[2].partition("/")[0]
        if key:
            if not _deploys(key):
                try:
                    decide(self, request_class, request_resources.of(self) or Resource(*arguments))
                except AccessDeniedError:
                    # The SDKs read the code from here for services with a JSON protocol; the response of moto is XML.
                    self.response_headers["x-amzn-errortype"] = "AccessDeniedException"
                    raise
        elif request_class is S3IAMRequest:
            raise S3AccessDeniedError()
        elif (type(self), self._get_action()) != (TokenResponse, UNSIGNED):
            raise Refused("MissingAuthenticationToken", "Request is missing Authentication Token")

    ActionAuthenticatorMixin._authenticate_and_authorize_action = decided


def _check(request, resource):
    if request._action == "sts:GetCallerIdentity":  # needs no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
        return
    try:
        allowed = _allows(request, resource)
    except UnknownOperator as error:
        raise Refused("AccessDenied", str(error)) from error
    if not allowed:
        request._raise_access_denied()


def _allows(request, resource):
    session = session_of(request._access_key._access_key_id)
    identity = identities.of_session(session) if session else identities.of_user(request._access_key)
    context = {"aws:RequestedRegion": request._region} | resource.context()
    if request._action != "sts:AssumeRole":
        return permissions.allows(identity, request._action, resource.arn, context)
    given, own = session_tags.requested(request._data), tags_of(session) if session else {}
    if set(given) & set(own):
        raise Refused("AccessDenied", "One of the specified tag keys is a transitive tag key of the calling session")
    context["sts:RoleSessionName"] = request._data["RoleSessionName"][0]
    return role_chaining.can_assume(identity, resource.arn, given | own, request._data.get("ExternalId", [None])[0], context)


def _deploys(key):
    """Whether the key belongs to the administrator, or to a session of a role of the CDK."""
    session = session_of(key)
    return key == administrator.ACCESS_KEY_ID or (session is not None and session.role_arn.rsplit("/", 1)[-1].startswith("cdk-"))
