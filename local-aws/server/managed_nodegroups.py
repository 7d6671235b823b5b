"""Managed nodegroups, whose Auto Scaling group launches the nodes. moto's nodegroup names a group that does not exist."""
import threading

import clusters
import instance_nodes
import networking
from instance_metadata import InstanceMetadata
from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup, autoscaling_backends
from moto.ec2.models import ec2_backends
from moto.eks.models import DEFAULT_SCALING_CONFIG, EKSBackend

_changes = threading.RLock()  # moto's groups are not safe for threads
_by_group: dict = {}  # by the name of the Auto Scaling group


class ManagedNodegroup:
    """`made` is moto's nodegroup."""

    def __init__(self, backend, made):
        self.account, self.region, self.made = backend.account_id, backend.region_name, made
        self.group_name = f"eks-{made.nodegroup_name}-{made.uuid}"
        self.cluster = clusters.find(made.cluster_name)
        self._ec2 = ec2_backends[self.account][self.region]
        self._autoscaling = autoscaling_backends[self.account][self.region]
        self._template = self._ec2.create_launch_template(f"eks-{made.uuid}", "", self._own_data(), {})

    def start(self):
        """Launches the instances, and waits until their nodes are ready."""
        self.made.resources["autoScalingGroups"] = [{"name": self.group_name}]
        self.made.scaling_config = DEFAULT_SCALING_CONFIG | self.made.scaling_config
        self.cluster.nodes.add_nodegroup(self.made.nodegroup_name, InstanceMetadata(self.account, self.region, self.made.node_role, self._metadata_options))
        _by_group[self.group_name] = self
        minimum, maximum, desired = self._sizes()
        self._autoscaling.create_auto_scaling_group(
            name=self.group_name, min_size=minimum, max_size=maximum, desired_capacity=desired, mixed_instances_policy=self._mixed_instances(),
            vpc_zone_identifier=",".join(self.made.subnets) or None, availability_zones=[] if self.made.subnets else [self.region + "a"],
            tags=[{"Key": key, "Value": value, "PropagateAtLaunch": True} for key, value in self._tags().items()],
            launch_config_name=None, launch_template=None, default_cooldown=None, health_check_period=None, health_check_type=None,
            load_balancers=[], target_group_arns=[], placement_group=None, termination_policies=[])
        self.cluster.await_nodes()

    def update(self):
        """Gives the group the launch template and the sizes of the nodegroup. Unlike on AWS, instances that exist stay as they are."""
        group = self._autoscaling.autoscaling_groups[self.group_name]
        if self._own_data() != self._template.latest_version().data:
            self._template.create_version(self._own_data(), "")
            group.mixed_instances_policy = self._mixed_instances()
            group._set_launch_configuration(None, None, group.mixed_instances_policy)
        group.min_size, group.max_size, desired = self._sizes()
        group.set_desired_capacity(desired)

    def stop(self):
        if self.group_name in self._autoscaling.autoscaling_groups:
            self._autoscaling.delete_auto_scaling_group(self.group_name)
        self.cluster.await_nodes()
        self.cluster.nodes.remove_nodegroup(self.made.nodegroup_name)
        self._ec2.delete_launch_template(self._template.name, None)
        del _by_group[self.group_name]

    def follow(self, group):
        """Makes the instances of the group the nodes of the nodegroup."""
        self.made.scaling_config["desiredSize"] = group.desired_capacity
        self.cluster.nodes.set(self.made.nodegroup_name, [instance_nodes.node_of(state.instance, self.made) for state in group.instance_states])

    def _sizes(self):
        return (int(self.made.scaling_config[key]) for key in ("minSize", "maxSize", "desiredSize"))

    def _tags(self):
        """The tags of the group, and of its instances. No page of AWS lists them, but they are widely known:
        https://github.com/aws/containers-roadmap/issues/608
        """
        cluster = self.made.cluster_name
        return {"eks:cluster-name": cluster, "eks:nodegroup-name": self.made.nodegroup_name, f"kubernetes.io/cluster/{cluster}": "owned",
                "k8s.io/cluster-autoscaler/enabled": "true", f"k8s.io/cluster-autoscaler/{cluster}": "owned"}

    def _own_data(self):
        """The launch template of the group, which EKS makes from that of the nodegroup:
        https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html. It leaves out what moto would look for: volumes, security groups.
        """
        given = self._given_template()
        data = {key: given[key] for key in ("ImageId", "UserData", "MetadataOptions", "TagSpecifications") if key in given}
        return {"ImageId": "ami-0123456789abcdef0"} | data | {"InstanceType": self._types()[0]}

    def _types(self):
        given = self._given_template().get("InstanceType")
        return [given] if given else self.made.instance_types

    def _mixed_instances(self):
        return {"LaunchTemplate": {
            "LaunchTemplateSpecification": {"LaunchTemplateId": self._template.id, "Version": str(self._template.latest_version_number)},
            "Overrides": [{"InstanceType": instance_type} for instance_type in self._types()]}}

    def _metadata_options(self):
        return self._given_template().get("MetadataOptions", {})

    def _given_template(self):
        """The data of the launch template of the nodegroup, in its current version."""
        named = self.made.launch_template
        if not named:
            return {}
        template = self._ec2.get_launch_template(named["id"]) if "id" in named else self._ec2.get_launch_template_by_name(named["name"])
        return template.get_version(named.get("version", "$Default")).data


