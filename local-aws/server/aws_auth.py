"""The ConfigMap aws-auth in kube-system, which maps roles to users and groups as aws-iam-authenticator does.

EKS writes the roles of managed node groups to it. The local AWS does not, because its nodes have certificates.

https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
"""
import yaml


def mapping_of(role, config_map):
    """The name and the groups that the data of the ConfigMap has for a role, or None. The ARNs in it have no path, and case does not matter."""
    try:
        entries = yaml.safe_load((config_map or {}).get("mapRoles", "")) or []
        found = [entry for entry in entries if str(entry["rolearn"]).lower() == role.lower()]
    except (yaml.YAMLError, KeyError, TypeError):
        return None  # as in EKS, a mistake in the ConfigMap maps nobody
    return (str(found[-1].get("username", "")), [str(group) for group in found[-1].get("groups") or []]) if found else None
