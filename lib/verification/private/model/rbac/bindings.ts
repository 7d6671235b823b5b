import { changesAwsAuth } from './changed-objects';
import { Controlled, controlledBy, isOfController } from './controllers';
import { Gain, GAINS } from './gain';
import { Grant } from './grants';
import { givenBy } from './permissions';
import { Allowed, RolesInCluster } from './roles-in-cluster';
import { Rule } from './rule';
import { holdersOf } from './subjects';
import { addTo } from '../../values/add-to';
import { equal } from '../../values/pattern';
import { listOf } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, isText } from '../../values/text-parts';
import { KeyHolders } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { Cluster } from '../model';
import { hasAccountToken } from '../objects/account-tokens';
import { RBAC } from '../objects/api-groups';

/** What a binding lets the pods of some accounts do in their cluster. */
export interface Binding {
  /** For messages: `ClusterRoleBinding ci`. */
  readonly label: string;
  readonly subjects: readonly KeyHolders[];
  /** Undefined for the whole cluster. */
  readonly namespace?: Text;
  readonly gains: readonly Gain[];
  readonly rules: readonly Rule[];
  /** Whether these are all that it allows. */
  readonly isKnown: boolean;
}

/** A binding before it is known who else acts on the objects that it lets somebody change. */
interface ReadBinding extends Allowed, Pick<Binding, 'subjects'> {
  readonly object: KubernetesObject;
  /** Undefined for the whole cluster. */
  readonly namespace?: Text;
}

/**
 * The bindings of the templates with which pods get what other pods have. Of roles that the templates do not show, only those are known that Kubernetes defines.
 *
 * @param grants what else may bind somebody.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function readBindings(objects: readonly KubernetesObject[], grants: readonly Grant[], clusters: readonly Cluster[]): Binding[] {
  const roles = new RolesInCluster(objects);
  const copiers = objects.filter(({ group }) => group === OF_HIERARCHY);
  const isCopied = ({ cluster }: KubernetesObject) => copiers.some((copier) => copier.cluster.is(cluster) !== 'no');
  const bound = objects.filter(({ group, kind }) => group === RBAC && ['RoleBinding', 'ClusterRoleBinding'].includes(kind)).map((object): ReadBinding => ({
    object,
    subjects: listOf(object.at('subjects')).flatMap((subject) => holdersOf(subject, object)),
    ...object.kind === 'RoleBinding' && { namespace: isCopied(object) ? derived(object.namespace, 'or below') : object.namespace },
    ...roles.of(object),
  }));
  const read = [...bound, ...grants.map((grant) => granted(grant, roles))].filter(({ subjects }) => subjects.length > 0);
  const watchers = watchersIn(read);
  const tokens = objects.filter(hasAccountToken);
  return read.map((binding) => {
    const { object, subjects, namespace, rules, runsPods } = binding;
    const gains = gainsOf(binding, watchers).map((gain) => (gain.kind === 'secrets' && hasToken(gain, binding, tokens) ? { kind: 'tokens' as const } : gain));
    const ofAwsAuth = changesAwsAuth(binding, objects, clusters) ? [{ kind: 'cluster' as const }] : [];
    const all = mostOf([...ofAwsAuth, ...gains]);
    return { label: `${object.kind} ${object.name ?? 'without a name'}`, subjects, ...namespace && { namespace }, gains: all, rules, isKnown: !runsPods };
  });
}

/** Copies the bindings of a namespace to those below it. @see https://github.com/kubernetes-retired/hierarchical-namespaces/blob/master/docs/user-guide/concepts.md */
const OF_HIERARCHY = 'hnc.x-k8s.io';

function granted({ object, subjects, namespace, rules, roles: names }: Grant, roles: RolesInCluster): ReadBinding {
  const allowed = names.map((name) => roles.named(name, undefined, object));
  return {
    object,
    subjects,
    ...namespace && { namespace },
    rules: [...rules.map((rule) => new Rule(rule)), ...allowed.flatMap((one) => one.rules)],
    runsPods: allowed.some(({ runsPods }) => runsPods),
    views: allowed.some(({ views }) => views),
  };
}

/** Without what others include. That the controllers of a group change nothing can be stated, so that these hide nothing. */
function mostOf(gains: readonly Gain[]): Gain[] {
  const ofEks = new Map(gains.filter(({ kind }) => kind === 'eks').map((gain) => [gain.byEks, gain]));
  const byGroup = new Map(gains.flatMap((gain) => (gain.group === undefined ? [] : [[gain.group, gain]])));
  const kinds = GAINS.map((kind) => gains.filter((gain) => gain.kind === kind && gain.group === undefined));
  const most = kinds.flat().find(({ names }) => names === undefined);
  const named = kinds.slice(0, most && kinds.findIndex((one) => one.includes(most))).flat();
  return [...byGroup.values(), ...ofEks.values(), ...named, ...(most ? [most] : [])];
}

function gainsOf(binding: ReadBinding, watchers: Watchers): Gain[] {
  const { rules, runsPods, views } = binding;
  const isOfCluster = binding.namespace === undefined;
  const isOwn = (controlled: Controlled) => isOfController(controlled, rules) && isAlone(binding, watchers.get(controlled.group));
  const controlled = rules.flatMap((rule) => controlledBy(rule, isOfCluster)).filter((one) => !isOwn(one));
  return [
    ...controlled.map(({ group }): Gain => ({ kind: 'cluster', ...group !== '*' && { group } })),
    ...(runsPods ? [{ kind: 'pods' as const }] : []),
    ...(views ? [{ kind: 'objects' as const }] : []),
    ...rules.flatMap((rule) => givenBy(rule, isOfCluster)),
  ];
}

/** Who watches objects of an API group that their rules name: its controllers, and others. */
type Watchers = ReadonlyMap<string, readonly ReadBinding[]>;

function watchersIn(bindings: readonly ReadBinding[]): Watchers {
  const found = new Map<string, ReadBinding[]>();
  for (const binding of bindings) {
    const watching = binding.rules.filter((rule) => rule.has(['watch']));
    new Set(watching.flatMap(({ groups }) => groups)).forEach((group) => addTo(found, group, binding));
  }
  return found;
}

/** Whether no other accounts than those of a binding watch what it is about. */
function isAlone({ object, namespace, subjects }: ReadBinding, watchers: readonly ReadBinding[] = []): boolean {
  const own = subjects.map(accountKey);
  const others = watchers.filter((other) => other.object.cluster.is(object.cluster) !== 'no'
    && (!namespace || !other.namespace || equal(other.namespace, namespace) !== 'no'));
  return subjects.every(({ serviceAccountName }) => serviceAccountName)
    && others.flatMap((other) => other.subjects).every((subject) => own.includes(accountKey(subject)));
}

const accountKey = ({ namespace, serviceAccountName }: KeyHolders): string => JSON.stringify([namespace?.key, serviceAccountName?.key]);

/** Whether somebody who reads Secrets may get the token in one. Whoever creates Secrets, too, can have one made for any account. */
function hasToken({ names }: Gain, { object, rules, namespace }: ReadBinding, tokens: readonly KubernetesObject[]): boolean {
  const creates = rules.some((rule) => rule.allows({ groups: [''], resources: ['secrets'], verbs: ['create'] }));
  return creates || tokens.some((secret) => secret.cluster.is(object.cluster) !== 'no'
    && (!namespace || equal(secret.namespace, namespace) !== 'no')
    && (!names || names.some((name) => isText(secret.name, name) !== 'no')));
}
