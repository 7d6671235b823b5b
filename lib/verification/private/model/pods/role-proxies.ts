import { containersOf } from './containers';
import { podTemplates } from './pod-templates';
import { Findings } from '../../findings/findings';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { KubernetesObject } from '../kubernetes-object';
import { mayInstall } from '../objects/generators';
import { destinationOf } from '../objects/other-clusters';
import { StackResources } from '../stack-resources';

/** What answers the requests of pods for the instance metadata with credentials of other roles, which it assumes with the role of the nodes. */
const PROXIES = ['kube2iam', 'kiam'];

/** An image or a chart with one of these names, such as `quay.io/uswitch/kiam:v4`. */
const NAMED = new RegExp(`(^|[/_-])(${PROXIES.join('|')})([^a-z]|$)`, 'i');

/**
 * Adds a finding for what gives pods of a cluster the roles that their annotations name, and others a default role.
 *
 * @see https://github.com/jtblin/kube2iam
 * @see https://github.com/uswitch/kiam
 */
export function findRoleProxies(objects: readonly KubernetesObject[], resources: StackResources, findings: Findings): void {
  for (const object of objects.filter((one) => hasImage(one) || PROXIES.some((name) => mayInstall(one, name)))) {
    const what = `the ${object.kind} ${object.name ?? 'without a name'} can give pods roles by the annotation iam.amazonaws.com/role, or a default role`;
    findings.addGap('role-proxy', what, object.place, { cluster: destinationOf(object) });
  }
  for (const chart of resources.ofType('Custom::AWSCDK-EKS-HelmChart')) {
    const cluster = chart.cluster('ClusterName');
    if (cluster && ['Chart', 'Repository', 'Release'].some((name) => isNamed(chart.property(name)))) {
      const what = `the Helm chart ${chart.logicalId} can give pods roles by the annotation iam.amazonaws.com/role, or a default role`;
      findings.addGap('role-proxy', what, chart.place(), { cluster });
    }
  }
}

const hasImage = (object: KubernetesObject): boolean => podTemplates(object).some(({ at }) =>
  containersOf(at('spec')).some((container) => container instanceof ResolvedMap && isNamed(container.get('image'))));

/** What only the deployment knows, such as the registry of an account, is shown as its label. */
const isNamed = (value: Resolved): boolean => value instanceof Text && NAMED.test(`${value}`);
