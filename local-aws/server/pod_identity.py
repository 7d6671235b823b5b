"""What gives the pods of one cluster the credentials of their service accounts."""
import eks_auth
from pod_identity_agent import PodIdentityAgent
from pod_identity_associations import Associations
from pod_identity_webhook import PodIdentityWebhook


class PodIdentity:
    """`accounts` returns the annotations of all service accounts in the cluster, by namespace and name."""

    def __init__(self, issuer, region, accounts):
        self.associations = Associations()
        self.agent = PodIdentityAgent(lambda token: eks_auth.assume_role(token, issuer, self.associations))
        self.webhook = PodIdentityWebhook(region, self.agent.uri, lambda: (accounts(), self.associations.subjects()))

    def stop(self):
        self.agent.release()
