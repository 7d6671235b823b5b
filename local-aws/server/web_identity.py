"""AssumeRoleWithWebIdentity with the checks of STS on the token and the role's trust policy. moto accepts any token."""
import time

import permissions
import service_account_tokens
from iam.documents import as_list
from iam.principals import others
from issuers import issuers
from moto.iam.models import iam_backends
from moto.sts.exceptions import STSClientError
from moto.sts.responses import TokenResponse
from sessions import account_of


class InvalidIdentityToken(STSClientError):
    code = "InvalidIdentityToken"
    __module__ = "moto.sts.exceptions"


class ExpiredToken(STSClientError):
    code = "ExpiredTokenException"
    __module__ = "moto.sts.exceptions"


class AccessDenied(STSClientError):
    code = "AccessDenied"
    __module__ = "moto.sts.exceptions"


def verified_claims(token, backend, account):
    """The claims of the token, its issuer, and the ARN of its provider. Raises the error of STS if the token is not valid."""
    try:
        claims = service_account_tokens.unverified_claims(token)
        issuer = claims["iss"].removeprefix("https://")
    except Exception:
        raise InvalidIdentityToken("The ID Token provided is not a valid JWT.")
    provider = f"arn:aws:iam::{account}:oidc-provider/{issuer}"
    if provider not in backend.open_id_providers:
        raise InvalidIdentityToken(f"No OpenIDConnect provider found in your account for {claims['iss']}")
    if not set(as_list(claims["aud"])) & set(backend.open_id_providers[provider].client_id_list):
        raise InvalidIdentityToken("Incorrect token audience")
    if claims["iss"] not in issuers:
        raise InvalidIdentityToken("Couldn't retrieve verification key from your identity provider")
    if not service_account_tokens.is_signed_by(token, issuers[claims["iss"]].key):
        raise InvalidIdentityToken("Invalid token signature")
    now = int(time.time())
    if claims["exp"] <= now:
        raise ExpiredToken(f"Token expired: current date/time {now} must be before the expiration date/time {claims['exp']}")
    return claims, issuer, provider


def check(token, role_arn, account, session_name):
    """Raises the error of STS unless the role of the account can be assumed with the token, by a session with this name."""
    backend = iam_backends[account]["aws"]
    claims, issuer, provider = verified_claims(token, backend, account)
    context = {f"{issuer}:sub": claims["sub"], f"{issuer}:aud": as_list(claims["aud"])[0], "sts:RoleSessionName": session_name}
    if account_of(role_arn) != account or not permissions.trusts(role_arn, others({"Federated": provider}), "sts:AssumeRoleWithWebIdentity", context):
        raise AccessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity")


def install():
    assume = TokenResponse.assume_role_with_web_identity

    def assume_if_allowed(self):
        check(self._get_param("WebIdentityToken"), self._get_param("RoleArn"), self.current_account, self._get_param("RoleSessionName"))
        return assume(self)

    TokenResponse.assume_role_with_web_identity = assume_if_allowed
