"""The resources of requests that moto takes for requests about all resources.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""
import re
import urllib.parse

from moto.eks.responses import EKSResponse
from moto.secretsmanager.models import secretsmanager_backends
from moto.secretsmanager.responses import SecretsManagerResponse
from moto.ssm.responses import SimpleSystemManagerResponse


def of(response):
    """The ARN of the cluster, parameter, or secret that a request is about, or None."""
    kind = next((kind for kind in ARNS if isinstance(response, kind)), None)
    return ARNS[kind](response, f"{response.region}:{response.current_account}") if kind else None


def _cluster(response, place):
    match = re.fullmatch(r"/clusters/([^/]+)", urllib.parse.urlsplit(response.uri).path)
    return f"arn:aws:eks:{place}:cluster/{match[1]}" if match else None


def _parameter(response, place):
    name = response._get_param("Name") if response._get_action().endswith("Parameter") else None
    return name if name is None or name.startswith("arn:") else f"arn:aws:ssm:{place}:parameter/{name.removeprefix('/')}"


def _secret(response, _):
    secret = response._get_param("SecretId")
    found = secretsmanager_backends[response.current_account][response.region].secrets.get(secret) if secret else None
    return found.arn if found else None


ARNS = {EKSResponse: _cluster, SimpleSystemManagerResponse: _parameter, SecretsManagerResponse: _secret}
