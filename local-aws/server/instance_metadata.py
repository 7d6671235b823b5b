"""The instance metadata service (IMDS) of the nodes of a nodegroup, with the options of its launch template.

The response with a session token travels no further than the hop limit: the node itself is one hop away, a pod two. So there are two
servers, one for the node and one for its pods. A request from beyond the hop limit gets no answer. The first part of each path is a
secret: the AWS CLI, for example, appends its paths to AWS_EC2_METADATA_SERVICE_ENDPOINT and so sends the secret.
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
"""
import http.server
import json
import secrets
import threading
import time

import guard
from moto.sts.models import sts_backends

# What Amazon Linux 2023 uses for an option that the launch template does not set:
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html#instance-metadata-options-order-of-precedence
DEFAULTS = {"HttpEndpoint": "enabled", "HttpTokens": "required", "HttpPutResponseHopLimit": 2}
CREDENTIALS = "/latest/meta-data/iam/security-credentials/"


class InstanceMetadata:
    def __init__(self, account, region, role_arn, launch_template_options):
        """`launch_template_options` returns the current MetadataOptions of the launch template."""
        self.account, self.region, self.role_arn = account, region, role_arn
        self.options = lambda: DEFAULTS | launch_template_options()
        self.sessions = set()
        self.doors = {hops: _serve(self, hops) for hops in (1, 2)}

    def environment_of_nodes(self):
        return self._environment(1)

    def environment_of_pods(self):
        return self._environment(2)

    def stop(self):
        for door in self.doors.values():
            door.shutdown()
            door.server_close()

    def answer(self, method, path, headers, hops):
        """Status and body, or None if the answer does not arrive."""
        options = self.options()
        if options["HttpEndpoint"] != "enabled":
            return 403, ""
        if method == "PUT" and path == "/latest/api/token":
            if hops > int(options["HttpPutResponseHopLimit"]):
                return None
            self.sessions.add(token := secrets.token_urlsafe(32))
            return 200, token
        if headers.get("X-aws-ec2-metadata-token") not in self.sessions and options["HttpTokens"] == "required":
            return 401, ""
        role = self.role_arn.rsplit("/", 1)[-1]
        if path == CREDENTIALS:
            return 200, role
        if path == CREDENTIALS + role:
            return 200, json.dumps(self._credentials())
        if path == "/latest/meta-data/placement/region":
            return 200, self.region
        return 404, ""

    def _environment(self, hops):
        # the AWS CLI waits for one second by default, which is too short on a busy machine
        door = self.doors[hops]
        return {"AWS_EC2_METADATA_SERVICE_ENDPOINT": f"http://127.0.0.1:{door.server_port}/{door.secret}", "AWS_METADATA_SERVICE_TIMEOUT": "20"}

    def _credentials(self):
        session = sts_backends[self.account]["aws"].assume_role(self.region, "i-" + secrets.token_hex(8), self.role_arn, None, 3600, None)
        expires = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
        return {"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": session.access_key_id, "SecretAccessKey": session.secret_access_key,
                "Token": session.session_token, "Expiration": expires}


def _serve(metadata, hops):
    class Handler(http.server.BaseHTTPRequestHandler):
        def _answer(self):
            given, _, path = self.path.removeprefix("/").partition("/")
            if guard.why_refused(self.headers, self.server.server_port) or not guard.is_same(self.server.secret, given):
                answer = 403, ""
            else:
                answer = metadata.answer(self.command, "/" + path, self.headers, hops)
            if answer is None:
                self.close_connection = True
                return
            self.send_response(answer[0])
            self.send_header("Content-Length", str(len(answer[1])))
            self.end_headers()
            self.wfile.write(answer[1].encode())

        do_GET = do_PUT = _answer

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.secret = guard.new_secret()
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
