"""What the access policies of EKS allow, as EKS documents it. Each rule is (API groups, resources, verbs), as in a Role of Kubernetes.

https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
"""

READ, WRITE = "get list watch", "create delete deletecollection patch update"


def _rule(group, resources, verbs):
    return {group}, set(resources.split()), set(verbs.split())


VIEW = [
    _rule("apps", "controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale "
          "replicasets/status statefulsets statefulsets/scale statefulsets/status", READ),
    _rule("autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status", READ),
    _rule("batch", "cronjobs cronjobs/status jobs jobs/status", READ),
    _rule("discovery.k8s.io", "endpointslices", READ),
    _rule("extensions", "daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status networkpolicies "
          "replicasets replicasets/scale replicasets/status replicationcontrollers/scale", READ),
    _rule("networking.k8s.io", "ingresses ingresses/status networkpolicies", READ),
    _rule("policy", "poddisruptionbudgets poddisruptionbudgets/status", READ),
    _rule("", "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale "
          "serviceaccounts services services/status", READ),
    _rule("", "bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas "
          "resourcequotas/status", READ),
    _rule("", "namespaces", READ),
]
EDIT = VIEW + [
    _rule("apps", "daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale", WRITE),
    _rule("autoscaling", "horizontalpodautoscalers", WRITE),
    _rule("batch", "cronjobs jobs", WRITE),
    _rule("extensions", "daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets replicasets/scale "
          "replicationcontrollers/scale", WRITE),
    _rule("networking.k8s.io", "ingresses networkpolicies", WRITE),
    _rule("policy", "poddisruptionbudgets", WRITE),
    _rule("", "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy", READ),
    _rule("", "configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services "
          "services/proxy", WRITE),
    _rule("", "pods pods/attach pods/exec pods/portforward pods/proxy", WRITE),
    _rule("", "serviceaccounts", "impersonate"),
]
# It has neither "escalate" nor "bind", so a Role may contain only what RBAC has granted: https://github.com/aws/containers-roadmap/issues/2682
ADMIN = EDIT + [
    _rule("authorization.k8s.io", "localsubjectaccessreviews", "create"),
    _rule("rbac.authorization.k8s.io", "rolebindings roles", f"{READ} {WRITE}"),
]
CLUSTER_ADMIN = "AmazonEKSClusterAdminPolicy"
RULES = {"AmazonEKSAdminPolicy": ADMIN, "AmazonEKSEditPolicy": EDIT, "AmazonEKSViewPolicy": VIEW, CLUSTER_ADMIN: [_rule("*", "*", "*")]}
ARN = "arn:aws:eks::aws:cluster-access-policy/"


def allows(policy, attributes):
    """Whether a policy allows a request for a resource, which `attributes` of a SubjectAccessReview describe, regardless of the namespace."""
    resource = "/".join(part for part in (attributes["resource"], attributes.get("subresource")) if part)
    asked = attributes.get("group", ""), resource, attributes["verb"]
    return any(all(allowed & {value, "*"} for allowed, value in zip(rule, asked)) for rule in RULES[policy])
