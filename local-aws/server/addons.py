"""The EKS add-ons of a cluster. They are records, except for the EKS Pod Identity Agent: no pods of add-ons run.

On EKS, an add-on with a Deployment, such as coredns, becomes active only when there are nodes. Here, each is active at once.
https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html
"""
import dataclasses
import uuid

import yaml
from eks_errors import InvalidParameter, ResourceInUse, ResourceNotFound
from pod_identity_associations import Association

AGENT, CNI = "eks-pod-identity-agent", "vpc-cni"
# The namespace, and the service accounts that can have a role. https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
KNOWN = {
    "amazon-cloudwatch-observability": ("amazon-cloudwatch", {"cloudwatch-agent"}),
    "aws-ebs-csi-driver": ("kube-system", {"ebs-csi-controller-sa"}),
    "aws-efs-csi-driver": ("kube-system", {"efs-csi-controller-sa"}),
    "aws-mountpoint-s3-csi-driver": ("kube-system", {"s3-csi-driver-sa"}),
    "coredns": ("kube-system", set()),
    AGENT: ("kube-system", set()),
    "kube-proxy": ("kube-system", set()),
    "metrics-server": ("kube-system", set()),
    "snapshot-controller": ("kube-system", set()),
    CNI: ("kube-system", {"aws-node"}),
}


@dataclasses.dataclass(frozen=True)
class Addon:
    """`roles` has the roles of service accounts that get their credentials by EKS Pod Identity."""

    account: str
    region: str
    cluster: str
    name: str
    version: str | None = None
    configuration_values: str | None = None
    service_account_role_arn: str | None = None
    roles: dict = dataclasses.field(default_factory=dict)
    tags: dict = dataclasses.field(default_factory=dict)
    uid: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def arn(self):
        return f"arn:aws:eks:{self.region}:{self.account}:addon/{self.cluster}/{self.name}/{self.uid}"

    def associations(self):
        return [Association(account=self.account, region=self.region, cluster=self.cluster, namespace=KNOWN[self.name][0],
                            service_account=service_account, role_arn=role, owner=self.arn) for service_account, role in self.roles.items()]

    def check(self):
        if self.name not in KNOWN:
            raise NotImplementedError(f"the local AWS knows the add-ons {', '.join(KNOWN)}, and not {self.name}")
        _, with_role = KNOWN[self.name]
        for service_account in self.roles:
            if service_account not in with_role:  # the message is that of https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3520
                raise InvalidParameter(f"Service account {service_account} in pod identity configuration is not supported for addon {self.name}")
        if self.configuration_values is not None:
            _check_configuration(self.configuration_values)


class Addons:
    """The add-ons of one cluster, which has this PodIdentity. `self_managed` says whether EKS made it with vpc-cni, coredns and kube-proxy."""

    def __init__(self, pod_identity):
        self._pod_identity, self._by_name = pod_identity, {}
        self.self_managed = True

    def names(self):
        return sorted(self._by_name)

    def find(self, name):
        if name not in self._by_name:
            raise ResourceNotFound(f"No addon: {name} found in cluster")
        return self._by_name[name]

    def associations_of(self, addon):
        return [association for association in self._pod_identity.associations.all() if association.owner == addon.arn]

    def add(self, addon):
        addon.check()
        if addon.name in self._by_name:  # the message is that of https://github.com/aws/eks-hybrid/pull/316
            raise ResourceInUse("Addon already exists.")
        self._associate(addon, addon.associations())
        self._by_name[addon.name] = addon
        if addon.name == AGENT:
            self._pod_identity.agent.start()

    def change(self, name, **changes):
        addon = dataclasses.replace(self.find(name), **changes)
        addon.check()
        self._associate(addon, addon.associations())
        self._by_name[name] = addon

    def remove(self, name, preserve=False):
        """What is preserved stays in the cluster, as do its associations: https://docs.aws.amazon.com/eks/latest/userguide/add-ons-iam.html"""
        addon = self.find(name)
        del self._by_name[name]
        if preserve:
            return
        self._associate(addon, [])
        if name == AGENT:
            self._pod_identity.agent.stop()

    def _associate(self, addon, wanted):
        """Creates, changes and deletes associations, so that a service account that stays keeps its own. If EKS refuses one, all are as they were."""
        associations = self._pod_identity.associations
        before, existing = associations.all(), {association.service_account: association for association in self.associations_of(addon)}
        try:
            for association in wanted:
                own = existing.pop(association.service_account, None)
                if own:
                    associations.change(own.id, role_arn=association.role_arn)
                else:
                    associations.add(association)
        except Exception:
            associations.restore(before)
            raise
        for association in existing.values():
            associations.remove(association.id)


def _check_configuration(values):
    """EKS accepts JSON and YAML: https://docs.aws.amazon.com/eks/latest/userguide/updating-an-add-on.html"""
    try:
        parsed = yaml.safe_load(values)
    except yaml.YAMLError as error:
        raise InvalidParameter("ConfigurationValue provided in request is not supported: it is neither JSON nor YAML") from error
    if not isinstance(parsed, dict):
        raise InvalidParameter("ConfigurationValue provided in request is not supported: it is not a map")
