import io.github.cdkirsa.IIrsaCluster;
import io.github.cdkirsa.IKubernetesChart;
import io.github.cdkirsa.IrsaCluster;
import io.github.cdkirsa.IrsaClusterAttributes;
import io.github.cdkirsa.IrsaNodegroupOptions;
import io.github.cdkirsa.KubernetesObjectsOptions;
import io.github.cdkirsa.ServiceAccountRole;
import io.github.cdkirsa.ServiceAccountSubject;
import io.github.cdkirsa.ServiceAccountWithRole;
import io.github.cdkirsa.policies.ClusterAutoscalerPolicy;
import io.github.cdkirsa.verification.AccessOptions;
import io.github.cdkirsa.verification.PodAccess;
import io.github.cdkirsa.verification.PodSelection;
import io.github.cdkirsa.verification.PrincipalAccess;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.eks_v2.KubernetesVersion;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

public class Program {
    static class Reports extends Stack {
        final Bucket bucket;

        Reports(final Construct scope, final String id) {
            super(scope, id);
            bucket = new Bucket(this, "Bucket");

            IrsaCluster cluster = IrsaCluster.Builder.create(this, "Cluster")
                    .version(KubernetesVersion.of("1.36")).nodegroups(List.of(IrsaNodegroupOptions.builder().build())).build();
            ServiceAccountWithRole reader = ServiceAccountWithRole.Builder.create(this, "Reader")
                    .cluster(cluster).serviceAccountName("reader").namespace("reports").build();
            bucket.grantRead(reader);

            ServiceAccountWithRole.Builder.create(this, "ClusterAutoscaler")
                    .cluster(cluster).controllerPolicies(List.of(new ClusterAutoscalerPolicy())).build();

            // The order of Map.of differs from run to run. The template must not.
            IKubernetesChart settings = () -> List.of(Map.of(
                    "apiVersion", "v1", "data", Map.of("level", "info"), "kind", "ConfigMap",
                    "metadata", Map.of("name", "settings", "namespace", "reports")));
            cluster.addKubernetesObjects("Settings", KubernetesObjectsOptions.builder().charts(List.of(settings)).build());

            IIrsaCluster prod = IrsaCluster.fromIrsaClusterAttributes(this, "Prod", IrsaClusterAttributes.builder()
                    .clusterName("prod")
                    .issuerUrl("https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE")
                    .build());
            ServiceAccountRole auditor = ServiceAccountRole.Builder.create(this, "Auditor")
                    .cluster(prod).subjects(List.of(ServiceAccountSubject.exact("reports", "auditor"))).build();
            bucket.grantRead(auditor);
        }
    }

    public static void main(final String[] args) {
        App app = App.Builder.create().analyticsReporting(false).build();
        Reports stack = new Reports(app, "Reports");

        PrincipalAccess pod = PodAccess.fromStack(stack)
                .pod(PodSelection.builder().namespace("reports").serviceAccountName("reader").cluster("Reports/Cluster").build());
        AccessOptions objects = AccessOptions.builder().resource(stack.bucket.arnForObjects("*")).build();
        pod.assertAllowed("s3:GetObject", objects);

        String refusal = "";
        try {
            pod.assertAllowed("s3:PutObject", objects);
        } catch (RuntimeException error) {
            refusal = error.getMessage();
        }
        if (!refusal.contains("must be allowed s3:PutObject") || !refusal.contains("but are denied")) {
            throw new IllegalStateException("the assertion does not fail as expected: " + (refusal.isEmpty() ? "it passes" : refusal));
        }

        app.synth();
    }
}
