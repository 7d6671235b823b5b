"""IAM decides on every request except those of a deployment: the policies of CDK's roles have conditions, which moto's IAM does not know."""
import re
import urllib.parse

import administrator
import permissions
import role_chaining
import session_tags
from front_door import UNSIGNED
from moto import settings
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import AccessDeniedError
from moto.eks.responses import EKSResponse
from moto.iam.access_control import IAMRequest, IAMRequestBase, S3IAMRequest
from moto.s3.exceptions import S3AccessDeniedError
from moto.sts.responses import TokenResponse
from policy_conditions import Unsupported
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
    IAMRequestBase._check_role_trust_relationship = _trusted
    IAMRequestBase._is_assuming_role_operation = _assumes_role
    check = IAMRequestBase.check_action_permitted

    def checked(self, resource):
        check(self, resource)
        session = session_of(self._access_key._access_key_id)
        if session is not None and self._action != "sts:GetCallerIdentity" and not permissions.session_policy_allows(session, self._action, resource):
            self._raise_access_denied()

    IAMRequestBase.check_action_permitted = checked
    decide = ActionAuthenticatorMixin._authenticate_and_authorize_action

    def decided(self, request_class, *arguments):
        key = self.headers.get("Authorization", "").partition("Credential=")[2].partition("/")[0]
        if key:
            if not _deploys(key):
                cluster = _cluster(self)
                decide(self, request_class, *([cluster] if cluster else arguments))
        elif request_class is S3IAMRequest:
            raise S3AccessDeniedError()
        elif (type(self), self._get_action()) != (TokenResponse, UNSIGNED):
            raise Refused("MissingAuthenticationToken", "Request is missing Authentication Token")

    ActionAuthenticatorMixin._authenticate_and_authorize_action = decided


def _assumes_role(request, resource):
    """For moto, only a role of the caller's own account is one."""
    return request._action == "sts:AssumeRole" and ":role/" in resource


def _trusted(request, role_arn):
    """Whether the role trusts the caller, with the session tags of the request and the transitive ones of the caller."""
    session = session_of(request._access_key._access_key_id)
    if session is None:
        return False
    given, own = session_tags.requested(request._data), tags_of(session)
    if set(given) & set(own):
        raise Refused("AccessDenied", "One of the specified tag keys is a transitive tag key of the calling session")
    try:
        return role_chaining.trusts(role_arn, session, given | own, request._data.get("ExternalId", [None])[0]) and (
            not given | own or permissions.allows(session, "sts:TagSession", role_arn))
    except Unsupported as error:
        raise Refused("AccessDenied", str(error)) from error


def _cluster(response):
    """The ARN of the cluster that a request to EKS is about, or None. For moto, such a request is about all resources."""
    match = isinstance(response, EKSResponse) and re.fullmatch(r"/clusters/([^/]+)", urllib.parse.urlsplit(response.uri).path)
    return f"arn:aws:eks:{response.region}:{response.current_account}:cluster/{match[1]}" if match else None


def _deploys(key):
    """Whether the key belongs to the administrator, or to a session of a role of the CDK."""
    session = session_of(key)
    return key == administrator.ACCESS_KEY_ID or (session is not None and session.role_arn.rsplit("/", 1)[-1].startswith("cdk-"))
