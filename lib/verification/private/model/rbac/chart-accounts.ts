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
}

const rule = (group: string, resource: string, verb: string): Resolved =>
  mapOf({ apiGroups: [Text.of(group)], resources: [Text.of(resource)], verbs: [Text.of(verb)] });

const ADMINISTRATOR = { roles: [Text.of('cluster-admin')] };

/** Whoever changes workloads, or the webhooks that change pods, runs pods, too. */
const RUNS_PODS = { rules: [rule('', 'pods', 'create')] };

const READS_SECRETS = { rules: [rule('', 'secrets', 'list')] };
const REQUESTS_TOKENS = { rules: [rule('', 'serviceaccounts/token', 'create'), rule('', 'secrets', 'list')] };

/** By the kubelet, also to run commands in pods. @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes */
const REACHES_KUBELETS = { rules: [rule('', 'nodes/proxy', 'get')] };

/** Argo CD and Flux apply the objects that these name. */
const CHANGES_APPLICATIONS = { rules: [rule('argoproj.io', 'applications', 'update')] };
const CHANGES_KUSTOMIZATIONS = { rules: [rule('kustomize.toolkit.fluxcd.io', 'kustomizations', 'create'), rule('', 'secrets', 'list')] };

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
  { chart: 'datadog', word: 'cluster-agent', ...RUNS_PODS },
  { chart: 'datadog', word: 'datadog', ...REACHES_KUBELETS },
  ...['scheduler', 'triggerer', 'worker'].map((word): ChartAccount => ({
    chart: 'airflow', word, named: `${word === 'worker' ? 'workers' : word}.serviceAccount.name`, ...RUNS_PODS, isInNamespace: true, unless: { allowPodLaunching: 'false' },
  })),
  ...accountsNamedAs(['flux-operator', 'knative-operator', 'rancher', 'tekton-operator'], ADMINISTRATOR),
  ...accountsNamedAs([
    'actions-runner-controller', 'cert-manager', 'cloudnative-pg', 'crossplane', 'istiod', 'kuberay-operator', 'opentelemetry-operator', 'reloader', 'vpa',
  ], RUNS_PODS),
  ...accountsNamedAs(['dagster', 'jenkins', 'prefect-worker'], { ...RUNS_PODS, isInNamespace: true }),
  ...accountsNamedAs(['aws-for-fluent-bit'], REACHES_KUBELETS),
  ...accountsNamedAs(['ingress-nginx', 'loki', 'sealed-secrets', 'traefik'], READS_SECRETS),
];
