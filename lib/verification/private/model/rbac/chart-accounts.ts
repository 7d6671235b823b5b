import { mapOf, Resolved } from '../../values/resolved';
import { Text } from '../../values/text';

/** What an account of a chart may do in the cluster by default. */
export interface ChartAccount {
  readonly chart: string;
  /** A word in its name. Most charts add the name of the release. */
  readonly word: string;
  /** The path of the value that names it. @default 'serviceAccount.name' */
  readonly named?: string;
  readonly roles?: readonly Text[];
  readonly rules?: readonly Resolved[];
  /** Whether it may do so in its own namespace only. @default false */
  readonly isInNamespace?: boolean;
  /** The paths of values that take this away, and what they are then. */
  readonly unless?: { readonly [path: string]: string };
  /** The path of a value that gives this, if it is there and not `false`. @default - the chart gives it without one */
  readonly onlyWith?: string;
}

const rule = (group: string, resource: string, verb: string): Resolved =>
  mapOf({ apiGroups: [Text.of(group)], resources: [Text.of(resource)], verbs: [Text.of(verb)] });

const ADMINISTRATOR = { roles: [Text.of('cluster-admin')] };

/** Whoever changes workloads, or the webhooks that change pods, runs pods, too. */
const RUNS_PODS = { rules: [rule('', 'pods', 'create')] };

const READS_SECRETS = { rules: [rule('', 'secrets', 'list')] };

/** Of Secrets and ConfigMaps, to copy them. */
const CHANGES_SECRETS = { rules: ['secrets', 'configmaps'].map((resource) => rule('', resource, '*')) };
const IMPERSONATES = { rules: [rule('', 'groups', 'impersonate')] };
const REQUESTS_TOKENS = { rules: [rule('', 'serviceaccounts/token', 'create'), rule('', 'secrets', 'list')] };

/** By the kubelet, also to run commands in pods. @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes */
const REACHES_KUBELETS = { rules: [rule('', 'nodes/proxy', 'get')] };

/** Argo CD and Flux apply the objects that these name. */
const CHANGES_APPLICATIONS = { rules: [rule('argoproj.io', 'applications', 'update')] };
const CHANGES_KUSTOMIZATIONS = { rules: [rule('kustomize.toolkit.fluxcd.io', 'kustomizations', 'create'), rule('', 'secrets', 'list')] };

/** Controllers of ACK, which have a chart for each service of AWS. */
const OF_ACK = [
  'acm', 'acmpca', 'apigateway', 'apigatewayv2', 'applicationautoscaling', 'athena', 'cloudfront', 'cloudtrail', 'cloudwatch', 'cloudwatchlogs', 'codeartifact',
  'cognitoidentityprovider', 'documentdb', 'dynamodb', 'ec2', 'ecr', 'ecrpublic', 'ecs', 'efs', 'eks', 'elasticache', 'elbv2', 'emrcontainers', 'eventbridge', 'glue',
  'iam', 'kafka', 'keyspaces', 'kinesis', 'kms', 'lambda', 'memorydb', 'mq', 'networkfirewall', 'opensearchservice', 'organizations', 'pipes', 'prometheusservice', 'ram',
  'rds', 'recyclebin', 'route53', 'route53resolver', 's3', 's3control', 'sagemaker', 'secretsmanager', 'ses', 'sfn', 'sns', 'sqs', 'ssm', 'wafv2',
];

const OF_ARGO_CD = { chart: 'argo-cd', unless: { createClusterRoles: 'false' } };

/** Charts with one account that matters, which has their name in its own. */
const accountsNamedAs = (charts: readonly string[], rights: Pick<ChartAccount, 'roles' | 'rules' | 'isInNamespace'>): ChartAccount[] =>
  charts.map((chart) => ({ chart, word: chart, ...rights }));

