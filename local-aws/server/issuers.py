"""The OIDC issuers of clusters. Each signs the tokens of its service accounts with a key that STS knows."""
import base64
import json
import secrets
import time
import uuid

from certificates import new_key
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

issuers: dict = {}  # by URL


class Issuer:
    def __init__(self, region):
        self.url = f"https://oidc.eks.{region}.amazonaws.com/id/{secrets.token_hex(16).upper()}"
        self.key = new_key()
        issuers[self.url] = self

    def token(self, namespace, account, audience="sts.amazonaws.com", lifetime=3600, key=None, pod="pod"):
        """A token as Kubernetes creates it for a pod, or for no pod. `key` signs a forged token instead of the issuer's key."""
        now = int(time.time())
        claims = {"iss": self.url, "sub": f"system:serviceaccount:{namespace}:{account}", "aud": [audience],
                  "iat": now + min(lifetime, 0), "exp": now + lifetime,
                  "kubernetes.io": {"namespace": namespace, "serviceaccount": {"name": account, "uid": str(uuid.uuid4())}} | (
                      {"pod": {"name": pod, "uid": str(uuid.uuid4())}} if pod else {})}
        signed = ".".join(encode(json.dumps(part).encode()) for part in ({"alg": "RS256", "typ": "JWT"}, claims))
        return f"{signed}.{encode((key or self.key).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def encode(part):
    return base64.urlsafe_b64encode(part).decode().rstrip("=")
