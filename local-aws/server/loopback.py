"""Small HTTP servers on the loopback interface, with requests and responses in JSON. Each answers only requests with its secret."""
import collections
import http.server
import json
import socket
import ssl
import threading

import guard

Server = collections.namedtuple("Server", ["port", "secret"])


class ReservedPort:
    """A reserved free port. Until it is released, only a server of the same user that sets SO_REUSEPORT can listen on it."""

    def __init__(self):
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._socket.bind(("127.0.0.1", 0))
        self.number = self._socket.getsockname()[1]

    def release(self):
        self._socket.close()


def serve_json(answer, certificate_file=None, key_file=None):
    """Serve answer(request body) -> response body on a free port. Requests carry the secret as a bearer token."""
    secret = guard.new_secret()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # so that the API server keeps its connections
        disable_nagle_algorithm = True  # it would delay the body until the API server has acknowledged the headers

        def do_POST(self):
            refusal = self._refusal()
            if refusal:
                self.close_connection = True  # the body is not read
                self._send(403, {"error": refusal})
            else:
                self._send(200, answer(json.loads(self.rfile.read(int(self.headers["Content-Length"])))))

        def _refusal(self):
            if not guard.is_same(f"Bearer {secret}", self.headers.get("Authorization")):
                return "the Authorization header must carry the secret of this run"
            if self.headers.get_content_type() != "application/json":
                return "the Content-Type header must be application/json"
            return guard.why_refused(self.headers, self.server.server_port)

        def _send(self, status, content):
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate_file:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate_file, key_file)
        # the handshake is done in the thread of the request, so that a client that never completes it does not block others
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return Server(server.server_port, secret)