/**
 * The accounts of charts that may do more in the cluster than view objects, as far as they are known.
 *
 * @see https://github.com/argoproj/argo-helm/tree/main/charts
 * @see https://github.com/fluxcd-community/helm-charts/tree/main/charts/flux2/templates
 * @see https://github.com/controlplaneio-fluxcd/charts/tree/main/charts/flux-operator/templates
 * @see https://github.com/vmware-tanzu/helm-charts/tree/main/charts/velero/templates
 * @see https://github.com/crossplane/crossplane/tree/main/cluster/charts/crossplane/templates
 * @see https://github.com/external-secrets/external-secrets/tree/main/deploy/charts/external-secrets/templates
 * @see https://github.com/cert-manager/cert-manager/tree/master/deploy/charts/cert-manager/templates
 * @see https://github.com/kedacore/charts/tree/main/keda/templates
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack/templates
 * @see https://github.com/jenkinsci/helm-charts/tree/main/charts/jenkins/templates
 * @see https://github.com/apache/airflow/tree/main/chart/templates/rbac
 * @see https://github.com/aws/eks-charts/tree/master/stable/aws-for-fluent-bit/templates
 * @see https://github.com/DataDog/helm-charts/tree/main/charts/datadog/templates
 * @see https://github.com/actions/actions-runner-controller/tree/master/charts
 * @see https://github.com/apache/flink-kubernetes-operator/tree/main/helm/flink-kubernetes-operator/templates
 * @see https://github.com/aquasecurity/trivy-operator/tree/main/deploy/helm/generated
 * @see https://github.com/aws-controllers-k8s/s3-controller/tree/main/helm/templates
 * @see https://github.com/aws-observability/helm-charts/tree/main/charts/amazon-cloudwatch-observability/templates
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/tree/main/charts/secrets-store-csi-driver-provider-aws/templates
 * @see https://github.com/cdfoundation/tekton-helm-chart/tree/main/charts/tekton-pipeline/templates
 * @see https://github.com/devtron-labs/devtron/tree/main/charts/devtron/templates
 * @see https://github.com/emberstack/kubernetes-reflector/tree/main/helm/reflector/templates
 * @see https://github.com/grafana/helm-charts/tree/main/charts/grafana/templates
 * @see https://github.com/gravitational/teleport/tree/master/examples/chart/teleport-kube-agent/templates
 * @see https://github.com/helm/charts/tree/master/stable/spinnaker/templates/rbac
 * @see https://github.com/hashicorp/vault-secrets-operator/tree/main/chart/templates
 * @see https://github.com/istio/istio/tree/master/manifests/charts/istio-control/istio-discovery/templates
 * @see https://github.com/kubeflow/spark-operator/tree/master/charts/spark-operator-chart/templates
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/tree/main/helm/aws-load-balancer-controller/templates
 * @see https://github.com/kubeshop/botkube/tree/main/helm/botkube/templates
 * @see https://github.com/kubevela/kubevela/tree/master/charts/vela-core/templates
 * @see https://github.com/linkerd/linkerd2/tree/main/charts/linkerd-control-plane/templates
 * @see https://github.com/longhorn/longhorn/tree/master/chart/templates
 * @see https://github.com/mittwald/kubernetes-replicator/tree/master/deploy/helm-chart/kubernetes-replicator/templates
 * @see https://github.com/projectcapsule/capsule/tree/main/charts/capsule/templates
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-state-metrics/templates
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/prometheus/templates
 * @see https://github.com/robusta-dev/robusta/tree/master/helm/robusta/templates
 * @see https://github.com/strimzi/strimzi-kafka-operator/tree/main/packaging/helm-charts/helm3/strimzi-kafka-operator/templates
 * @see https://github.com/volcano-sh/volcano/tree/master/installer/helm/chart/volcano/templates
 * @see https://github.com/zalando/postgres-operator/tree/master/charts/postgres-operator/templates
 * @see https://docs.gitlab.com/runner/install/kubernetes/
 */
