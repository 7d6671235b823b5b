"""What tests ask of the local AWS, and AWS does not offer: POST {"do": <name of a function below>, ...} to the control port."""
import os
import secrets
import traceback

import control_plane
from loopback import serve_json
from moto.iam.models import iam_backends
from moto.sts.models import sts_backends

ACCOUNT, REGION = "123456789012", "us-west-2"


def serve(jwks_dir):
    """Serve the requests, and return the port."""

    def answer(request):
        try:
            arguments = {key: value for key, value in request.items() if key != "do"}
            return {"answer": REQUESTS[request["do"]](jwks_dir=jwks_dir, **arguments)}
        except Exception as error:
            traceback.print_exc()
            return {"error": str(error)}

    return serve_json(answer)


def start_cluster(name, jwks_dir):
    issuer = f"https://oidc.eks.{REGION}.amazonaws.com/id/{secrets.token_hex(16).upper()}"
    return describe(control_plane.ControlPlane(name, issuer, jwks_dir, REGION))


def describe_cluster(name, **_):
    return describe(control_plane.clusters[name])


def stop_cluster(name, **_):
    control_plane.clusters[name].stop()


def kill_api_server(name, **_):
    control_plane.clusters[name].kill_api_server()


def start_api_server(name, **_):
    control_plane.clusters[name].start_api_server()


def credentials(role, **_):
    """Credentials of a role, which is made where it is missing."""
    iam = iam_backends[ACCOUNT]["aws"]
    if not any(existing.name == role for existing in iam.roles.values()):
        iam.create_role(role, "{}", "/", None, "", {}, 3600)
    arn = iam.get_role(role).arn
    assumed = sts_backends[ACCOUNT]["aws"].assume_role(REGION, "test", arn, None, 3600, None)
    return {"roleArn": arn, "AWS_ACCESS_KEY_ID": assumed.access_key_id, "AWS_SECRET_ACCESS_KEY": assumed.secret_access_key,
            "AWS_SESSION_TOKEN": assumed.session_token}


def grant(name, role_arn, **_):
    control_plane.clusters[name].grant(role_arn, ["AmazonEKSClusterAdminPolicy"])


def processes(**_):
    """The ids of all that runs here, this process included."""
    return [os.getpid()] + [process.pid for plane in control_plane.clusters.values() for process in plane.processes.values()]


def describe(plane):
    return {"endpoint": plane.endpoint, "certificateAuthority": plane.ca, "adminToken": plane.admin_token, "kubeconfig": plane.kubeconfig}


REQUESTS = {request.__name__: request for request in (
    start_cluster, describe_cluster, stop_cluster, kill_api_server, start_api_server, credentials, grant, processes)}
