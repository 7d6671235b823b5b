import { sourcesOfVariables, variablesOf } from './named-parts';
import { withoutTemplates } from './spec-of-pods';
import { distinct } from '../../values/distinct';
import { listOf, mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, isSet } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { OF_CHARTS } from '../objects/chart-values';

/** The names of properties with a service account. */
const ACCOUNT = ['serviceAccountName', 'serviceAccount'];

/** What objects without a template have of a container, in a property with any name. */
const OF_CONTAINERS = ['securityContext', 'volumeMounts', 'env', 'envFrom'];

/** How charts call more of it: `containerSecurityContext`, `useHostNetwork`. */
const SECURITY = /securityContext$/i;
const NETWORK = /^use_?hostNetwork$/i;

/** A text with which the pods of a `Workflow` of Argo can get any settings. */
const PATCH = 'podSpecPatch';

/**
 * What an object that has no template of pods says about their settings, as a template: wherever it is, it is read as that of all its pods. There is one for each
 * service account that the object names. If it names none, its controller decides.
 */
export function podSettings(object: KubernetesObject): ResolvedMap[] {
  const [maps, ofCharts] = object.group === OF_CHARTS ? ['spec', 'values'].map((part) => mapsIn(withoutTemplates(object.at(part)))) : [mapsIn(object.at('spec')), []];
  const valuesOf = (name: string) => maps.flatMap((map) => (name === 'hostNetwork' ? [map.get(name), ...valuesLike(NETWORK, map)] : [map.get(name)])).flatMap(listOf);
  const settings = ['hostNetwork', 'hostPID', 'nodeName', 'schedulerName'].flatMap((name): Array<[Text, Resolved]> => {
    const value = [...valuesOf(name), ...valuesOf(PATCH)].find((one) => isSet(one) !== 'no');
    return value === undefined ? [] : [[Text.of(name), value]];
  });
  const values = ACCOUNT.flatMap(valuesOf).map((account) => (account instanceof ResolvedMap ? account.get('name') : account));
  const named = values.flatMap((account) => (account instanceof Text && account.literal !== '' ? [account] : []));
  const spec: ReadonlyArray<readonly [Text, Resolved]> = [
    ...settings,
    [Text.of('containers'), [...maps.filter((map) => OF_CONTAINERS.some((name) => map.get(name) !== undefined)), ...containersIn(ofCharts, named.length > 0)]],
    [Text.of('volumes'), maps.filter((map) => map.get('hostPath') !== undefined || map.get('name') !== undefined)],
  ];
  const accounts = named.length > 0 ? named : [derived(object.name ?? Text.of(object.kind), 'service account')];
  return distinct(accounts)
    .map((account) => new ResolvedMap([[Text.of('spec'), new ResolvedMap([[Text.of('serviceAccountName'), account], ...spec])]]));
}

/**
 * What the values of a chart say about containers under the names that most charts have, such as `extraEnvVars`. A Secret with all variables of pods whose account they do
 * not name says little, because most Secrets have nothing to do with AWS.
 */
function containersIn(maps: readonly ResolvedMap[], namesAccount: boolean): ResolvedMap[] {
  const env = maps.flatMap(variablesOf).filter((variable) => variable instanceof ResolvedMap && variable.get('name') !== undefined);
  const envFrom = namesAccount ? maps.flatMap(sourcesOfVariables) : [];
  const volumeMounts = maps.filter((map) => map.get('mountPath') !== undefined);
  const contexts = maps.flatMap((map) => [...valuesLike(SECURITY, map), ...(map.get('privileged') === undefined || isOff(map, 'enabled') ? [] : [map])]);
  const own = env.length + envFrom.length + volumeMounts.length > 0 ? [{ env, envFrom, volumeMounts }] : [];
  return [...own, ...contexts.map((securityContext) => ({ securityContext }))].map(mapOf);
}

/** Whether values switch something off, and do not only leave it to the chart. */
export const isOff = (map: ResolvedMap, property: string): boolean => map.get(property) !== undefined && isSet(map.get(property)) === 'no';

const valuesLike = (name: RegExp, { entries }: ResolvedMap): Resolved[] => entries.flatMap(([{ literal = '' }, inner]) => (name.test(literal) ? [inner] : []));

/** A value, and all that it contains, as far as these have properties. */
export function mapsIn(value: Resolved): ResolvedMap[] {
  return listOf(value).flatMap((item) => (item instanceof ResolvedMap ? [item, ...item.entries.flatMap(([, inner]) => mapsIn(inner))]
    : Array.isArray(item) ? mapsIn(item) : []));
}