export const CHART_ACCOUNTS: readonly ChartAccount[] = [
  { ...OF_ARGO_CD, word: 'application-controller', named: 'controller.serviceAccount.name', ...ADMINISTRATOR },
  { ...OF_ARGO_CD, word: 'argocd-server', named: 'server.serviceAccount.name', rules: [rule('*', '*', 'patch'), rule('*', '*', 'get')] },
  { ...OF_ARGO_CD, word: 'notifications', named: 'notifications.serviceAccount.name', ...READS_SECRETS },
  { chart: 'argo-cd', word: 'applicationset', named: 'applicationSet.serviceAccount.name', ...CHANGES_APPLICATIONS, isInNamespace: true },
  { chart: 'argocd-image-updater', word: 'image-updater', ...CHANGES_APPLICATIONS },
  { chart: 'argo-workflows', word: 'workflow-controller', named: 'controller.serviceAccount.name', ...RUNS_PODS, unless: { singleNamespace: 'true' } },
  { chart: 'argo-workflows', word: 'workflows-server', named: 'server.serviceAccount.name', ...READS_SECRETS, unless: { singleNamespace: 'true' } },
  { chart: 'argo-events', word: 'events-controller', named: 'controller.serviceAccount.name', ...RUNS_PODS, unless: { 'controller.rbac.namespaced': 'true' } },
  { chart: 'argo-rollouts', word: 'argo-rollouts', ...RUNS_PODS, unless: { clusterInstall: 'false' } },
  { chart: 'flux2', word: 'kustomize-controller', ...ADMINISTRATOR },
  { chart: 'flux2', word: 'helm-controller', ...ADMINISTRATOR },
  { chart: 'flux2', word: '-controller', ...CHANGES_KUSTOMIZATIONS },
  { chart: 'velero', word: 'velero', named: 'serviceAccount.server.name', ...ADMINISTRATOR, unless: { 'rbac.clusterAdministrator': 'false' } },
  { chart: 'external-secrets', word: 'external-secrets', ...REQUESTS_TOKENS, unless: { scopedRBAC: 'true' } },
  { chart: 'keda', word: 'keda-operator', named: 'serviceAccount.operator.name', ...RUNS_PODS },
  { chart: 'kro', word: 'kro', ...ADMINISTRATOR, unless: { 'rbac.mode': 'aggregation' } },
  { chart: 'crossplane', word: 'rbac-manager', ...ADMINISTRATOR },
  { chart: 'headlamp', word: 'headlamp', ...ADMINISTRATOR, unless: { 'clusterRoleBinding.create': 'false' } },
  { chart: 'k8s-monitoring', word: 'alloy-operator', ...ADMINISTRATOR },
  { chart: 'kube-prometheus-stack', word: 'prometheus-operator', named: 'prometheusOperator.serviceAccount.name', ...RUNS_PODS },
  { chart: 'kube-prometheus-stack', word: 'stack-operator', ...RUNS_PODS },
  { chart: 'kyverno', word: 'background-controller', ...RUNS_PODS },
  { chart: 'kyverno', word: 'admission-controller', ...RUNS_PODS },
  { chart: 'gatekeeper', word: 'gatekeeper-admin', ...RUNS_PODS },
  { chart: 'vault', word: 'agent-injector', ...RUNS_PODS },
  { chart: 'eck-operator', word: 'elastic-operator', ...RUNS_PODS },
  { chart: 'aws-load-balancer-controller', word: 'load-balancer-controller', ...READS_SECRETS, onlyWith: 'clusterSecretsPermissions.allowAllSecrets' },
  { chart: 'botkube', word: 'botkube', ...IMPERSONATES },
  { chart: 'teleport-kube-agent', word: 'teleport', ...IMPERSONATES },
  { chart: 'capsule', word: 'capsule', ...ADMINISTRATOR, unless: { 'manager.rbac.create': 'false' } },
  { chart: 'vela-core', word: 'vela', ...ADMINISTRATOR },
  { chart: 'amazon-cloudwatch-observability', word: 'controller-manager', ...RUNS_PODS },
  { chart: 'devtron-operator', word: 'devtron', ...ADMINISTRATOR },
  { chart: 'flink-kubernetes-operator', word: 'flink', named: 'operatorServiceAccount.name', ...RUNS_PODS },
  { chart: 'flink-kubernetes-operator', word: 'flink', named: 'jobServiceAccount.name', ...RUNS_PODS, isInNamespace: true },
  { chart: 'gha-runner-scale-set-controller', word: 'gha-rs-controller', ...RUNS_PODS },
  { chart: 'gha-runner-scale-set', word: 'kube-mode', ...RUNS_PODS, isInNamespace: true },
  { chart: 'gitlab', word: 'gitlab-runner', named: 'gitlab-runner.serviceAccount.name', ...RUNS_PODS, isInNamespace: true, unless: { 'gitlab-runner.install': 'false' } },
  { chart: 'gitlab-runner', word: 'gitlab-runner', ...RUNS_PODS, isInNamespace: true, onlyWith: 'rbac.create' },
  ...['alerts', 'dashboards', 'datasources', 'notifiers', 'plugins'].map((kind): ChartAccount => (
    { chart: 'grafana', word: 'grafana', ...READS_SECRETS, onlyWith: `sidecar.${kind}.enabled` })),
  { chart: 'kube-prometheus-stack', word: 'grafana', named: 'grafana.serviceAccount.name', ...READS_SECRETS, unless: { 'grafana.enabled': 'false' } },
  {
    chart: 'kube-prometheus-stack', word: 'kube-state-metrics', named: 'kube-state-metrics.serviceAccount.name', ...READS_SECRETS, unless: { 'kubeStateMetrics.enabled': 'false' },
  },
  { chart: 'prometheus', word: 'kube-state-metrics', named: 'kube-state-metrics.serviceAccount.name', ...READS_SECRETS, unless: { 'kube-state-metrics.enabled': 'false' } },
  { chart: 'prometheus', word: 'prometheus', named: 'serviceAccounts.server.name', ...REACHES_KUBELETS },
  ...['base', 'istiod'].map((chart): ChartAccount => ({ chart, word: 'istio-reader', ...READS_SECRETS })),
  { chart: 'linkerd-control-plane', word: 'linkerd-destination', ...READS_SECRETS, isInNamespace: true },
  { chart: 'longhorn', word: 'longhorn', rules: [rule('rbac.authorization.k8s.io', 'clusterroles', '*')] },
  { chart: 'reflector', word: 'reflector', ...CHANGES_SECRETS },
  { chart: 'kubernetes-replicator', word: 'kubernetes-replicator', ...CHANGES_SECRETS },
  { chart: 'robusta', word: 'runner-service-account', ...RUNS_PODS, unless: { 'runner.createServiceAccount': 'false' } },
  ...['csi-secrets-store-provider-aws', 'secrets-store-csi-driver-provider-aws'].map((chart): ChartAccount => (
    { chart, word: 'provider-aws', named: 'rbac.serviceAccount.name', ...REQUESTS_TOKENS, unless: { 'rbac.install': 'false' } })),
  ...['controller.serviceAccount.name', 'webhook.serviceAccount.name', 'spark.serviceAccount.name'].map((named): ChartAccount => (
    { chart: 'spark-operator', word: 'spark-operator', named, ...RUNS_PODS })),
  { chart: 'spinnaker', word: 'default', ...ADMINISTRATOR, unless: { 'kubeConfig.enabled': 'true' } },
  { chart: 'strimzi-kafka-operator', word: 'strimzi-cluster-operator', named: 'serviceAccount', ...RUNS_PODS },
  { chart: 'tekton-pipeline', word: 'tekton-pipelines-controller', ...RUNS_PODS, unless: { createClusterRoles: 'false' } },
  { chart: 'vault-secrets-operator', word: 'vault-secrets-operator', named: 'controller.serviceAccount.name', ...REQUESTS_TOKENS },
  ...['admission', 'controllers', 'scheduler'].map((word): ChartAccount => ({ chart: 'volcano', word, ...RUNS_PODS })),
  ...OF_ACK.map((service): ChartAccount => ({ chart: `${service}-chart`, word: `ack-${service}`, ...READS_SECRETS })),
  { chart: 'datadog', word: 'cluster-agent', ...RUNS_PODS },
  { chart: 'datadog', word: 'datadog', ...REACHES_KUBELETS },
  ...['scheduler', 'triggerer', 'worker'].map((word): ChartAccount => ({
    chart: 'airflow', word, named: `${word === 'worker' ? 'workers' : word}.serviceAccount.name`, ...RUNS_PODS, isInNamespace: true, unless: { allowPodLaunching: 'false' },
  })),
  ...accountsNamedAs(['flux-operator', 'knative-operator', 'rancher', 'tekton-operator'], ADMINISTRATOR),
  ...accountsNamedAs([
    'actions-runner-controller', 'cert-manager', 'cloudnative-pg', 'crossplane', 'istiod', 'kuberay-operator', 'opentelemetry-operator', 'postgres-operator', 'reloader',
    'trivy-operator', 'vpa',
  ], RUNS_PODS),
  ...accountsNamedAs(['dagster', 'jenkins', 'prefect-agent', 'prefect-worker'], { ...RUNS_PODS, isInNamespace: true }),
  ...accountsNamedAs(['aws-for-fluent-bit'], REACHES_KUBELETS),
  ...accountsNamedAs(['ingress-nginx', 'kube-state-metrics', 'loki', 'sealed-secrets', 'traefik'], READS_SECRETS),
];
