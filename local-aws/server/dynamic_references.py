"""Dynamic references, {{resolve:service:key}}, in the strings of resolved properties.

They are resolved after the intrinsic functions, so a function can assemble a reference. The value of a reference is not resolved again.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
"""
import json
import re

from moto.secretsmanager.models import secretsmanager_backends
from moto.ssm.models import ssm_backends

REFERENCE = re.compile(r"\{\{resolve:(.*?)\}\}", re.DOTALL)
PARAMETER = re.compile(r"ssm:([A-Za-z0-9_.\-/]+)(?::([0-9]+))?")
SECRET = re.compile(r"secretsmanager:(arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+|[^:]+)(?::SecretString(?::([^:]*)(?::([^:]*)(?::([^:]*))?)?)?)?")


class UnresolvedReference(Exception):
    def __init__(self, reference):
        super().__init__(f"Could not resolve the dynamic reference {{{{resolve:{reference}}}}}")


def resolved(value, account, region):
    """The value with its references resolved at every depth. Keys of maps are not changed."""
    if isinstance(value, dict):
        return {key: resolved(item, account, region) for key, item in value.items()}
    if isinstance(value, list):
        return [resolved(item, account, region) for item in value]
    return REFERENCE.sub(lambda match: _referred(match[1], account, region), value) if isinstance(value, str) else value


def _referred(reference, account, region):
    # No supported resource type accepts ssm-secure, so it fails like an unknown service.
    for pattern, find in ((PARAMETER, _parameter), (SECRET, _secret)):
        match = pattern.fullmatch(reference)
        if match:
            try:
                return find(account, region, *match.groups())
            except Exception as error:
                raise UnresolvedReference(reference) from error
    raise UnresolvedReference(reference)


def _parameter(account, region, name, version):
    parameter = ssm_backends[account][region].get_parameter(f"{name}:{version}" if version else name)
    if parameter.parameter_type == "SecureString":
        raise ValueError("ssm refers to plain text alone")
    return parameter.value


def _secret(account, region, secret, key, stage, version):
    found = secretsmanager_backends[account][region].get_secret_value(secret, version or None, stage or ("" if version else "AWSCURRENT"))
    return json.loads(found["SecretString"])[key] if key else found["SecretString"]
