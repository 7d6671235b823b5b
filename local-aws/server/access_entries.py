"""Access entries: what they say of a principal, and what they let it do.

https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
"""
import re

import access_policies

RESERVED = ("system:", "eks:", "aws:", "amazon:", "iam:")  # usernames cannot begin with these
SESSION = ("{{SessionName}}", "{{SessionNameRaw}}")


class InvalidAccessEntry(Exception):
    def __init__(self, message):
        super().__init__(f"InvalidParameterException: {message}")


class AccessEntry:
    def __init__(self, principal, username=None, groups=(), policies=()):
        self.principal, self.groups = principal, list(groups)
        self.username = username or default_username(principal)
        self.policies = [(policy["PolicyArn"].removeprefix(access_policies.ARN), policy["AccessScope"]) for policy in policies]

    @classmethod
    def from_properties(cls, properties):
        """The entry of an AWS::EKS::AccessEntry. Refuses what EKS refuses, and what the local AWS does not know."""
        kind, username, groups = properties.get("Type", "STANDARD"), properties.get("Username"), properties.get("KubernetesGroups", [])
        if kind != "STANDARD":
            raise NotImplementedError(f"the local AWS knows access entries of type STANDARD, and not {kind}")
        if username:
            _check_username(username)
        for group in groups:
            if group.startswith("system:"):
                raise InvalidAccessEntry(f"The kubernetes group name {group} is invalid, it cannot start with system:")
        policies = properties.get("AccessPolicies", [])
        for policy in policies:
            _check_policy(policy)
        if len({policy["PolicyArn"] for policy in policies}) < len(policies):
            raise InvalidAccessEntry("each access policy can be associated with an access entry only once")
        return cls(properties["PrincipalArn"], username, groups, policies)

    def allows(self, review):
        """Whether one of the access policies allows the request of a SubjectAccessReview."""
        attributes = review.get("resourceAttributes")
        if attributes is None:  # a path such as /metrics. The only policy for paths allows all, and no namespace contains them.
            return any(policy == access_policies.CLUSTER_ADMIN and scope["Type"] == "cluster" for policy, scope in self.policies)
        return any(_contains(scope, attributes.get("namespace", "")) and access_policies.allows(policy, attributes) for policy, scope in self.policies)


def default_username(principal):
    """The name that EKS documents: the ARN of a user, or the ARN of a role as STS says it of a session, without the path of the role."""
    role = re.fullmatch(r"(arn:[^:]+):iam::(\d+):role/(?:.*/)?([^/]+)", principal)
    return f"{role[1]}:sts::{role[2]}:assumed-role/{role[3]}/{{{{SessionName}}}}" if role else principal


def _check_username(username):
    if username.startswith(RESERVED):
        raise InvalidAccessEntry(f"The username {username} is invalid, it cannot start with {', '.join(RESERVED)}")
    if any(session in username and ":" not in username.partition(session)[0] for session in SESSION):
        raise InvalidAccessEntry(f"The username {username} is invalid, it must contain a colon before the session name")


def _check_policy(policy):
    """https://docs.aws.amazon.com/eks/latest/APIReference/API_AccessScope.html"""
    name, scope = policy["PolicyArn"].removeprefix(access_policies.ARN), policy["AccessScope"]
    if name not in access_policies.RULES:
        raise NotImplementedError(f"the local AWS knows the access policies {', '.join(access_policies.RULES)}, and not {policy['PolicyArn']}")
    if scope["Type"] not in ("cluster", "namespace"):
        raise InvalidAccessEntry(f"the type of an access scope must be cluster or namespace, and not {scope['Type']}")
    if (scope["Type"] == "namespace") != bool(scope.get("Namespaces")):
        raise InvalidAccessEntry("an access scope must have namespaces if its type is namespace, and only then")


def _contains(scope, namespace):
    """Names of namespaces can have wildcards: https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html"""
    if scope["Type"] == "cluster":
        return True
    return namespace != "" and any(re.fullmatch(re.escape(name).replace(r"\*", ".*"), namespace) for name in scope["Namespaces"])
