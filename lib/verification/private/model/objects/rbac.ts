import { hasAccountToken } from './account-tokens';
import { KubernetesObject } from './kubernetes-object';
import { equal } from '../../values/pattern';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { derived, isText, literalOf, textAfter, textOf } from '../../values/text-parts';
import { KeyHolders } from '../identities';

/** What a binding lets the pods of some accounts do in their cluster. */
export interface Binding {
  /** For messages: `ClusterRoleBinding ci`. */
  readonly label: string;
  readonly subjects: readonly KeyHolders[];
  /** Undefined for the whole cluster. */
  readonly namespace?: Text;
  readonly gain: Gain;
}

export const RBAC = 'rbac.authorization.k8s.io';

/**
 * The bindings of the templates with which pods get what other pods have. Of roles that the templates do not show, only those are known that Kubernetes defines for users.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export function readBindings(objects: readonly KubernetesObject[]): Binding[] {
  const roles = objects.filter(({ group, kind }) => group === RBAC && ['Role', 'ClusterRole'].includes(kind));
  const hasTokens = objects.some(hasAccountToken);
  return objects.filter(({ group, kind }) => group === RBAC && ['RoleBinding', 'ClusterRoleBinding'].includes(kind)).flatMap((binding) => {
    const given = gainsOf(binding, roles);
    const subjects = listOf(binding.at('subjects')).flatMap((subject) => holdersOf(subject, binding));
    const isForAll = binding.kind === 'ClusterRoleBinding' || given.has('controllers');
    const found = GAINS.find((gain) => given.has(gain));
    const gain = found === 'secrets' && (hasTokens || given.has('new secrets')) ? 'tokens' : found;
    return gain ? [{ label: `${binding.kind} ${binding.name}`, subjects, gain, ...!isForAll && { namespace: binding.namespace } }] : [];
  });
}

/**
 * What somebody gains by a permission, the most first: to run pods, also by the objects of controllers or by `aws-auth`, which are not limited to one namespace, the
 * credentials of other pods, or what is in Secrets.
 */
const GAINS = ['controllers', 'pods', 'tokens', 'secrets'] as const;
type Gain = typeof GAINS[number];

/** A permission to create Secrets lets somebody who reads them have tokens of all accounts made. */
type Given = Gain | 'new secrets';

interface Gaining {
  readonly gain: Given;
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Whether a role in a namespace cannot give it. */
  readonly isOfCluster?: true;
  /** The namespace and the name of the object that it takes. @default - any */
  readonly object?: { readonly namespace: string; readonly name: string };
}

const CHANGES = ['create', 'update', 'patch'];
const ADMISSION = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'];

const GAINING: readonly Gaining[] = [
  { gain: 'pods', groups: [''], resources: ['pods', 'replicationcontrollers'], verbs: CHANGES },
  { gain: 'pods', groups: ['apps', 'extensions'], resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], verbs: CHANGES },
  { gain: 'pods', groups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: CHANGES },
  { gain: 'tokens', groups: [''], resources: ['pods/exec', 'pods/attach'], verbs: ['create', 'get'] },
  { gain: 'pods', groups: [''], resources: ['pods/ephemeralcontainers'], verbs: ['update', 'patch'] },
  { gain: 'tokens', groups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] },
  { gain: 'pods', groups: [RBAC], resources: ['roles', 'clusterroles'], verbs: ['bind', 'escalate'] },
  { gain: 'tokens', groups: [''], resources: ['serviceaccounts'], verbs: ['impersonate'] },
  { gain: 'pods', groups: [''], resources: ['groups', 'users'], verbs: ['impersonate'], isOfCluster: true },
  { gain: 'pods', groups: [''], resources: ['nodes/proxy'], verbs: ['get', ...CHANGES], isOfCluster: true },
  { gain: 'pods', groups: ['admissionregistration.k8s.io'], resources: ADMISSION, verbs: CHANGES, isOfCluster: true },
  { gain: 'pods', groups: [''], resources: ['persistentvolumes'], verbs: CHANGES, isOfCluster: true }, // one can be any path of a node
  { gain: 'controllers', groups: [''], resources: ['configmaps'], verbs: ['update', 'patch'], object: { namespace: 'kube-system', name: 'aws-auth' } },
  { gain: 'pods', groups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/approval'], verbs: ['update', 'patch'], isOfCluster: true },
  { gain: 'secrets', groups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] },
  { gain: 'new secrets', groups: [''], resources: ['secrets'], verbs: ['create'] },
];

/** The roles that Kubernetes defines for users, and that may change workloads. */
const OF_USERS = ['admin', 'cluster-admin', 'edit'];

