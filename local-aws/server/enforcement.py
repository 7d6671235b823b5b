"""IAM decides on every request except those of a deployment: the policies of CDK's roles have conditions, which moto's IAM does not know."""
import re
import urllib.parse

import administrator
from front_door import UNSIGNED
from moto import settings
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import AccessDeniedError
from moto.eks.responses import EKSResponse
from moto.iam.access_control import IAMRequest, IAMRequestBase, S3IAMRequest
from moto.s3.exceptions import S3AccessDeniedError
from moto.sts.responses import TokenResponse
from policy_conditions import Unsupported
from sessions import session_of
from trust_policies import admits


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


def _trusted(request, role_arn):
    """Whether the role trusts the caller. moto knows a session only by its own ARN, which roles rarely trust."""
    session = session_of(request._access_key._access_key_id)
    if session is None:
        return False
    document = request.backend.get_role_by_arn(role_arn).assume_role_policy_document
    names = {session.arn, session.role_arn, session.account_id, f"arn:aws:iam::{session.account_id}:root", "*"}
    context = {"aws:PrincipalArn": session.role_arn, "aws:PrincipalAccount": session.account_id}
    try:
        return admits(document, "sts:AssumeRole", {"AWS": names}, context)
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
