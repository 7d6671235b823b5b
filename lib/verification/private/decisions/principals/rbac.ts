import { waysBySettings } from './changed-settings';
import { mayReadOfSystem, waysByReadSecrets } from './cluster-credentials';
import { waysBySnippets } from './ingress-snippets';
import { waysByReading } from './read-objects';
import { anyPodsOf, otherCredentialsBy, rolesBy } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { waysByController, waysByPushing } from './ways-of-controllers';
import { AssignedModel } from '../../assignments/assigned-model';
import { Assignments } from '../../assignments/assignments';
import { mayBeOf } from '../../assignments/may-be-of';
import { Pods } from '../../assignments/principal';
import { heldCopies } from '../../model/credentials/keys-in-objects';
import { KeyCopy, KeyHolders } from '../../model/identities';
import { Model } from '../../model/model';
import { accountOfToken, hasAccountToken } from '../../model/objects/account-tokens';
import { withInner } from '../../model/objects/inner-objects';
import { keepsPodsFromNodes } from '../../model/pods/pod-security';
import { Binding } from '../../model/rbac/bindings';
import { allBindingsIn, bindingsIn } from '../../model/rbac/bindings-in';
import { Gain } from '../../model/rbac/gain';
import { keepToPodSecurity } from '../../model/rbac/permissions';
import { CHANGES, READS } from '../../model/rbac/rule';
import { isOfControllers } from '../../model/rbac/system-controllers';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

/**
 * How pods might act in their cluster by bindings of their service account, or of another one whose token they can mount. The tokens in Secrets are for the cluster
 * only: they have another issuer than that which AWS knows, and no audience.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-token-volume
 */
export function waysByRbac(pods: Pods, cluster: ClusterId, assigned: AssignedModel): WayIntoCluster[] {
  const { model } = assigned;
  const isOwn = pods.cluster.is(cluster) !== 'no';
  const bindings = !isOwn && model.clusterCredentials.length === 0 ? [] : isOfControllers(pods) ? allBindingsIn(model) : bindingsIn(model);
  const tokens = bindings.length === 0 ? [] : tokensIn(model).filter(({ copy }) => mayBeOf(copy.heldBy, pods));
  const accounts = [{ account: pods, by: '' }, ...tokens.map(({ account, copy }) => ({ account, by: ` with the token in ${copy.where}` }))];
  const own = accounts.flatMap(({ account, by }) => bindings
    .filter(({ subjects }) => subjects.some((holders) => holders.cluster.is(isOwn ? cluster : pods.cluster) !== 'no' && mayBeOf(holders, account)))
    .map((binding) => ({ ...binding, label: `${binding.label}${by}` })));
  return own.flatMap((binding) => (isOwn ? waysOf(binding, cluster, assigned) : waysByReadSecrets(binding, pods.cluster, cluster, model)));
}

/** The ways of all bindings, by the pods for which these are. The name of a binding makes no difference. */
export const waysByBindings = (cluster: ClusterId, assigned: AssignedModel): Array<{ readonly pods: KeyHolders; readonly way: WayIntoCluster }> =>
  bindingsIn(assigned.model).flatMap((binding) => binding.subjects.filter((pods) => pods.cluster.is(cluster) !== 'no').flatMap((pods) =>
    waysOf({ ...binding, label: 'RBAC' }, cluster, assigned).map((way) => ({ pods, way: { ...way, opening: way.what } }))));

const waysOf = (binding: Binding, cluster: ClusterId, assigned: AssignedModel): WayIntoCluster[] =>
  WAYS.flatMap((ways) => ways(binding, cluster, assigned));

const WAYS: ReadonlyArray<(binding: Binding, cluster: ClusterId, assigned: AssignedModel) => WayIntoCluster[]> = [
  (binding, cluster, { model, roles }) => binding.gains
    .filter(({ group = '' }) => !roles.changesNothing.includes(group)).flatMap((gain) => waysBy(gain, binding, cluster, model)),
  ...[waysBySettings, waysByPushing, waysBySnippets, waysByReading].map((find) => (binding: Binding, cluster: ClusterId, { model }: AssignedModel) =>
    find(binding, cluster, model)),
  (binding, cluster, { model }) => waysByReadSecrets(binding, cluster, cluster, model),
];

/** Whether a binding gives its pods what others do not have: to view objects is of no use if they show nothing secret. */
export const givesMore = (binding: Binding, cluster: ClusterId, assigned: AssignedModel): boolean =>
  WAYS.some((ways) => ways(binding, cluster, assigned).some((way) => !way.onlyViews || way.byEks !== undefined
    || rolesBy(way, assigned).length > 0 || otherCredentialsBy(way, assigned).length > 0));

