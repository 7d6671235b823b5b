"""The EKS Pod Identity Agent of a cluster: an HTTP server from which its pods get their credentials.

On EKS, each node has one, at a link-local address. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
"""
import http.server
import json
import secrets
import threading
import time

import guard
from eks_errors import EksError
from loopback import ReservedPort

PATH = "/v1/credentials"


class PodIdentityAgent:
    """`assume_role` returns the session for a token, and when it ends. Connections are refused unless the agent runs."""

    def __init__(self, assume_role):
        self._assume_role, self._server = assume_role, None
        self._port = ReservedPort()
        self.uri = f"http://127.0.0.1:{self._port.number}{PATH}"

    @property
    def runs(self):
        return self._server is not None

    def start(self):
        if not self.runs:
            self._server = _Server(("127.0.0.1", self._port.number), _handler(self._answer))
            threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        if self.runs:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def release(self):
        self.stop()
        self._port.release()

    def _answer(self, token):
        """Status and body, as in https://github.com/aws/eks-pod-identity-agent."""
        if not token:
            return 400, "Service account token cannot be empty"
        try:
            session, ends = self._assume_role(token)
        except EksError as error:
            return error.status, f"[{secrets.token_hex(16)}]: ({error.code}): {error.message}, fault: client"
        return 200, json.dumps({
            "AccessKeyId": session.access_key_id, "SecretAccessKey": session.secret_access_key, "Token": session.session_token,
            "AccountId": session.account_id, "Expiration": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(ends))})


class _Server(http.server.ThreadingHTTPServer):
    allow_reuse_port, daemon_threads, block_on_close = True, True, False


def _handler(answer):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            elsewhere = guard.why_refused(self.headers, self.server.server_port)
            if elsewhere:
                status, body = 403, f"Access Denied. {elsewhere}"
            elif self.path != PATH:
                status, body = 404, "404 page not found"
            else:
                status, body = answer(self.headers.get("Authorization"))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    return Handler
