import jsii
from aws_cdk import App, Stack
from aws_cdk import aws_eks_v2 as eks
from aws_cdk import aws_s3 as s3
from cdk_irsa import IKubernetesChart, IrsaCluster, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole, policies
from cdk_irsa.verification import PodAccess
from constructs import Construct


@jsii.implements(IKubernetesChart)
class Settings:
    def to_json(self) -> list:
        return [{"apiVersion": "v1", "data": {"level": "info"}, "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "reports"}}]


class Reports(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        bucket = s3.Bucket(self, "Bucket")
        self.bucket = bucket

        cluster = IrsaCluster(self, "Cluster", version=eks.KubernetesVersion.of("1.36"), nodegroups=[{}])
        reader = ServiceAccountWithRole(self, "Reader", cluster=cluster, service_account_name="reader", namespace="reports")
        bucket.grant_read(reader)

        ServiceAccountWithRole(self, "ClusterAutoscaler", cluster=cluster, controller_policies=[policies.ClusterAutoscalerPolicy()])

        cluster.add_kubernetes_objects("Settings", charts=[Settings()])

        prod = IrsaCluster.from_irsa_cluster_attributes(
            self, "Prod",
            cluster_name="prod",
            issuer_url="https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
        )
        auditor = ServiceAccountRole(self, "Auditor", cluster=prod, subjects=[ServiceAccountSubject.exact("reports", "auditor")])
        bucket.grant_read(auditor)


app = App(analytics_reporting=False)
stack = Reports(app, "Reports")

pod = PodAccess.from_stack(stack).pod(namespace="reports", service_account_name="reader", cluster="Reports/Cluster")
resource = stack.bucket.arn_for_objects("*")
pod.assert_allowed("s3:GetObject", resource=resource)

refusal = ""
try:
    pod.assert_allowed("s3:PutObject", resource=resource)
except RuntimeError as error:
    refusal = str(error)
if "must be allowed s3:PutObject" not in refusal or "but are denied" not in refusal:
    raise SystemExit(f"the assertion does not fail as expected: {refusal or 'it passes'}")

app.synth()
