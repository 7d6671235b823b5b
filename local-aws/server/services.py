"""The AWS services that are served: those that the scenario and the tests use.

moto has hundreds. Some start containers or send requests to other machines, and one that is no AWS service, /moto-api, resets all others.
"""
from front_door import refusal
from moto.moto_server.werkzeug_app import create_backend_app
from signatures import Refused

# the names in moto
SERVED = {"autoscaling", "cloudformation", "cloudtrail", "ec2", "eks", "iam", "awslambda", "logs", "s3", "secretsmanager", "ssm", "sts"}
NAMES = ", ".join(sorted("lambda" if service == "awslambda" else service for service in SERVED))


def create(service):
    """The WSGI application for the requests to a service of moto."""
    if service in SERVED:
        return create_backend_app(service)
    return refusal(Refused("AccessDenied", f"the local AWS does not serve this; it serves {NAMES}"))
