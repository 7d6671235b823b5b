import { holdersOf } from './subjects';
import { addTo } from '../../values/add-to';
import { Interned } from '../../values/interned';
import { listOf, Resolved, ResolvedMap, valueAt, valueKey } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, isSet, isText, textOf, textsUnder } from '../../values/text-parts';
import { parseYaml } from '../../values/yaml-text';
import { KeyHolders } from '../identities';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { RBAC } from '../objects/api-groups';
import { OF_CHARTS } from '../objects/chart-values';
import { mayGenerate, OF_KUBERNETES } from '../objects/generators';
import { destinationOf } from '../objects/other-clusters';
import { namespaceOfRelease } from '../objects/releases';

/** What an object, or the values of a chart, may give to pods without being a binding: rules, and roles by their names. */
export interface Grant {
  readonly object: KubernetesObject;
  readonly subjects: readonly KeyHolders[];
  /** Undefined for the whole cluster, because most do not show it. */
  readonly namespace?: Text;
  readonly rules: readonly Resolved[];
  readonly roles: readonly Text[];
}

/**
 * The grants in the values of charts and in objects of controllers, which are not known: what looks like a rule is one of a role, and what has subjects is a binding. A
 * rule is for the service accounts that are named beside it, or else for any in the namespace.
 *
 * @see https://olm.operatorframework.io/docs/concepts/crds/clusterserviceversion/
 * @see https://rbac-manager.docs.fairwinds.com/rbacdefinitions/
 * @see https://kyverno.io/docs/policy-types/cluster-policy/generate/
 * @see https://projectcapsule.dev/docs/tenants/permissions/
 */
export const readGrants = (objects: readonly KubernetesObject[], charts: readonly KubernetesObject[]): Grant[] =>
  [...charts, ...objects.filter(({ group }) => !OF_KUBERNETES.test(group))].flatMap((object) => known.of([object], () => grantsIn(object)));

const known = new Interned<readonly Grant[]>();

/** A rule or the name of a role, and the service accounts that are named beside it, or the subjects. */
interface Given {
  readonly to: readonly Resolved[];
  readonly rule?: Resolved;
  readonly role?: Text;
}

function grantsIn(object: KubernetesObject): Grant[] {
  const given = new Map<readonly Resolved[], Given[]>();
  const isChart = object.group === OF_CHARTS;
  givenIn(isChart ? object.at('spec') : object.at(), []).filter(({ rule }) => isChart || mayGenerate(object) || !(rule instanceof Text) || !`${rule}`.includes('{{'))
    .forEach((one) => addTo(given, one.to, one));
  return [...given].map(([to, all]): Grant => ({
    object, subjects: subjectsOf(to, object), rules: all.flatMap(({ rule }) => (rule ? [rule] : [])), roles: all.flatMap(({ role }) => role ?? []),
  }));
}

function subjectsOf(to: readonly Resolved[], object: KubernetesObject): KeyHolders[] {
  const { kind, name = Text.of(kind) } = object;
  const [cluster, namespace] = [destinationOf(object), namespaceOfRelease(object)];
  const inNamespace = { cluster, ...namespace && { namespace } };
  const accounts = to.flatMap((one) => (one instanceof Text ? [{ ...inNamespace, serviceAccountName: givenText(one) ?? derived(one, 'service account') }] : []));
  return to.length === 0 ? [{ ...inNamespace, serviceAccountName: derived(name, 'service account') }]
    : accounts.length > 0 ? accounts : to.flatMap((subject) => holdersOf(subject, { cluster, kind, namespace: object.namespace }));
}

const givenIn = (value: Resolved, to: readonly Resolved[]): Given[] => listOf(value).flatMap((item) => (Array.isArray(item) ? givenIn(item, to)
  : item instanceof ResolvedMap ? givenInMap(item, to) : item instanceof Text && mayGive(item) ? givenInText(item, to) : []));

/** Whether a text may have rules or subjects. What is not known has the text that it depends on in its name. */
const mayGive = ({ parts }: Text): boolean => parts.some((part) => typeof part === 'string' && /\b(verbs|subjects)\b/.test(part));

