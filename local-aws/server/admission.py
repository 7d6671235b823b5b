"""The configuration with which the API server authenticates to the webhook of this local AWS.

https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#authenticate-apiservers
"""


def configuration(users_file):
    plugin = {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "WebhookAdmissionConfiguration", "kubeConfigFile": users_file}
    return {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "AdmissionConfiguration",
            "plugins": [{"name": "MutatingAdmissionWebhook", "configuration": plugin}]}


def webhook_users(server):
    """A kubeconfig with a token that is sent only to this server, and not to webhooks that someone else registers."""
    return {"apiVersion": "v1", "kind": "Config", "users": [{"name": f"127.0.0.1:{server.port}", "user": {"token": server.secret}}]}
