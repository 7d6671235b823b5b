"""Changes pods as amazon-eks-pod-identity-webhook does, so that their containers get the credentials of their service account."""
import base64
import copy
import json

from stale_view import StaleView

MOUNT_PATH = "/var/run/secrets/eks.amazonaws.com/serviceaccount"


class PodIdentityWebhook:
    """The webhook of one cluster. `look` returns the annotations of all service accounts, by namespace and name.

    On EKS, it reads service accounts from a cache, so for a while it does not see that one was created or has changed. A test can have that
    here, too: https://github.com/aws/amazon-eks-pod-identity-webhook/issues/174
    """

    def __init__(self, region, look):
        self._region, self._look = region, look
        self._seen = look
        self._stale = None

    def delay(self, seconds):
        """From now on, the webhook sees what was there this many seconds ago. It has no cache if that is 0."""
        self.stop()
        self._stale = StaleView(self._look, seconds) if seconds else None
        self._seen = self._stale or self._look

    def disable(self):
        """From now on, the webhook changes no pod."""
        self.stop()
        self._seen = dict

    def stop(self):
        if self._stale:
            self._stale.stop()

    def review(self, review):
        """The response to an AdmissionReview of a pod."""
        request = review["request"]
        patch = [{"op": "replace", "path": "/spec", "value": self.changed(request["object"]["spec"], request["namespace"])}]
        response = {"uid": request["uid"], "allowed": True, "patchType": "JSONPatch", "patch": base64.b64encode(json.dumps(patch).encode()).decode()}
        return {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response}

    def changed(self, spec, namespace):
        """The spec of a pod, with what its containers need to get the credentials of their service account. Without a role, it is not changed."""
        annotations = self._seen().get((namespace, spec.get("serviceAccountName", "default")), {})
        notes = {key.removeprefix("eks.amazonaws.com/"): value for key, value in annotations.items()}
        return _with_web_identity(spec, notes, self._region) if "role-arn" in notes else spec


def _with_web_identity(spec, notes, region):
    spec = copy.deepcopy(spec)
    variables = {"AWS_DEFAULT_REGION": region, "AWS_REGION": region, "AWS_ROLE_ARN": notes["role-arn"],
                 "AWS_WEB_IDENTITY_TOKEN_FILE": MOUNT_PATH + "/token"}
    if notes.get("sts-regional-endpoints", "true") == "true":
        variables["AWS_STS_REGIONAL_ENDPOINTS"] = "regional"
    for container in spec.get("initContainers", []) + spec["containers"]:
        present = {variable["name"] for variable in container.get("env", [])}
        container["env"] = container.get("env", []) + [
            {"name": name, "value": value} for name, value in variables.items() if name not in present]
        container["volumeMounts"] = container.get("volumeMounts", []) + [
            {"name": "aws-iam-token", "mountPath": MOUNT_PATH, "readOnly": True}]
    token = {"audience": notes.get("audience", "sts.amazonaws.com"), "path": "token",
             "expirationSeconds": int(notes.get("token-expiration", 86400))}
    volume = {"name": "aws-iam-token", "projected": {"sources": [{"serviceAccountToken": token}]}}
    return spec | {"volumes": spec.get("volumes", []) + [volume]}


def configuration(port, ca_bundle):
    return {
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration", "metadata": {"name": "pod-identity-webhook"},
        "webhooks": [{
            "name": "iam-for-pods.amazonaws.com", "failurePolicy": "Ignore", "sideEffects": "None", "admissionReviewVersions": ["v1"],
            "clientConfig": {"url": f"https://127.0.0.1:{port}/", "caBundle": ca_bundle},
            "rules": [{"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"]}]}]}