/** The API groups whose controllers may act for pods, under any assignment. */
export const controllersIn = ({ all }: Assignments): string[] =>
  [...new Set(all.flatMap(({ model }) => bindingsIn(model).flatMap(({ gains }) => gains.flatMap(({ group }) => group ?? []))))];

const READS_SECRETS = { groups: [''], resources: ['secrets'], verbs: READS };

/**
 * Whoever reads Secrets gets the keys in them, and no tokens. Whoever runs commands in pods has what these pods have, which may be the network of their node. Whoever
 * runs pods in a namespace can mount its Secrets.
 */
function waysBy({ kind, group, names, controllers = [], byEks }: Gain, binding: Binding, cluster: ClusterId, model: Model): WayIntoCluster[] {
  const { label, namespace, rules } = binding;
  if (kind === 'cluster') {
    return [group === undefined ? { cluster, what: `act in the cluster by ${label}`, runsPods: true } : {
      cluster, what: `make controllers of ${group} act by ${label}`, runsPods: true, settledBy: `. If these give nobody other access: changesNothing: ["${group}"]`,
    }];
  }
  const inNamespace = { ...namespace && { namespace } };
  if (kind === 'secrets') {
    const secrets = { ...inNamespace, ...names && { names: names.map((name) => Text.of(name)) } };
    const what = `act in the cluster by a system whose Secret they read by ${label}`;
    const signsIn = mayReadOfSystem(cluster, namespace, names, model) ? [{ cluster, what, runsPods: true }] : [];
    return [{ cluster, what: `read Secrets by ${label}`, runsPods: false, onlyViews: true, secrets }, ...signsIn];
  }
  if (kind === 'objects') {
    return [{ cluster, what: `view objects of the cluster by ${label}`, runsPods: false, onlyViews: true }];
  }
  if (kind === 'controllers') {
    return controllers.flatMap((controller) => waysByController(controller, label, cluster, model));
  }
  if (kind === 'eks') {
    return [{ cluster, what: `make Amazon EKS change ${byEks} by ${label}`, runsPods: false, onlyViews: true, seen: [], ...byEks && { byEks } }];
  }
  const what = `act in the cluster by ${label}`;
  if (names) {
    const any = { ...anyPodsOf(cluster), ...inNamespace };
    return names.map((name) => ({ cluster, what, runsPods: false, only: { ...any, serviceAccountName: Text.of(name) } }));
  }
  const runsPods = (kind === 'pods' && !isKeptFromNodes(binding, cluster, model)) || [...model.workloads, ...model.systemPods].some((one) =>
    one.cluster.is(cluster) !== 'no' && (!namespace || equal(one.namespace, namespace) !== 'no') && (one.hostNetwork !== 'no' || one.credentialsOfOthers !== undefined));
  const hasSecrets = kind === 'pods' || rules.some((rule) => rule.allows(READS_SECRETS));
  return [{ cluster, what, runsPods, ...namespace && { only: { ...anyPodsOf(cluster), namespace }, ...hasSecrets && { secrets: { namespace } } } }];
}

/**
 * Whether who creates pods by a binding is kept from nodes: its namespace refuses pods that reach their node, the others do not reach its role, and no account of the
 * namespace may do more than view objects, except by this binding.
 */
function isKeptFromNodes(binding: Binding, cluster: ClusterId, model: Model): boolean {
  const { namespace, rules, isKnown } = binding;
  const bindings = allBindingsIn(model);
  const areKept = bindings.every((other) => keepToPodSecurity(other.rules));
  if (!namespace || !isKnown || !areKept || !keepsPodsFromNodes(namespace, cluster, model.objects)) {
    return false; // whoever creates pods may have other bindings, too
  }
  const isIn = (holders: KeyHolders) => holders.cluster.is(cluster) !== 'no' && (!holders.namespace || equal(holders.namespace, namespace) !== 'no');
  return model.nodegroups.every((nodegroup) => nodegroup.podsReachMetadata === 'no' || nodegroup.cluster.is(cluster) === 'no')
    && bindings.filter((other) => other.rules !== rules && other.subjects.some(isIn))
      .every((other) => other.gains.length === 0 && !other.rules.some((rule) => rule.has(CHANGES)));
}

/** The token of a service account, where pods can mount it. */
interface HeldToken { readonly account: Pods; readonly copy: KeyCopy }

const tokensIn = ({ objects, charts }: Model): readonly HeldToken[] => knownTokens.of([objects, charts], () =>
  withInner(objects, charts).filter(hasAccountToken).flatMap((secret) => {
    const account = accountOfToken(secret);
    return account ? heldCopies(secret, objects).map((copy): HeldToken => ({ account: { kind: 'pods', ...account }, copy })) : [];
  }));

const knownTokens = new Interned<readonly HeldToken[]>();
