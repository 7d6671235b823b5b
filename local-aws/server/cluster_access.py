"""Who can access a cluster: the principals of access entries, those in the ConfigMap aws-auth, and the creator of the cluster.

https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html
"""
import access_policies
import aws_auth
from access_entries import AccessEntry

ADMINISTRATORS = "system:masters"


class InvalidRequest(Exception):
    def __init__(self, message):
        super().__init__(f"InvalidRequestException: {message}")


class ResourceInUse(Exception):
    def __init__(self):
        super().__init__("ResourceInUseException: The specified access entry resource is already in use on this cluster.")


class ClusterAccess:
    """`creator` is the ARN of the role that created the cluster, if that remains its administrator."""

    def __init__(self, mode="API", creator=None):
        self.mode, self._creator = "CONFIG_MAP", creator
        self._entries = {}  # by the ARN of the role without its path, which is unique in an account
        self.change_mode(mode)

    @property
    def _has_entries(self):
        return self.mode != "CONFIG_MAP"

    @property
    def has_config_map(self):
        return self.mode != "API"

    def change_mode(self, mode):
        """The creator has an access entry from when the cluster has entries. Until then, it is an administrator without any.

        https://www.eksworkshop.com/docs/security/cluster-access-management/managing
        """
        had_entries, self.mode = self._has_entries, mode
        if self._creator and self._has_entries and not had_entries:
            policy = {"PolicyArn": access_policies.ARN + access_policies.CLUSTER_ADMIN, "AccessScope": {"Type": "cluster"}}
            self.add(AccessEntry(self._creator, policies=[policy]))

    def add(self, entry):
        if not self._has_entries:
            raise InvalidRequest("The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.")
        if canonical(entry.principal) in self._entries:
            raise ResourceInUse()
        self._entries[canonical(entry.principal)] = entry

    def change(self, entry):
        self._entries[canonical(entry.principal)] = entry

    def remove(self, principal):
        self._entries.pop(canonical(principal), None)

    def user_of(self, session, config_map):
        """The Kubernetes user of a role session. If both have the role, the access entry counts, and not the ConfigMap."""
        role = canonical(session.role_arn)
        user = self._mapped(role, config_map)
        if user is None:
            raise ValueError(f"no access entry for {session.role_arn}" if self._has_entries else f"{session.role_arn} is not mapped")
        username, groups = user
        # Only who presents a token of the role has its access policies. Impersonation does not, and keeps no extra fields of the impersonator.
        return {"username": _rendered(username, session), "groups": [_rendered(group, session) for group in groups] + ["system:authenticated"],
                "extra": {"arn": [session.arn], "canonicalArn": [role], "sessionName": [session.session_name], "accessKeyId": [session.access_key_id]}}

    def allows(self, review):
        """Whether an access policy of the user allows the request of a SubjectAccessReview."""
        roles = [value for key, values in (review.get("extra") or {}).items() if key.lower() == "canonicalarn" for value in values]
        return any(role in self._entries and self._entries[role].allows(review) for role in roles)

    def _mapped(self, role, config_map):
        """The name and the groups of a role, or None."""
        if role in self._entries:
            return self._entries[role].username, self._entries[role].groups
        mapping = aws_auth.mapping_of(role, config_map) if self.has_config_map else None
        if mapping is None and not self._has_entries and self._creator and canonical(self._creator) == role:
            return "kubernetes-admin", [ADMINISTRATORS]
        return mapping


def canonical(role_arn):
    """aws-iam-authenticator sees the ARN that STS returns for a session, which is without the path of the role."""
    account, _, name = role_arn.partition(":role/")
    return f"{account}:role/{name.rsplit('/', 1)[-1]}" if name else role_arn


def _rendered(template, session):
    """https://github.com/kubernetes-sigs/aws-iam-authenticator#full-configuration-format"""
    values = {"AccountID": session.account_id, "SessionName": session.session_name.replace("@", "-"), "SessionNameRaw": session.session_name,
              "AccessKeyID": session.access_key_id}
    for name, value in values.items():
        template = template.replace("{{" + name + "}}", value)
    return template
