"""Authenticates a bearer token as EKS does.

The token is a presigned GetCallerIdentity URL. EKS sends the request to STS; here the signature is verified with the secret key that the
local STS issued. The name of the cluster is signed, too, so a token for one cluster is not valid for another.
"""
import base64
import datetime
import hmac
import urllib.parse

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from sessions import session_of

EMPTY_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def session_of_token(token, cluster_name):
    """The role session that signed the token; raises ValueError if the token is not valid."""
    encoded = token.removeprefix("k8s-aws-v1.")
    if encoded == token:
        raise ValueError("not an EKS token")
    parts = urllib.parse.urlsplit(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode())
    query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
    if query.get("Action") != "GetCallerIdentity":
        raise ValueError("not a GetCallerIdentity URL")
    access_key, _, region, service, _ = query["X-Amz-Credential"].split("/")
    session = session_of(access_key)
    if session is None or service != "sts":
        raise ValueError("unknown access key")
    if "x-k8s-aws-id" not in query["X-Amz-SignedHeaders"].split(";"):
        raise ValueError("the cluster's name is not signed")
    signed_at = datetime.datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    age = (datetime.datetime.now(datetime.timezone.utc) - signed_at).total_seconds()
    if not -300 < age < min(int(query["X-Amz-Expires"]), 900):
        raise ValueError("expired")
    _verify(parts, query, session, region, cluster_name)
    return session


def _verify(parts, query, session, region, cluster_name):
    signature = query.pop("X-Amz-Signature")
    url = f"{parts.scheme}://{parts.netloc}{parts.path}?" + urllib.parse.urlencode(query, quote_via=urllib.parse.quote)
    request = AWSRequest("GET", url, headers={"x-k8s-aws-id": cluster_name, "host": parts.netloc})
    request.context["timestamp"] = query["X-Amz-Date"]
    encode = lambda text: urllib.parse.quote(text, safe="-_.~")
    canonical = "\n".join([
        "GET", parts.path or "/",
        "&".join(f"{encode(name)}={encode(value)}" for name, value in sorted(query.items())),
        "".join(f"{header}:{request.headers[header]}\n" for header in query["X-Amz-SignedHeaders"].split(";")),
        query["X-Amz-SignedHeaders"], EMPTY_BODY])
    auth = SigV4QueryAuth(Credentials(session.access_key_id, session.secret_access_key), "sts", region)
    if not hmac.compare_digest(auth.signature(auth.string_to_sign(request, canonical), request).encode(), signature.encode()):
        raise ValueError("the signature does not match")
