"""Checks every request to AWS before moto gets it."""
import io
import urllib.parse

import guard
import signatures
from moto.core.request import EnvironHeaders
from signatures import Refused
from werkzeug.wrappers import Response

# Its caller has no credentials yet. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
UNSIGNED = "AssumeRoleWithWebIdentity"


class FrontDoor:
    """A WSGI application in front of another. Only signed requests from programs on this machine reach the other."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        try:
            self._check(environ)
        except Refused as error:
            return refusal(error)(environ, start_response)
        return self.application(environ, start_response)

    def _check(self, environ):
        headers, body = EnvironHeaders(environ), _body_of(environ)
        elsewhere = guard.why_refused(headers, environ["SERVER_PORT"])
        if elsewhere:
            raise Refused("AccessDenied", elsewhere)
        if "Authorization" in headers:
            signatures.verify(environ["REQUEST_METHOD"], environ["RAW_URI"], headers, body)
        elif not _needs_no_signature(environ, body):
            raise Refused("MissingAuthenticationToken", "Request is missing Authentication Token")


def _body_of(environ):
    """The body is read to its end even if the request is refused, because the rest could be taken for another request."""
    stream = environ["wsgi.input"]
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal():
        raise Refused("IncompleteSignature", "the Content-Length header must be a number")
    body = stream.read() if environ.get("wsgi.input_terminated") else stream.read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _needs_no_signature(environ, body):
    """True for a plain form with exactly this one action, sent to the root, without a header with which moto would send it to another service."""
    form = urllib.parse.parse_qs(body.decode(errors="replace"))
    plain = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() == "application/x-www-form-urlencoded" and not (
        {"HTTP_X_AMZ_TARGET", "HTTP_CONTENT_ENCODING"} & set(environ))
    return plain and (environ["REQUEST_METHOD"], environ["RAW_URI"], form.get("Action")) == ("POST", "/", [UNSIGNED])


def refusal(error):
    """A response in which every AWS SDK finds the code: in the header for services with a JSON protocol, in the body for others."""
    body = f"<ErrorResponse><Error><Code>{error.code}</Code><Message>{error}</Message></Error></ErrorResponse>"
    return Response(body, 403, {"x-amzn-errortype": error.code}, content_type="text/xml")
