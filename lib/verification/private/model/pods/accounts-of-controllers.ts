import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { valueAt } from '../../values/resolved';
import { textsUnder } from '../../values/text-parts';
import { parseYaml } from '../../values/yaml-text';
import { KubernetesObject } from '../kubernetes-object';
import { Model, ServiceAccount, Workload } from '../model';
import { containersOf } from './containers';
import { accountNotNamed } from './pods-without-template';
import { chartNames } from '../objects/chart-names';
import { isGenerator } from '../objects/generators';
import { Account } from '../objects/handed-objects';
import { destinationOf } from '../objects/other-clusters';
import { namespaceOfPods } from '../objects/releases';
import { ActingController } from '../rbac/acting-controllers';

/** A service account of a controller. */
interface ControllerAccount extends Account { readonly cluster: ClusterId }

/** The service accounts of a controller, whatever their names are: of workloads with its image, and those that the values of its chart name. */
export const accountsOfController = (
  controller: ActingController, { workloads, charts, objects, accountsOfCharts }: Pick<Model, 'workloads' | 'charts' | 'objects' | 'accountsOfCharts'>,
): readonly ControllerAccount[] =>
  accounts.of([controller, workloads, charts, objects, accountsOfCharts], () => [
    ...workloads.filter((workload) => runs(workload, controller)),
    ...[...charts, ...objects.filter(isGenerator)].filter((chart) => installs(chart, controller))
      .flatMap((chart) => accountsOfChart(chart, accountsOfCharts)),
  ].map(({ cluster, namespace, serviceAccountName }) => ({ cluster, namespace, serviceAccountName })));

const accounts = new Interned<readonly ControllerAccount[]>();

const runs = ({ template }: Workload, { programs }: ActingController): boolean => containersOf(template?.spec)
  .some((container) => programs.some((program) => new RegExp(`(^|[/-])${program}([/:@]|-controller|$)`).test(`${valueAt(container, 'image') ?? ''}`)));

const installs = (chart: KubernetesObject, { programs }: ActingController): boolean =>
  chartNames(chart).some((name) => programs.some((program) => new RegExp(`^(aws-)?${program}(-chart)?$`).test(name)));

/** The names in the values of a chart, of which those of service accounts matter: charts have them at other paths, and Argo CD as parameters. */
const NAMES = /^(fullnameOverride|name|serviceAccountName|value)$/;

/** Where objects have values as a text in YAML. */
const VALUES = /^values(Content)?$/;

function accountsOfChart(chart: KubernetesObject, all: readonly ServiceAccount[]): ControllerAccount[] {
  const given = isGenerator(chart) ? chart.at('spec') : chart.at('values');
  const inTexts = textsUnder(given, VALUES).flatMap((text) => parseYaml(text) ?? []);
  const [cluster, namespace] = [destinationOf(chart), namespaceOfPods(chart)];
  const notNamed = all.some(({ isNotNamed, name }) => isNotNamed && name.key === accountNotNamed(chart).key) ? [accountNotNamed(chart)] : [];
  const names = [...[given, ...inTexts].flatMap((value) => textsUnder(value, NAMES)), ...notNamed];
  return names.map((serviceAccountName) => ({ cluster, namespace, serviceAccountName }));
}
