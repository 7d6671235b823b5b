import { isOff, mapsIn } from './pod-settings';
import { accountNotNamed } from './pods-without-template';
import { annotationsOf, isServiceAccount, readServiceAccount } from './service-accounts';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { literalOf, textsIn } from '../../values/text-parts';
import { parseYaml } from '../../values/yaml-text';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { ServiceAccount } from '../model';
import { OF_CHARTS } from '../objects/chart-values';
import { isObjectText } from '../objects/generators';
import { destinationOf } from '../objects/other-clusters';
import { namespaceOfPods } from '../objects/releases';

/**
 * The service accounts that charts and controllers may create with a role, as far as values name them, or objects have them in them.
 *
 * @param objects also the values of charts as objects, and the objects in others.
 * @see https://helm.sh/docs/chart_best_practices/rbac/
 */
export function accountsOfCharts(objects: readonly KubernetesObject[]): ServiceAccount[] {
  const own = objects.filter((object) => object.mayBeMissing && isServiceAccount(object));
  const read = new Set(own.map((object) => object.at('metadata')));
  const charts = objects.filter(({ group }) => group === OF_CHARTS);
  return [
    ...own.flatMap(readServiceAccount).filter(({ roleArn }) => roleArn),
    ...charts.flatMap((chart) => accountsOf(chart, valuesOf(chart).flatMap(mapsIn).filter((map) => !read.has(map)))),
  ];
}

/** The values of a chart, and what texts in YAML have that are values. */
function valuesOf(chart: KubernetesObject): Resolved[] {
  const texts = textsIn(chart.at('values')).filter((text) => WITH_ROLE.test(`${text}`) && !isObjectText(text));
  return [chart.at('values'), ...texts.flatMap((text) => parseYaml(text) ?? [])];
}

const WITH_ROLE = /eks\.amazonaws\.com\/role-arn["']?:/;

/** What values say of an account. */
interface Given {
  readonly name: Resolved;
  readonly annotations: (key: string) => Resolved;
}

function accountsOf(chart: KubernetesObject, values: readonly ResolvedMap[]): ServiceAccount[] {
  const [cluster, namespace, { place }] = [destinationOf(chart), namespaceOfPods(chart), chart];
  const all = [...values.filter((map) => !isOff(map, 'create')).flatMap(accountsIn), ...accountsInParameters(values)];
  return all.flatMap(({ name, annotations }): ServiceAccount[] => {
    const [given, found] = [givenText(name), annotationsOf(annotations)];
    const named = given ? { name: given } : { name: accountNotNamed(chart), isNotNamed: true };
    return found.roleArn ? [{ cluster, namespace, ...named, ...found, place }] : [];
  });
}

const accountsIn = (map: ResolvedMap): Given[] => [
  { name: map.get('name'), annotations: (key) => map.at('annotations', key) },
  { name: map.get('serviceAccountName'), annotations: (key) => map.at('serviceAccountAnnotations', key) },
];

/** A parameter of Argo CD has the path of an annotation, in which the dots of its own are escaped. */
const OF_ANNOTATIONS = /\.annotations\.(?=eks\\\.)/;

function accountsInParameters(values: readonly ResolvedMap[]): Given[] {
  const byName = new Map(values.flatMap((map) => (map.get('value') === undefined ? [] : [[literalOf(map.get('name')) ?? '', map.get('value')] as const])));
  const prefixes = new Set([...byName.keys()].flatMap((name) => (OF_ANNOTATIONS.test(name) ? [name.split(OF_ANNOTATIONS)[0]] : [])));
  return [...prefixes].map((prefix) => ({
    name: byName.get(`${prefix}.name`), annotations: (key) => byName.get(`${prefix}.annotations.${key.replaceAll('.', '\\.')}`),
  }));
}
