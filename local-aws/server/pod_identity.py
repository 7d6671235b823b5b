"""What gives the pods of one cluster the credentials of their service accounts."""
import eks_auth
from pod_identity_agent import PodIdentityAgent
from pod_identity_associations import Associations
from pod_identity_webhook import PodIdentityWebhook


class PodIdentity:
    """`account` returns the annotations of the service account with a namespace and a name, and `accounts` those of all in the cluster."""

    def __init__(self, issuer, region, account, accounts):
        self.associations = Associations()
        self.agent = PodIdentityAgent(lambda token: eks_auth.assume_role(token, issuer, self.associations))
        self.webhook = PodIdentityWebhook(region, self.agent.uri, account, accounts, self.associations)

    def stop(self):
        self.agent.release()
