import { addTo } from '../../values/add-to';
import { equal } from '../../values/pattern';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isReference, literalOf, textOf, textsIn } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { NODE } from '../code/node-hosts';
import { KubernetesObject } from '../kubernetes-object';
import { NameOutside } from '../name-outside';

/**
 * The host of the load balancer that a controller makes for an object: `name-id.elb.region.amazonaws.com`, or `name-id.region.elb.amazonaws.com`.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#application-load-balancer-overview
 */
export function hostOfBalancer({ kind, name, namespace, cluster }: Pick<KubernetesObject, 'kind' | 'name' | 'namespace' | 'cluster'>): Text {
  const part = (label: string) => Text.unknown(new Unknown(`${label} of ${cluster.key} ${kind} ${namespace.key}/${name?.key}`, { label, excludes: ':/' }));
  return Text.join([part(`load balancer of ${kind} ${name ?? 'without a name'}`), Text.of('.elb'), part('Region'), Text.of('.amazonaws.com')]);
}

/** Whether a Service has a load balancer. */
export const hasBalancer = (service: KubernetesObject): boolean => !['ClusterIP', 'ExternalName', 'NodePort'].includes(literalOf(service.at('spec', 'type')) ?? 'ClusterIP');

/**
 * How the target groups of load balancers in the templates lead to Services: by a `TargetGroupBinding`, of which only the deployment may know the target group, or by a
 * port that all nodes have for a Service, or some for their pods.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
 */
export function routesOfTargetGroups(objects: readonly KubernetesObject[], outside: readonly NameOutside[]): Array<Pick<NameOutside, 'host' | 'to'>> {
  const groups = outside.filter(({ ports }) => ports !== undefined);
  const byPort = new Map<string, NameOutside[]>();
  groups.forEach((group) => new Set(group.ports!.map(portOf)).forEach((port) => addTo(byPort, port, group)));
  const atPort = (own: Text) => (own.literal === undefined ? groups : [own.literal, ''].flatMap((port) => byPort.get(port) ?? []))
    .filter(({ ports }) => ports!.some((port) => equal(own, port) !== 'no'));
  const onNodes = groups.filter(({ isOfAddresses }) => !isOfAddresses).flatMap(({ to, ports = [] }) => ports.map((port) => ({ host: to, to: Text.join([NODE, port], ':') })));
  return groups.length === 0 ? [] : [...onNodes, ...objects.flatMap((object) => {
    const found = object.kind === 'TargetGroupBinding' ? groups.filter(({ to }) => mayBind(object, to))
      : object.group === '' && object.kind === 'Service' ? [...new Set(nodePortsOf(object).flatMap(atPort))] : [];
    const names = object.kind === 'Service' ? [object.name] : textsIn(object.at('spec', 'serviceRef', 'name'));
    return found.flatMap(({ to }) => names.flatMap((name) => (name ? { host: to, to: serviceHost(name, object.namespace) } : [])));
  })];
}

/** A port of a load balancer; empty if only the deployment knows it. */
const portOf = ({ literal }: Text): string => literal ?? '';

function mayBind(binding: KubernetesObject, group: Text): boolean {
  const arn = textOf(binding.at('spec', 'targetGroupARN'));
  return arn === undefined || !isReference(arn) || arn.key === group.key;
}

const nodePortsOf = (service: KubernetesObject): Text[] => listOf(service.at('spec', 'ports')).flatMap((port) => textsIn(valueAt(port, 'nodePort')));

/** The host of a Service in its cluster. */
export const serviceHost = (name: Text, namespace: Text): Text => Text.join([name, Text.of('.'), namespace, Text.of('.svc')]);
