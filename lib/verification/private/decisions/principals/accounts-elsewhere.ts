import { givesMore } from './rbac';
import { keyOfPods } from './trusted-principals';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods, Principal } from '../../assignments/principal';
import { KeyHolders } from '../../model/identities';
import { Binding } from '../../model/rbac/bindings';
import { bindingsIn } from '../../model/rbac/bindings-in';
import { addTo } from '../../values/add-to';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

/** The account of pods that name none, which each namespace has, and a namespace that each cluster has. */
const DEFAULT = Text.of('default');

/**
 * The pods of service accounts that something else than the templates creates, and that may get more than any pods of the cluster: a binding, a known chart or the values
 * of a chart let them act in the cluster, or these values give them a role. A group that all pods of a namespace, or of the cluster, are in stands for any of these: the
 * account `default` is one that exists.
 *
 * @param known the principals that the templates define, or that trust policies name.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
 */
export function accountsElsewhere(assigned: AssignedModel, known: readonly Principal[]): Pods[] {
  const named = namedIn(assigned);
  const byNamespace = new Map<string, Pods[]>();
  (named.length === 0 ? [] : known).forEach((one) => one.kind === 'pods' && addTo(byNamespace, namespaceKey(one), one));
  const literal = named.filter(isLiteral);
  literal.forEach((one) => addTo(byNamespace, namespaceKey(one), one));
  const ran = new Set(known.flatMap((one) => (one.kind === 'pods' ? [keyOfPods(one)] : [])));
  const isShown = (pods: Pods) => (byNamespace.get(namespaceKey(pods)) ?? [])
    .some((one) => equal(one.serviceAccountName, pods.serviceAccountName) !== 'no' && mayBeIt(one, pods, assigned));
  return named.filter((pods) => (isLiteral(pods) ? !ran.has(keyOfPods(pods)) : !isShown(pods)));
}

const namespaceKey = ({ cluster, namespace }: Pods): string => `${cluster.key} ${namespace.key}`;

/** A chart that does not name its account has one with a name that only the deployment knows. */
const isLiteral = ({ serviceAccountName }: Pods): boolean => serviceAccountName.literal !== undefined;

/** An account that a chart creates under a name of its own is not one that the templates create. */
function mayBeIt(one: Pods, { serviceAccountName: { key } }: Pods, assigned: AssignedModel): boolean {
  const isOfChart = assigned.model.accountsOfCharts.some(({ name, isNotNamed }) => isNotNamed && name.key === key);
  return !isOfChart || assigned.accountsInCharts(one).some(({ thing }) => thing.name.key === key);
}

const namedIn = (assigned: AssignedModel): readonly Pods[] => accounts.of([assigned], () => {
  const bound = bindingsIn(assigned.model).flatMap((binding) => subjectsOf(binding, assigned));
  const ofCharts = assigned.model.accountsOfCharts
    .flatMap(({ cluster, namespace, name }) => podsOf({ cluster, namespace, serviceAccountName: name }, assigned));
  return [...new Map([...bound, ...ofCharts].map((pods) => [keyOfPods(pods), pods])).values()];
});

const accounts = new Interned<readonly Pods[]>();

/** In each cluster to which a binding may be applied. */
function subjectsOf(binding: Binding, assigned: AssignedModel): Pods[] {
  const given = new Map<string, boolean>();
  return binding.subjects.filter(({ isReplaced }) => !isReplaced).flatMap((subject) => podsOf(subject, assigned)).filter(({ cluster }) => {
    const gives = given.get(cluster.key) ?? givesMore(binding, cluster, assigned);
    given.set(cluster.key, gives);
    return gives;
  });
}

function podsOf({ cluster, namespace = DEFAULT, serviceAccountName = DEFAULT }: KeyHolders, assigned: AssignedModel): Pods[] {
  const clusters = assigned.cluster(cluster) ? [cluster] : assigned.model.clusters.map(({ id }) => id).filter((id) => id.is(cluster) !== 'no');
  return clusters.map((one) => ({ kind: 'pods', cluster: one, namespace, serviceAccountName }));
}
