"""Changes pods as amazon-eks-pod-identity-webhook does, so that their containers get the credentials of their service account."""
import base64
import collections
import copy
import itertools
import json

from pod_identity_associations import SERVICE

Token = collections.namedtuple("Token", ["variable", "volume", "mount_path", "path", "audience"])
# https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough
WEB_IDENTITY = Token("AWS_WEB_IDENTITY_TOKEN_FILE", "aws-iam-token", "/var/run/secrets/eks.amazonaws.com/serviceaccount", "token", "sts.amazonaws.com")
# https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
POD_IDENTITY = Token("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "eks-pod-identity-token",
                     "/var/run/secrets/pods.eks.amazonaws.com/serviceaccount", "eks-pod-identity-token", SERVICE)


class PodIdentityWebhook:
    """The webhook of one cluster. `account` returns the annotations of the service account with a namespace and a name, and `accounts` those of all.

    On EKS, it reads both from a cache, so for a while it does not see that one was created or has changed. A test can have that here, too:
    https://github.com/aws/amazon-eks-pod-identity-webhook/issues/174
    """

    def __init__(self, region, agent_uri, account, accounts, associations):
        self._region, self._agent_uri = region, agent_uri
        self._account, self._accounts, self._associations = account, accounts, associations
        self.release()

    def hold(self):
        """From now on, the webhook sees what is there now."""
        self._see = self._held()

    def split(self):
        """From now on, there are several webhooks, as on EKS with several API servers. Each third review reaches one that sees what is there now."""
        held, reviews = self._held(), itertools.count(1)
        self._see = lambda *subject: (held if next(reviews) % 3 == 0 else self._live)(*subject)

    def _held(self):
        accounts, associated = self._accounts(), self._associations.subjects()
        return lambda *subject: (accounts.get(subject, {}), subject in associated)

    def disable(self):
        """From now on, the webhook changes no pod."""
        self._see = lambda *subject: ({}, False)

    def release(self):
        """From now on, the webhook sees each change at once."""
        self._see = self._live

    def _live(self, *subject):
        return self._account(*subject), self._associations.of(*subject) is not None

    def review(self, review):
        """The response to an AdmissionReview of a pod."""
        request = review["request"]
        patch = [{"op": "replace", "path": "/spec", "value": self.changed(request["object"]["spec"], request["namespace"])}]
        response = {"uid": request["uid"], "allowed": True, "patchType": "JSONPatch", "patch": base64.b64encode(json.dumps(patch).encode()).decode()}
        return {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response}

    def changed(self, spec, namespace):
        """The spec of a pod, with what its containers need to get the credentials of their service account.

        An association counts, and not the role in the annotation. With neither, the spec is not changed.
        """
        annotations, is_associated = self._see(namespace, spec.get("serviceAccountName", "default"))
        notes = {key.removeprefix("eks.amazonaws.com/"): value for key, value in annotations.items()}
        if is_associated:
            return self._with(spec, notes, POD_IDENTITY, {"AWS_CONTAINER_CREDENTIALS_FULL_URI": self._agent_uri})
        if "role-arn" in notes:
            audience = notes.get("audience", WEB_IDENTITY.audience)
            return self._with(spec, notes, WEB_IDENTITY._replace(audience=audience), {"AWS_ROLE_ARN": notes["role-arn"]})
        return spec

    def _with(self, spec, notes, token, variables):
        spec = copy.deepcopy(spec)
        variables = variables | {token.variable: f"{token.mount_path}/{token.path}", "AWS_DEFAULT_REGION": self._region, "AWS_REGION": self._region}
        if notes.get("sts-regional-endpoints", "true") == "true":
            variables["AWS_STS_REGIONAL_ENDPOINTS"] = "regional"
        for container in spec.get("initContainers", []) + spec["containers"]:
            present = {variable["name"] for variable in container.get("env", [])}
            container["env"] = container.get("env", []) + [
                {"name": name, "value": value} for name, value in variables.items() if name not in present]
            container["volumeMounts"] = container.get("volumeMounts", []) + [
                {"name": token.volume, "mountPath": token.mount_path, "readOnly": True}]
        source = {"audience": token.audience, "path": token.path, "expirationSeconds": int(notes.get("token-expiration", 86400))}
        return spec | {"volumes": spec.get("volumes", []) + [{"name": token.volume, "projected": {"sources": [{"serviceAccountToken": source}]}}]}


def configuration(port, ca_bundle):
    return {
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration", "metadata": {"name": "pod-identity-webhook"},
        "webhooks": [{
            "name": "iam-for-pods.amazonaws.com", "failurePolicy": "Ignore", "sideEffects": "None", "admissionReviewVersions": ["v1"],
            "clientConfig": {"url": f"https://127.0.0.1:{port}/", "caBundle": ca_bundle},
            "rules": [{"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"]}]}]}
