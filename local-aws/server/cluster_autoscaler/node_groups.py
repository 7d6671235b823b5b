"""The Auto Scaling groups that Cluster Autoscaler manages, with the AWS calls that the real one sends about them.

https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/aws
"""
import functools

import boto3

client = functools.lru_cache(boto3.client)


def instance_types():
    pages = client("ec2").get_paginator("describe_instance_types").paginate()
    return {one["InstanceType"]: one for page in pages for one in page["InstanceTypes"]}


def filters_of(spec):
    """The filters of a value of --node-group-auto-discovery, such as asg:tag=eks:cluster-name=reports"""
    tags = [tag.partition("=") for tag in spec.removeprefix("asg:tag=").split(",")]
    return [{"Name": f"tag:{key}", "Values": [value]} if value else {"Name": "tag-key", "Values": [key]} for key, _, value in tags]


def discover(filters):
    pages = client("autoscaling").get_paginator("describe_auto_scaling_groups").paginate(Filters=filters, PaginationConfig={"PageSize": 100})
    groups = [NodeGroup(group) for page in pages for group in page["AutoScalingGroups"]]
    for group in groups:
        if group.desired > len(group.instances):
            client("autoscaling").describe_scaling_activities(AutoScalingGroupName=group.name)
    for group in groups:
        group.find_instance_type()
    return groups


class NodeGroup:
    def __init__(self, described):
        self.name, self.minimum, self.maximum, self.desired = (described[key] for key in ("AutoScalingGroupName", "MinSize", "MaxSize", "DesiredCapacity"))
        self.instances = {f"aws:///{instance['AvailabilityZone']}/{instance['InstanceId']}" for instance in described["Instances"]}
        self.instance_type = None
        self._described = described
        self._tags = {tag["Key"]: tag["Value"] for tag in described["Tags"]}

    def find_instance_type(self):
        policy = self._described.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {})
        if "LaunchConfigurationName" in self._described:
            name = self._described["LaunchConfigurationName"]
            found = client("autoscaling").describe_launch_configurations(LaunchConfigurationNames=[name])["LaunchConfigurations"]
            self.instance_type = found[0]["InstanceType"]
        elif policy.get("Overrides"):
            self.instance_type = policy["Overrides"][0]["InstanceType"]
        else:
            template = self._described.get("LaunchTemplate") or policy["LaunchTemplateSpecification"]
            found = client("ec2").describe_launch_template_versions(LaunchTemplateName=template["LaunchTemplateName"], Versions=[template.get("Version", "$Default")])
            self.instance_type = found["LaunchTemplateVersions"][0]["LaunchTemplateData"]["InstanceType"]

    def upcoming(self, nodes):
        """The instances of the group whose nodes are not there yet, and those that the group has not launched yet."""
        missing = self.instances - {node["spec"].get("providerID") for node in nodes}
        return [*missing, *[None] * (self.desired - len(self.instances))]

    def template(self, nodes):
        """What a new node of the group is like: as one that exists, or else as AWS describes it."""
        existing = next((node for node in nodes if node["spec"].get("providerID") in self.instances), None)
        if existing:
            return {"labels": existing["metadata"]["labels"], "taints": existing["spec"].get("taints", []), "allocatable": existing["status"]["allocatable"]}
        nodegroup = client("eks").describe_nodegroup(clusterName=self._tags["eks:cluster-name"], nodegroupName=self._tags["eks:nodegroup-name"])["nodegroup"]
        found = client("ec2").describe_instance_types(InstanceTypes=[self.instance_type])["InstanceTypes"][0]
        taints = [taint | {"effect": taint["effect"].title().replace("_", "")} for taint in nodegroup.get("taints", [])]
        return {"labels": nodegroup.get("labels", {}), "taints": taints, "allocatable": {
            "cpu": str(found["VCpuInfo"]["DefaultVCpus"]), "memory": f"{found['MemoryInfo']['SizeInMiB']}Mi", "pods": "110"}}

    def resize(self, size):
        client("autoscaling").set_desired_capacity(AutoScalingGroupName=self.name, DesiredCapacity=size, HonorCooldown=False)
