import { CHANGES, Rule } from './rule';
import { isGroupOfKubernetes } from '../objects/api-groups';

/**
 * Groups of controllers that apply other objects, run pods, or act in AWS with a role of their own. Those of a controller itself need not let it create its own objects.
 */
export const CONTROLLERS = new RegExp(`(^|\\.)(${[
  'actions.github.com', 'argoproj.io', 'batch.volcano.sh', 'cattle.io', 'cert-manager.io', 'cluster.x-k8s.io', 'crossplane.io', 'eks.amazonaws.com', 'external-secrets.io',
  'flink.apache.org', 'fluxcd.io', 'karpenter.k8s.aws', 'karpenter.sh', 'keda.sh', 'kro.run', 'kruise.io', 'kubeflow.org', 'kyverno.io', 'metacontroller.k8s.io',
  'oam.dev', 'operators.coreos.com', 'pulumi.com', 'ray.io', 'services.k8s.aws', 'serving.knative.dev', 'serving.kserve.io', 'sparkoperator.k8s.io', 'tekton.dev',
  'upbound.io', 'velero.io',
].join('|').replaceAll('.', '\\.')})$`);

/**
 * Groups besides those of Kubernetes, and resources, with which nobody gets credentials: metrics, which are only read, snapshots of volumes, sizes of pods, alerts,
 * reports, routes to Services, and what tells the plugin for the network about nodes.
 *
 * @see https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-metrics-pipeline/
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 * @see https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler
 * @see https://prometheus-operator.dev/docs/api-reference/api/ for the other objects of Prometheus, which name files of its pods, or their containers
 * @see https://github.com/kubernetes-sigs/wg-policy-prototypes
 * @see https://gateway-api.sigs.k8s.io/
 * @see https://github.com/aws/amazon-vpc-resource-controller-k8s
 */
const HARMLESS = new RegExp(`^(${[
  '((custom|external)\\.)?metrics\\.k8s\\.io/.*', '(group)?snapshot\\.storage\\.k8s\\.io/.*', 'autoscaling\\.k8s\\.io/.*', 'monitoring\\.coreos\\.com/prometheusrules',
  'wgpolicyk8s\\.io/.*', 'gateway\\.networking\\.k8s\\.io/.*', '(vpcresources|networking)\\.k8s\\.aws/.*',
].join('|')})$`);

/** Resources of Kubernetes itself, which a rule for all groups can name. */
const OF_KUBERNETES = new RegExp(`^(${[
  'configmaps', 'endpoints', 'endpointslices', 'events', 'horizontalpodautoscalers', 'ingresses', 'leases', 'limitranges', 'namespaces', 'networkpolicies', 'nodes',
  'persistentvolumeclaims', 'persistentvolumes', 'poddisruptionbudgets', 'resourcequotas', 'secrets', 'serviceaccounts', 'services', 'storageclasses',
].join('|')})$`);

/** Definitions of objects. Who changes one decides, by a webhook that converts them, what all of these say. */
const DEFINITIONS = { groups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: ['update', 'patch'] };

/** A resource, or `*`, of a group whose controllers may act for whoever changes it. */
export interface Controlled {
  readonly group: string;
  readonly resource: string;
}

/** What a rule lets somebody change of what other controllers act on. */
export function controlledBy(rule: Rule, isOfCluster: boolean): Controlled[] {
  const changed = rule.resources.filter((resource) => !resource.includes('/') && rule.allows({ groups: rule.groups, resources: [resource], verbs: CHANGES }));
  const named = changed.flatMap((resource) => rule.groups.map((group) => ({ group, resource })));
  const defined = isOfCluster && rule.allows(DEFINITIONS) ? (rule.names ?? ['*']).map(definedBy) : [];
  return [...named, ...defined].filter(({ group, resource }) =>
    (group === '*' ? !OF_KUBERNETES.test(resource) : !isGroupOfKubernetes(group) && !HARMLESS.test(`${group}/${resource}`)));
}

/** What a definition is of, by its name: `widgets.example.com`. */
function definedBy(name: string): Controlled {
  const [resource, ...group] = name.split('.');
  return { resource, group: group.join('.') || '*' };
}

/**
 * Whether the rules of a role show that it is for the controller of something, which writes the status of its objects. To change these gives it nothing. A wildcard
 * shows nothing of the kind, because the roles of administrators and of what deploys have one, too.
 *
 * @see https://book.kubebuilder.io/reference/markers/rbac
 */
export function isOfController({ group, resource }: Controlled, rules: readonly Rule[]): boolean {
  const ownParts = ['status', 'finalizers'].map((part) => `${resource}/${part}`);
  const allows = (some: readonly Rule[], resources: string[], verbs: string[]) =>
    some.some((rule) => rule.allows({ groups: [group], resources, verbs }));
  const named = rules.filter((rule) => rule.groups.includes(group) && ownParts.some((part) => rule.resources.includes(part)));
  return group !== '*' && !CONTROLLERS.test(group) && allows(rules, [resource], ['watch']) && allows(named, ownParts, ['update', 'patch']);
}
