"""The node that an instance of a managed nodegroup registers."""
from moto.ec2.models.instance_types import INSTANCE_TYPES
from nodes import Node

# https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html
EFFECTS = {"NO_SCHEDULE": "NoSchedule", "NO_EXECUTE": "NoExecute", "PREFER_NO_SCHEDULE": "PreferNoSchedule"}


def node_of(instance, nodegroup):
    """`nodegroup` is moto's."""
    known = INSTANCE_TYPES.get(instance.instance_type, {})
    return Node(
        name=instance.private_dns_name, provider_id=f"aws:///{instance.availability_zone}/{instance.id}", labels=_labels(instance, nodegroup),
        taints=[{"key": taint["key"], "effect": EFFECTS[taint["effect"]]} | ({"value": taint["value"]} if taint.get("value") else {}) for taint in nodegroup.taints],
        cpus=known.get("VCpuInfo", {}).get("DefaultVCpus", 2), memory=known.get("MemoryInfo", {}).get("SizeInMiB", 4096))


def _labels(instance, nodegroup):
    return {
        "kubernetes.io/arch": "arm64" if "ARM_64" in nodegroup.ami_type.upper() else "amd64",
        "node.kubernetes.io/instance-type": instance.instance_type,
        "topology.kubernetes.io/region": nodegroup.region,
        "topology.kubernetes.io/zone": instance.availability_zone,
        "eks.amazonaws.com/nodegroup": nodegroup.nodegroup_name,
        "eks.amazonaws.com/capacityType": nodegroup.capacity_type,
    } | (nodegroup.labels or {})
