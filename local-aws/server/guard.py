"""Protects a server on the loopback interface from other users of this machine, and from web pages in a browser of the user who runs it.

A browser sends the origin of the page in Origin, and the host name of the URL in Host:
https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Origin
"""
import hmac
import secrets


def new_secret():
    return secrets.token_urlsafe(32)  # 256 bits


def is_same(secret, given):
    """Compares in constant time, so that the time reveals nothing about the secret."""
    return hmac.compare_digest(secret.encode(), (given or "").encode())


def why_refused(headers, port):
    """Why a request is refused, or None. Only 127.0.0.1 is accepted, no name: localhost may be [::1], where another user may listen."""
    if headers.get("Origin") is not None:
        return "requests with an Origin header are refused: web pages have no access"
    if headers.get("Host") != f"127.0.0.1:{port}":
        return f"the Host header must be 127.0.0.1:{port}"
    return None