/** A rule that cannot be read, as in a template, may be any. Only charts, and objects from which controllers apply others, have templates of rules. */
const givenInText = (text: Text, to: readonly Resolved[]): Given[] => parseYaml(text)?.flatMap((document) => givenIn(document, to))
  ?? (OF_RULES.every((name) => `${text}`.includes(name)) ? [{ to, rule: derived(text, 'rule') }] : []);

/** What each rule for resources has. */
const OF_RULES = ['apiGroups', 'resources', 'verbs'];

function givenInMap(map: ResolvedMap, to: readonly Resolved[]): Given[] {
  if (isBinding(map)) {
    return [];
  }
  if (OF_RULES.every((name) => map.get(name) !== undefined)) {
    return [{ to, rule: map }];
  }
  const named = accountsIn(map);
  const own = named.length > 0 ? named : to;
  return [
    ...['subjects', 'owners'].flatMap((name) => boundIn(map, listOf(map.get(name)), name === 'subjects' ? rolesIn(map) : [])), ...addedIn(map),
    ...map.entries.filter(([{ literal = '' }, inner]) => isOfAdministrator(literal, inner)).map(() => ({ to: own, role: ADMINISTRATOR })),
    ...map.entries.filter(([{ literal = '' }]) => !GIVING_NOTHING.test(literal) || !isCondition(map.get('match'))).flatMap(([, inner]) => givenIn(inner, own)),
  ];
}

/** The parts of a rule of Kyverno that say for which requests it is, and what it does not accept. */
const GIVING_NOTHING = /^(match|exclude|validate)$/;

/** Whether a rule is one of Kyverno, by its conditions. @see https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/ */
const isCondition = (match: Resolved): boolean => match instanceof ResolvedMap && match.entries.length > 0
  && match.entries.every(([{ literal = '' }]) => /^(any|all|resources|subjects|roles|clusterRoles)$/.test(literal));

/** Objects of RBAC are read as such. Their rules are for whom a binding names. */
const isBinding = (map: ResolvedMap): boolean => map.get('metadata') !== undefined && (textOf(map.get('apiVersion'))?.startsWith(`${RBAC}/`) ?? false);

/** Where objects of other kinds have the names of roles. */
const rolesIn = (map: ResolvedMap): Text[] => [...textsUnder(map, /^(clusterRole|role)(Name)?$/), ...textsUnder(map.get('roleRef'), /^name$/)];

/** What is given to subjects: some roles, or one that is not known. Other lists can be called like that, of which the items have no kind. */
function boundIn(map: ResolvedMap, subjects: readonly Resolved[], roles: readonly Text[]): Given[] {
  const isOfSubjects = subjects.length > 0 && subjects.every((subject) => ['kind', 'name'].every((name) => valueAt(subject, name) !== undefined));
  return isOfSubjects ? (roles.length > 0 ? roles : [derived(Text.of(valueKey(map)), 'role')]).map((role) => ({ to: subjects, role })) : [];
}

/** A patch can add a subject. @see https://datatracker.ietf.org/doc/html/rfc6902 */
const addedIn = (map: ResolvedMap): Given[] => (textOf(map.get('path'))?.startsWith('/subjects') ? boundIn(map, listOf(map.get('value')), []) : []);

const ADMINISTRATOR = Text.of('cluster-admin');

const isOfAdministrator = (name: string, value: Resolved): boolean => (/role/i.test(name) && listOf(value).some((one) => isText(one, 'cluster-admin') === 'yes'))
  || (/cluster-?admin/i.test(name) && value instanceof Text && isSet(value) !== 'no');

/** The service accounts that a map names, which those of its parts are, too. */
const accountsIn = (map: ResolvedMap): Text[] => [
  ...['serviceAccount', 'serviceAccountName'].flatMap((name) => textOf(map.get(name)) ?? []),
  ...textsUnder(map.get('serviceAccount'), /^name$/), ...textsUnder(map.get('serviceAccounts'), /^name$/),
].filter((name) => name.literal !== '');
