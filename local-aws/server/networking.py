"""Whether nodes can join a cluster, for which they need the Amazon VPC CNI plugin, and that needs credentials.

Its pods have a node's own network, so they run before the node is ready. On EKS, a nodegroup fails if they cannot assign addresses:
https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3260. The local AWS knows no other CNI plugins.
"""
import eks_auth
import identities
import permissions
import sessions
import web_identity
from addons import CNI
from pod_identity_associations import SERVICE

POD = "kube-system", "aws-node"
SESSION = "aws-node"
ACTIONS = ("ec2:AssignPrivateIpAddresses", "ec2:AssignIpv6Addresses")  # https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html


class NodeCreationFailure(Exception):
    def __init__(self):
        super().__init__("NodeCreationFailure: Instances failed to join the kubernetes cluster")


def check(cluster, account, node_role):
    """Raises NodeCreationFailure if nodes with this role cannot join."""
    try:
        can_assign = _has_plugin(cluster) and _may_assign(_session(cluster, account, node_role))
    except Exception as error:  # the plugin gets no credentials
        raise NodeCreationFailure() from error
    if not can_assign:
        raise NodeCreationFailure()


def _has_plugin(cluster):
    return cluster.addons.self_managed or CNI in cluster.addons.names()


def _may_assign(session):
    return any(permissions.allows(identities.of_session(session), action, "*") for action in ACTIONS)


def _session(cluster, account, node_role):
    """The session whose credentials the plugin uses: those of its service account, or of its node if that has no role."""
    if cluster.pod_identity.associations.of(*POD):
        if not cluster.pod_identity.agent.runs:
            raise ConnectionRefusedError("the EKS Pod Identity Agent is not installed")
        return eks_auth.assume_role(cluster.issuer.token(*POD, SERVICE), cluster.issuer, cluster.pod_identity.associations)[0]
    role = cluster.addons.find(CNI).service_account_role_arn if CNI in cluster.addons.names() else None
    if role:
        web_identity.check(cluster.issuer.token(*POD), role, account, SESSION)
    return sessions.start(cluster.region, SESSION, role or node_role, 3600, {})
