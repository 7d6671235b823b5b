"""Verifies Signature Version 4 of a request as AWS does. moto verifies only some signatures, and takes the headers of a GET for its body.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""
import calendar
import hashlib
import hmac
import re
import time

import administrator
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.iam.models import iam_backends
from sessions import session_of

AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/,\s]+)/(\d{8})/([^/,\s]+)/([^/,\s]+)/aws4_request, *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})")
# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
UNKNOWN_KEY = {"s3": "InvalidAccessKeyId", "ec2": "AuthFailure"}


VALID = 15 * 60  # seconds


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def verify(method, target, headers, body):
    """Raises Refused unless the request is signed with the secret of its access key."""
    match = AUTHORIZATION.fullmatch(headers["Authorization"])
    if not match:
        raise Refused("IncompleteSignature", "the Authorization header must be a Signature Version 4: AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...")
    key, date, region, service, names, signature = match.groups()
    signed = {name: headers.get(name, "") for name in names.split(";")}
    if "host" not in signed or not signed.get("x-amz-date", "").startswith(date):
        raise Refused("IncompleteSignature", "the Host and X-Amz-Date headers must be signed")
    if abs(time.time() - _seconds(signed["x-amz-date"])) > VALID:
        raise Refused("RequestExpired", "the request is signed more than 15 minutes ago, or ahead")
    credentials = _credentials_of(key, headers.get("X-Amz-Security-Token"))
    if credentials is None:
        raise Refused(UNKNOWN_KEY.get(service, "InvalidClientTokenId"), "the local AWS has given out no such access key")
    request = AWSRequest(method, target, signed, body)
    request.context["timestamp"] = signed["x-amz-date"]
    auth = (S3SigV4Auth if service == "s3" else SigV4Auth)(credentials, service, region)
    expected = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    if not hmac.compare_digest(expected, signature):
        raise Refused("SignatureDoesNotMatch", "the signature is not made with the secret of the access key")
    digest = signed.get("x-amz-content-sha256", "")
    is_digest = re.fullmatch("[0-9a-f]{64}", digest)
    if digest and not is_digest and service != "s3":
        raise Refused("IncompleteSignature", "only Amazon S3 takes a payload that is not signed")
    if is_digest and digest != hashlib.sha256(body).hexdigest():
        raise Refused("XAmzContentSHA256Mismatch", "the body is not the one that is signed")


def _seconds(date):
    try:
        return calendar.timegm(time.strptime(date, "%Y%m%dT%H%M%SZ"))
    except ValueError:
        return 0


def _credentials_of(access_key_id, session_token):
    if access_key_id == administrator.ACCESS_KEY_ID:
        return Credentials(access_key_id, administrator.SECRET_ACCESS_KEY)
    session = session_of(access_key_id)
    if session is not None:
        return Credentials(access_key_id, session.secret_access_key, session.session_token) if session.session_token == session_token else None
    secrets = (key.secret_access_key for backends in iam_backends.values() for backend in backends.values()
               for user in backend.users.values() for key in user.access_keys if key.access_key_id == access_key_id)
    return next((Credentials(access_key_id, secret) for secret in secrets), None)