function gainsOf(binding: KubernetesObject, roles: readonly KubernetesObject[]): ReadonlySet<Given> {
  const [kind, name] = ['kind', 'name'].map((property) => textOf(binding.at('roleRef', property)));
  const named = roles.filter((role) => kind && name && role.name && isText(kind, role.kind) !== 'no' && role.cluster.is(binding.cluster) !== 'no'
    && equal(role.name, name) !== 'no' && (role.kind === 'ClusterRole' || equal(role.namespace, binding.namespace) !== 'no'));
  const isOfUsers = name !== undefined && OF_USERS.some((one) => isText(name, one) !== 'no');
  const isAggregated = named.some((role) => role.at('aggregationRule') !== undefined);
  const rules = named.flatMap((role) => listOf(role.at('rules')));
  return new Set<Given>([...(isOfUsers || isAggregated ? ['pods' as const] : []), ...rules.flatMap((rule) => gainsOfRule(rule, binding))]);
}

function gainsOfRule(rule: Resolved, { kind, namespace }: KubernetesObject): Given[] {
  const [groups, resources, verbs, names] = ['apiGroups', 'resources', 'verbs', 'resourceNames'].map((property) => wordsIn(valueAt(rule, property)));
  const isOfCluster = kind === 'ClusterRoleBinding';
  const found = GAINING.filter(({ object, ...one }) => (isOfCluster || !one.isOfCluster)
    && (!object || ((isOfCluster || isText(namespace, object.namespace) !== 'no') && (names.length === 0 || includes(names, [object.name]))))
    && includes(groups, one.groups) && includes(resources, one.resources) && includes(verbs, one.verbs));
  const whole = resources.filter((resource) => !resource.includes('/'));
  const appliesOthers = includes(verbs, CHANGES) && groups.some((group) => (group === '*' ? whole.some((resource) => !OF_KUBERNETES.test(resource))
    : whole.length > 0 && CONTROLLERS.test(group)));
  return [...found.map(({ gain }) => gain), ...(appliesOthers ? ['controllers' as const] : [])];
}

/**
 * Groups of controllers that apply other objects, run steps with other service accounts, or create resources of AWS with roles of their own. Those of a controller itself
 * need not let it create its own objects.
 */
export const CONTROLLERS = /(^|\.)(argoproj\.io|toolkit\.fluxcd\.io|kro\.run|crossplane\.io|upbound\.io|oam\.dev|cattle\.io|tekton\.dev|services\.k8s\.aws)$/;

/** Resources of Kubernetes itself, which a rule for all groups can name. */
const OF_KUBERNETES = new RegExp(`^(${[
  'configmaps', 'endpoints', 'endpointslices', 'events', 'horizontalpodautoscalers', 'ingresses', 'leases', 'limitranges', 'namespaces', 'networkpolicies', 'nodes',
  'persistentvolumeclaims', 'persistentvolumes', 'poddisruptionbudgets', 'resourcequotas', 'secrets', 'serviceaccounts', 'services', 'storageclasses',
].join('|')})$`);

/** The words in a list. One that only the deployment knows can be any. */
const wordsIn = (value: Resolved): string[] => listOf(value).map((word) => literalOf(word) ?? '*');

const includes = (words: readonly string[], some: readonly string[]): boolean => words.includes('*') || some.some((one) => words.includes(one));

const ACCOUNTS = 'system:serviceaccounts';

/** Subjects that all pods are among, also those that send requests without a token. */
const OF_ALL = [ACCOUNTS, 'system:authenticated', 'system:unauthenticated', 'system:anonymous'];

/** The pods that a subject is about. All pods are in the groups of all users. */
function holdersOf(subject: Resolved, { cluster, kind: ofBinding, namespace: own }: KubernetesObject): KeyHolders[] {
  const [kind, name, namespace] = ['kind', 'name', 'namespace'].map((property) => textOf(valueAt(subject, property)));
  if (!name) {
    return [];
  }
  if (isText(kind, 'ServiceAccount') !== 'no') {
    return [{ cluster, serviceAccountName: name, namespace: namespace ?? (ofBinding === 'RoleBinding' ? own : derived(name, 'namespace')) }];
  }
  const [ofGroup, ofUser] = [textAfter(name, `${ACCOUNTS}:`), textAfter(name, 'system:serviceaccount:')];
  const [inNamespace, account] = ofUser ? wordsOf(ofUser, /:/) : [];
  return [
    ...(OF_ALL.some((group) => isText(name, group) === 'yes') ? [{ cluster }] : []),
    ...(ofGroup ? [{ cluster, namespace: ofGroup }] : []),
    ...(account ? [{ cluster, namespace: inNamespace, serviceAccountName: account }] : []),
  ];
}
