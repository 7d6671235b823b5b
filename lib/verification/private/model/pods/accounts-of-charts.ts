import { isOff, mapsIn } from './pod-settings';
import { annotationsOf } from './service-accounts';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { ServiceAccount } from '../model';
import { OF_CHARTS } from '../objects/chart-values';
import { destinationOf } from '../objects/other-clusters';
import { namespaceOfPods } from '../objects/releases';

/**
 * The service accounts that charts create with a role, as far as their values name them.
 *
 * @see https://helm.sh/docs/chart_best_practices/rbac/
 */
export const accountsOfCharts = (values: readonly KubernetesObject[]): ServiceAccount[] =>
  values.filter(({ group }) => group === OF_CHARTS).flatMap((chart) => {
    const [cluster, namespace] = [destinationOf(chart), namespaceOfPods(chart)];
    return mapsIn(chart.at('values')).flatMap((map): ServiceAccount[] => {
      const [name, annotations] = [givenText(map.get('name')), annotationsOf((key) => map.at('annotations', key))];
      return name && annotations.roleArn && !isOff(map, 'create') ? [{ cluster, namespace, name, ...annotations, place: chart.place }] : [];
    });
  });
