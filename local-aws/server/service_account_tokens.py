"""Reads the tokens of service accounts, and verifies their signature.

https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#schema-for-service-account-private-claims
"""
import base64
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding


def unverified_claims(token):
    """Raises an exception if the token is not a JSON Web Token."""
    _, payload, _ = token.split(".")
    return json.loads(_decoded(payload))


def is_signed_by(token, key):
    """Whether a token is signed with RS256 and a private key, whatever its header says."""
    signed, _, signature = token.rpartition(".")
    try:
        key.public_key().verify(_decoded(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return True
    except InvalidSignature:
        return False


def _decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
