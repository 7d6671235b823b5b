import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { textsIn } from '../../values/text-parts';
import { chartNames } from '../objects/chart-names';
import { KubernetesObject } from '../objects/kubernetes-object';

/** Programs that sign the requests of whoever calls them, or send requests of their own for them, by the names of their images, commands and charts. */
const NAMED = /sigv4|(^|[/\s_-])(aws-)?(es|elasticsearch|opensearch|s3|ecr|signing)-?(http-|signing-)?(proxy|gateway)(?![a-z])/i;

/**
 * Whether containers run such a program, as their images, commands and arguments tell.
 *
 * @see https://github.com/awslabs/aws-sigv4-proxy
 * @see https://github.com/abutaha/aws-es-proxy
 * @see https://github.com/nginx/nginx-s3-gateway
 */
export const signsForOthers = (spec: ResolvedMap): boolean => ['containers', 'initContainers'].flatMap((name) => listOf(spec.get(name)))
  .some((container) => ['image', 'command', 'args'].some((property) => isNamed(valueAt(container, property))));

/** Whether an object installs a chart of such a program. */
export const installsProxy = (object: KubernetesObject): boolean => chartNames(object).some((name) => NAMED.test(name));

const isNamed = (value: Resolved): boolean => textsIn(value).some((text) => NAMED.test(`${text}`));
