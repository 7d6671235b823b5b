"""Who may ask a server on loopback: other users of this machine reach it, and so do web pages in a browser of whoever runs it.

A browser names the page in Origin, and the name by which it has found the server in Host:
https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Origin
"""
import hmac
import secrets


def new_secret():
    return secrets.token_urlsafe(32)  # 256 bits


def is_same(secret, given):
    """Takes as long for a guess that is almost right as for any other."""
    return hmac.compare_digest(secret.encode(), (given or "").encode())


def foreign(headers, port):
    """Why a request comes from elsewhere, or None. No name stands for 127.0.0.1: localhost may be [::1], where another user may listen."""
    if headers.get("Origin") is not None:
        return "requests with an Origin header are refused: web pages have no access"
    if headers.get("Host") != f"127.0.0.1:{port}":
        return f"the Host header must be 127.0.0.1:{port}"
    return None
