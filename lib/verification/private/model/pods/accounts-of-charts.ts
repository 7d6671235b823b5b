import { isOff, mapsIn } from './pod-settings';
import { annotationsOf, isServiceAccount, readServiceAccount } from './service-accounts';
import { ResolvedMap } from '../../values/resolved';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { ServiceAccount } from '../model';
import { OF_CHARTS } from '../objects/chart-values';
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
  return [
    ...own.flatMap(readServiceAccount).filter(({ roleArn }) => roleArn),
    ...objects.filter(({ group }) => group === OF_CHARTS).flatMap((chart) => accountsOf(chart, mapsIn(chart.at('values')).filter((map) => !read.has(map)))),
  ];
}

function accountsOf(chart: KubernetesObject, values: readonly ResolvedMap[]): ServiceAccount[] {
  const [cluster, namespace] = [destinationOf(chart), namespaceOfPods(chart)];
  return values.flatMap((map): ServiceAccount[] => {
    const [name, annotations] = [givenText(map.get('name')), annotationsOf((key) => map.at('annotations', key))];
    return name && annotations.roleArn && !isOff(map, 'create') ? [{ cluster, namespace, name, ...annotations, place: chart.place }] : [];
  });
}
