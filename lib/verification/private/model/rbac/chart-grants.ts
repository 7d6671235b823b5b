import { CHART_ACCOUNTS, ChartAccount } from './chart-accounts';
import { Grant } from './grants';
import { Resolved } from '../../values/resolved';
import { anyWith, isText } from '../../values/text-parts';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { chartNames } from '../objects/chart-names';
import { isGenerator } from '../objects/generators';
import { destinationOf } from '../objects/other-clusters';
import { namespaceOfPods } from '../objects/releases';

/** What the accounts of known charts may do in the cluster by default, unless the values of the chart say otherwise. The objects of a chart are not read. */
export const readChartGrants = (objects: readonly KubernetesObject[], charts: readonly KubernetesObject[]): Grant[] =>
  [...charts, ...objects.filter(isGenerator)].flatMap((object) => {
    const names = chartNames(object);
    return CHART_ACCOUNTS.filter((account) => names.includes(account.chart) && !isOff(account, object)).map((account) => grantOf(account, object));
  });

const NO_RBAC = { 'rbac.create': 'false', 'rbac.enabled': 'false', 'global.rbac.create': 'false' };

/** Charts within others, whose values are below their names. */
const SUBCHART = /^(grafana|kube-state-metrics)\./;

function isOff({ unless, onlyWith, named = '' }: ChartAccount, object: KubernetesObject): boolean {
  const valueAt = (path: string) => object.at('values', ...path.split('.'));
  const [prefix = ''] = SUBCHART.exec(named) ?? [];
  const switches = Object.entries(NO_RBAC).map(([path, value]) => [`${prefix}${path}`, value] as const);
  return [...switches, ...Object.entries(unless ?? {})].some(([path, value]) => isText(valueAt(path), value) === 'yes')
    || (onlyWith !== undefined && !mayBeOn(valueAt(onlyWith)));
}

/** Whether a value is there, and is not `false`. */
const mayBeOn = (value: Resolved): boolean => value !== undefined && isText(value, 'false') !== 'yes';

function grantOf({ word, named = 'serviceAccount.name', isInNamespace = false, rules = [], roles = [] }: ChartAccount, object: KubernetesObject): Grant {
  const namespace = namespaceOfPods(object);
  const given = givenText(object.at('values', ...named.split('.')));
  const inNamespace = { cluster: destinationOf(object), namespace };
  const subjects = [
    { ...inNamespace, serviceAccountName: anyWith(word), ...given && { isReplaced: true } },
    ...(given ? [{ ...inNamespace, serviceAccountName: given }] : []),
  ];
  return { object, subjects, rules, roles, ...isInNamespace && { namespace } };
}
