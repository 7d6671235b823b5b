"""Changes a pod as amazon-eks-pod-identity-webhook does if the service account of the pod has a role."""
import base64
import copy
import json

MOUNT_PATH = "/var/run/secrets/eks.amazonaws.com/serviceaccount"


def review(request, account, region):
    """The response to an AdmissionReview of a pod. `account` is the service account of the pod."""
    patch = [{"op": "replace", "path": "/spec", "value": with_identity(request["object"]["spec"], account, region)}]
    response = {"uid": request["uid"], "allowed": True, "patchType": "JSONPatch", "patch": base64.b64encode(json.dumps(patch).encode()).decode()}
    return {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response}


def with_identity(spec, account, region):
    """The spec of a pod, with what its containers need to assume the role of the service account. Without a role, the spec is not changed."""
    notes = {key.removeprefix("eks.amazonaws.com/"): value for key, value in account["metadata"].get("annotations", {}).items()}
    if "role-arn" not in notes:
        return spec
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


def webhook_configuration(port, ca_bundle):
    return {
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration", "metadata": {"name": "pod-identity-webhook"},
        "webhooks": [{
            "name": "iam-for-pods.amazonaws.com", "failurePolicy": "Ignore", "sideEffects": "None", "admissionReviewVersions": ["v1"],
            "clientConfig": {"url": f"https://127.0.0.1:{port}/", "caBundle": ca_bundle},
            "rules": [{"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"]}]}]}
