"""The permissions in a cluster that the access policies of an access entry give."""

ADMINISTRATORS = "system:masters"


def groups_of(policies):
    """The Kubernetes groups with the permissions of the policies. Only one policy of EKS, for a whole cluster, is supported: others fail."""
    for policy in policies:
        name, scope = policy["PolicyArn"].rsplit("/", 1)[-1], policy["AccessScope"]
        if name != "AmazonEKSClusterAdminPolicy" or scope["Type"] != "cluster":
            raise NotImplementedError(f"the local AWS knows AmazonEKSClusterAdminPolicy for a whole cluster, and not {name} for {scope}")
    return [ADMINISTRATORS] if policies else []
