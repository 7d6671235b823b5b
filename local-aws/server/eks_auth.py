"""AssumeRoleForPodIdentity: exchanges the token of a pod for the credentials of the role that its service account is associated with.

https://docs.aws.amazon.com/eks/latest/APIReference/API_auth_AssumeRoleForPodIdentity.html
"""
import time
import uuid

import identities
import role_chaining
import service_account_tokens
import sessions
from eks_errors import AccessDenied, ExpiredToken, InvalidToken, ResourceNotFound
from iam.documents import as_list
from iam.operators import UnknownOperator
from pod_identity_associations import SERVICE

# The agent caches credentials for 6 hours, or 59 minutes with a target role, because a session of role chaining lasts at most one hour:
# https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
HOURS, HOURS_OF_CHAIN = 6, 1


def assume_role(token, issuer, associations):
    """The session of the role, or of its target role, and when it ends. Only tokens of this issuer are valid."""
    claims = _verified(token, issuer)
    pod = claims["kubernetes.io"]
    account = pod["serviceaccount"]["name"]
    association = associations.of(pod["namespace"], account)
    if association is None:
        raise ResourceNotFound(f"No association found for the service account {pod['namespace']}/{account}")
    tags = {} if association.disable_session_tags else _tags(association, pod["pod"])
    name = f"eks-{association.cluster:.10}-{pod['pod']['name']:.10}-{uuid.uuid4()}"
    try:
        session, hours = _session(association, name, tags)
    except UnknownOperator as error:
        raise AccessDenied(str(error)) from error
    return session, time.time() + hours * 3600


def _verified(token, issuer):
    """The claims of a token. EKS does not document the messages, nor what it does with a token that is not bound to a pod; here, that is refused."""
    try:
        claims = service_account_tokens.unverified_claims(token)
        bound = claims["kubernetes.io"]
        subject = f"system:serviceaccount:{bound['namespace']}:{bound['serviceaccount']['name']}"
        valid = (claims["iss"] == issuer.url and service_account_tokens.is_signed_by(token, issuer.key) and claims["sub"] == subject
                 and SERVICE in as_list(claims["aud"]) and {"name", "uid"} <= set(bound["pod"]))
        expired = claims["exp"] <= time.time()
    except Exception as error:  # whatever is not a token
        raise InvalidToken("The token is not valid") from error
    if not valid:
        raise InvalidToken("The token is not valid")
    if expired:
        raise ExpiredToken("The token has expired")
    return claims


def _tags(association, pod):
    """https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html"""
    return {"eks-cluster-arn": association.cluster_arn, "eks-cluster-name": association.cluster, "kubernetes-namespace": association.namespace,
            "kubernetes-service-account": association.service_account, "kubernetes-pod-name": pod["name"], "kubernetes-pod-uid": pod["uid"]}


def _session(association, name, tags):
    """A session, and its hours. The policy of an association restricts only the last role, and only without session tags there is an external ID."""
    source = {"aws:SourceAccount": association.account, "aws:SourceArn": association.cluster_arn}
    named = {"sts:RoleSessionName": name}
    role, target, region = association.role_arn, association.target_role_arn, association.region
    _require(role_chaining.service_can_assume(SERVICE, role, tags, source | named))
    if target is None:
        return sessions.start(region, name, role, HOURS * 3600, tags, association.policy), HOURS
    session = sessions.start(region, name, role, HOURS_OF_CHAIN * 3600, tags)
    _require(role_chaining.can_assume(identities.of_session(session), target, tags, None if tags else association.external_id, named))
    return sessions.start(region, name, target, HOURS_OF_CHAIN * 3600, tags, association.policy), HOURS_OF_CHAIN


def _require(allowed):
    """The message is that of https://github.com/aws/eks-pod-identity-agent/issues/139."""
    if not allowed:
        raise AccessDenied("Unauthorized Exception! EKS does not have permissions to assume the associated role.")