def update(made):
    """Makes the Auto Scaling group follow a change of moto's nodegroup."""
    _of(made).update()


def _of(made):
    return _by_group.get(made.resources["autoScalingGroups"][0]["name"])


def install():
    create, change, delete = EKSBackend.create_nodegroup, EKSBackend.update_nodegroup_config, EKSBackend.delete_nodegroup

    def created(self, **parameters):
        networking.check(clusters.find(parameters["cluster_name"]), self.account_id, parameters["node_role"])
        made = create(self, **parameters)
        try:
            ManagedNodegroup(self, made).start()
        except Exception:
            self.delete_nodegroup(made.cluster_name, made.nodegroup_name)
            raise
        return made

    def updated(self, cluster_name, nodegroup_name, **parameters):
        answer = change(self, cluster_name, nodegroup_name, **parameters)
        update(self.describe_nodegroup(cluster_name, nodegroup_name))
        return answer

    def deleted(self, cluster_name, nodegroup_name):
        made = delete(self, cluster_name, nodegroup_name)
        managed = _of(made)
        if managed:  # not if its creation has failed early
            managed.stop()
        return made

    EKSBackend.create_nodegroup, EKSBackend.update_nodegroup_config, EKSBackend.delete_nodegroup = created, updated, deleted
    _follow_groups()


def _follow_groups():
    resized, notified, launch = (
        FakeAutoScalingGroup.set_desired_capacity, AutoScalingBackend.notify_terminate_instances, FakeAutoScalingGroup.replace_autoscaling_group_instances)

    def set_desired_capacity(self, capacity):
        with _changes:
            resized(self, capacity)
            _follow(self)

    def notify_terminate_instances(self, instance_ids):
        with _changes:
            notified(self, instance_ids)
            for group in self.autoscaling_groups.values():
                _follow(group)

    def launch_instances(self, count, tags):
        """Launches each instance in the subnet with the fewest instances of the group. moto launches all of them in the first one."""
        subnets = self.vpc_zone_identifier
        for _ in range(count):
            used = [state.instance.subnet_id for state in self.instance_states]
            self.vpc_zone_identifier = min(subnets.split(","), key=used.count) if subnets else None
            launch(self, 1, dict(tags))
            for interface in self.instance_states[-1].instance.nics.values():
                interface.delete_on_termination = True  # the default of EC2, but not of moto
        self.vpc_zone_identifier = subnets

    FakeAutoScalingGroup.set_desired_capacity = set_desired_capacity
    FakeAutoScalingGroup.replace_autoscaling_group_instances = launch_instances
    AutoScalingBackend.notify_terminate_instances = notify_terminate_instances


def _follow(group):
    if group.name in _by_group:
        _by_group[group.name].follow(group)
