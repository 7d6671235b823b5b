"""The EKS Pod Identity associations of a cluster: which role the pods of a service account get.

https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html
"""
import dataclasses
import secrets
import string

import strict_json
import trust_policies
from eks_errors import InvalidParameter, ResourceInUse, ResourceNotFound
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from sessions import account_of

SERVICE = "pods.eks.amazonaws.com"  # the principal that assumes the role, and the audience of the tokens
POLICY_CHARACTERS = 2048


@dataclasses.dataclass(frozen=True)
class Association:
    """`owner` is the ARN of the add-on that the association belongs to, if any."""

    account: str
    region: str
    cluster: str
    namespace: str
    service_account: str
    role_arn: str
    target_role_arn: str | None = None
    disable_session_tags: bool = False
    policy: str | None = None
    tags: dict = dataclasses.field(default_factory=dict)
    owner: str | None = None
    id: str = dataclasses.field(default_factory=lambda: "a-" + "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(17)))

    @property
    def subject(self):
        return self.namespace, self.service_account

    @property
    def arn(self):
        return f"arn:aws:eks:{self.region}:{self.account}:podidentityassociation/{self.cluster}/{self.id}"

    @property
    def cluster_arn(self):
        return f"arn:aws:eks:{self.region}:{self.account}:cluster/{self.cluster}"

    @property
    def external_id(self):
        """https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html"""
        return f"{self.region}/{self.account}/{self.cluster}/{self.namespace}/{self.service_account}"

    def check(self):
        """Refuses what EKS refuses. EKS does not check whether the service account, or the target role, exists."""
        _check_role(self.role_arn, self.account)
        if self.policy is not None:
            _check_policy(self.policy, self.disable_session_tags)


class Associations:
    """The associations of one cluster. A service account has at most one."""

    def __init__(self):
        self._by_subject = {}

    def all(self):
        return list(self._by_subject.values())

    def subjects(self):
        """The namespaces and names of the service accounts that have an association."""
        return set(self._by_subject)

    def of(self, namespace, service_account):
        """The association of a service account, or None."""
        return self._by_subject.get((namespace, service_account))

    def find(self, association_id):
        found = next((association for association in self.all() if association.id == association_id), None)
        if found is None:
            raise ResourceNotFound(f"The association with ID {association_id} does not exist")
        return found

    def add(self, association):
        association.check()
        existing = self.of(*association.subject)
        if existing is not None:  # the message is that of https://github.com/eksctl-io/eksctl/issues/7753
            raise ResourceInUse(f"Association already exists: {existing.id}")
        self._by_subject[association.subject] = association

    def change(self, association_id, **changes):
        changed = dataclasses.replace(self.find(association_id), **changes)
        changed.check()
        self._by_subject[changed.subject] = changed

    def restore(self, associations):
        """Makes these associations the only ones. They are not checked again."""
        self._by_subject = {association.subject: association for association in associations}

    def remove(self, association_id):
        del self._by_subject[self.find(association_id).subject]


def _check_role(role_arn, account):
    """The messages are those of https://github.com/hashicorp/terraform-provider-aws/issues/34711 and https://github.com/aws/aws-cdk/issues/31522."""
    if account_of(role_arn) != account:  # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
        raise InvalidParameter("Cross-account pass role is not allowed.")
    try:
        document = iam_backends[account]["aws"].get_role_by_arn(role_arn).assume_role_policy_document
    except NotFoundException as error:
        raise InvalidParameter("Role provided in the request does not exist.") from error
    if not trust_policies.names_service(document, "sts:AssumeRole", SERVICE):
        raise InvalidParameter("Trust policy of the role provided is invalid. Follow the official documentation to resolve the issue.")


def _check_policy(policy, disable_session_tags):
    """AWS documents these rules, but not the messages: https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdatePodIdentityAssociation.html"""
    if not disable_session_tags:
        raise InvalidParameter("disableSessionTags must be true if the association has a policy")
    if len(policy) > POLICY_CHARACTERS:
        raise InvalidParameter(f"the policy has {len(policy)} characters, and may have {POLICY_CHARACTERS}")
    try:
        strict_json.loads(policy)
    except ValueError as error:
        raise InvalidParameter(f"the policy is not JSON: {error}") from error
