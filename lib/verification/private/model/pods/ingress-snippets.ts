import { containersOf } from './containers';
import { installsIngressController, isIngressController } from './ingress-controllers';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { isSet, textsIn } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { Model, Workload } from '../model';
import { isGenerator } from '../objects/generators';

/** What runs the snippets in annotations of Ingresses: workloads, and what installs a chart. */
export interface RunningSnippets {
  readonly workloads: readonly Workload[];
  readonly charts: readonly KubernetesObject[];
}

/** A setting of ingress-nginx, in its ConfigMap and in the values of its chart. The other one is of the controller of NGINX, as an option and as a value. */
const SETTING = /^(allow-?snippet-?annotations|enable-?snippets)$/i;

/** The same in a text, such as an option, a parameter of Argo CD or values in YAML. */
const IN_TEXT = /(allow-?snippet-?annotations|enable-?snippets)(?!["']?\s*[:=]\s*["']?false)/i;

/**
 * The ingress controllers of the templates that take snippets from Ingresses: a part of their settings, which can run code and read their files.
 *
 * @see https://github.com/advisories/GHSA-4pp2-3663-mcw8
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations
 * @see https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-snippets/
 */
export function readSnippets({ workloads, charts, objects }: Pick<Model, 'workloads' | 'charts' | 'objects'>): RunningSnippets {
  const settings = objects.filter(({ group, kind }) => group === '' && kind === 'ConfigMap').filter((object) => allowsSnippets(object.at('data')));
  const isSetFor = ({ cluster, namespace }: Workload) => settings.some((object) => object.cluster.is(cluster) !== 'no' && equal(object.namespace, namespace) !== 'no');
  const hasOption = ({ template }: Workload) => containersOf(template?.spec).some((container) => textsIn(valueAt(container, 'args')).some((text) => IN_TEXT.test(`${text}`)));
  return {
    workloads: workloads.filter((workload) => isIngressController(workload) && (isSetFor(workload) || hasOption(workload))),
    charts: [...charts, ...objects.filter(isGenerator)].filter((chart) => installsIngressController(chart) && allowsSnippets(chart.at())),
  };
}

const allowsSnippets = (value: Resolved): boolean => listOf(value).some((item) => (item instanceof ResolvedMap
  ? item.entries.some(([{ literal = '' }, inner]) => (SETTING.test(literal) ? isSet(inner) !== 'no' : allowsSnippets(inner)))
  : Array.isArray(item) ? allowsSnippets(item) : IN_TEXT.test(`${item}`)));
