"""What the access policies of an access entry allow within a cluster."""

ADMINISTRATORS = "system:masters"


def groups_of(policies):
    """The Kubernetes groups that stand for the policies. EKS has more than this one, and scopes within a cluster: those fail here."""
    for policy in policies:
        name, scope = policy["PolicyArn"].rsplit("/", 1)[-1], policy["AccessScope"]
        if name != "AmazonEKSClusterAdminPolicy" or scope["Type"] != "cluster":
            raise NotImplementedError(f"the local AWS knows AmazonEKSClusterAdminPolicy for a whole cluster, and not {name} for {scope}")
    return [ADMINISTRATORS] if policies else []
