"""How the API server shows a webhook of ours that it is the API server.

https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#authenticate-apiservers
"""


def configuration(users_file):
    plugin = {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "WebhookAdmissionConfiguration", "kubeConfigFile": users_file}
    return {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "AdmissionConfiguration",
            "plugins": [{"name": "MutatingAdmissionWebhook", "configuration": plugin}]}


def webhook_users(server):
    """A kubeconfig with what is sent to this server, and to no other that someone registers."""
    return {"apiVersion": "v1", "kind": "Config", "users": [{"name": f"127.0.0.1:{server.port}", "user": {"token": server.secret}}]}
