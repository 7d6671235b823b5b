"""The resources of requests that moto takes for requests about all resources, and their tags.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""
import re
import typing
import urllib.parse

from moto.autoscaling.models import autoscaling_backends
from moto.autoscaling.responses import AutoScalingResponse
from moto.eks.models import eks_backends
from moto.eks.responses import EKSResponse
from moto.secretsmanager.models import secretsmanager_backends
from moto.secretsmanager.responses import SecretsManagerResponse
from moto.ssm.responses import SimpleSystemManagerResponse


class Resource(typing.NamedTuple):
    arn: str = "*"
    tags: dict = {}
    tag_keys: tuple = ("aws:ResourceTag",)  # the prefixes of the condition keys for the tags

    def context(self):
        """The condition keys that say something about the resource."""
        return {f"{prefix}/{key}": value for prefix in self.tag_keys for key, value in self.tags.items()}


def of(response):
    """The cluster, nodegroup, Auto Scaling group, parameter, or secret that a request is about, or None."""
    kind = next((kind for kind in RESOURCES if isinstance(response, kind)), None)
    return RESOURCES[kind](response, f"{response.region}:{response.current_account}") if kind else None


def _eks(response, place):
    match = re.fullmatch(r"/clusters/([^/]+)(/node-groups(/([^/]+)(/update-config)?)?)?", urllib.parse.urlsplit(response.uri).path)
    if not match:
        return None
    cluster = eks_backends[response.current_account][response.region].clusters.get(match[1])
    if not match[4]:
        return Resource(f"arn:aws:eks:{place}:cluster/{match[1]}", cluster.tags or {} if cluster else {})
    nodegroup = cluster.nodegroups.get(match[4]) if cluster else None
    return Resource(nodegroup.arn, nodegroup.tags or {}) if nodegroup else Resource(f"arn:aws:eks:{place}:nodegroup/{match[1]}/{match[4]}/*")


def _auto_scaling_group(response, place):
    """A request that describes groups is about all of them: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html"""
    name, instance = response._get_param("AutoScalingGroupName"), response._get_param("InstanceId")
    if response._get_action().startswith("Describe") or not (name or instance):
        return None
    groups = autoscaling_backends[response.current_account][response.region].autoscaling_groups
    group = groups.get(name) if name else next(
        (group for group in groups.values() if any(state.instance.id == instance for state in group.instance_states)), None)
    if not group:
        return Resource(f"arn:aws:autoscaling:{place}:autoScalingGroup:*:autoScalingGroupName/{name or '*'}")
    return Resource(group.arn, {tag["Key"]: tag["Value"] for tag in group.tags}, ("aws:ResourceTag", "autoscaling:ResourceTag"))


def _parameter(response, place):
    name = response._get_param("Name") if response._get_action().endswith("Parameter") else None
    if name is None:
        return None
    return Resource(name if name.startswith("arn:") else f"arn:aws:ssm:{place}:parameter/{name.removeprefix('/')}")


def _secret(response, _):
    secret = response._get_param("SecretId")
    found = secretsmanager_backends[response.current_account][response.region].secrets.get(secret) if secret else None
    return Resource(found.arn) if found else None


RESOURCES = {EKSResponse: _eks, AutoScalingResponse: _auto_scaling_group, SimpleSystemManagerResponse: _parameter, SecretsManagerResponse: _secret}
