import { hostOfBalancer, serviceHost } from './load-balancers';
import { AccessPlace } from '../../../access-reason';
import { ClusterId } from '../../values/cluster-id';
import { mapOf } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, literalOf, textOf } from '../../values/text-parts';
import { NODE } from '../code/node-hosts';
import { HostOfPods } from '../host-of-pods';
import { KubernetesObject } from '../kubernetes-object';
import { NameOutside } from '../name-outside';
import { StackResources } from '../stack-resources';

/** An object of a cluster of which a custom resource of aws-cdk gets a value, such as an address. */
interface LookedUp {
  readonly value: Text;
  readonly kind: string;
  readonly cluster: ClusterId;
  readonly name: Text;
  readonly namespace: Text;
  readonly place: AccessPlace;
}

/** How kubectl calls kinds. @see https://kubernetes.io/docs/reference/kubectl/#resource-types */
const KINDS: ReadonlyArray<readonly [string, RegExp]> = [
  ['Service', /^(svc|services?)(\.|$)/i], ['Ingress', /^ing(ress(es)?)?(\.|$)/i], ['Node', /^(no|nodes?)$/i], ['Pod', /^(po|pods?)$/i],
];

/** @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.KubernetesObjectValue.html */
const readLookedUp = (resources: StackResources): LookedUp[] => resources.ofType('Custom::AWSCDK-EKS-KubernetesObjectValue').flatMap((resource) =>
  resource.once('object that it looks up', () => {
    const cluster = resource.cluster('ClusterName');
    const [type = '', name = Text.of(resource.logicalId), namespace = Text.of('default')] = [
      literalOf(resource.property('ObjectType')), ...['ObjectName', 'ObjectNamespace'].map((property) => textOf(resource.property(property))),
    ];
    const kind = KINDS.find(([, names]) => names.test(type))?.[0] ?? type;
    return cluster ? [{ value: resource.attribute('Value'), kind, cluster, name, namespace, place: resource.place() }] : [];
  }));

/** Where the values lead that custom resources of aws-cdk get of Services, Ingresses and nodes. */
export const namesLookedUp = (resources: StackResources): NameOutside[] => readLookedUp(resources).flatMap((one) => {
  const to = one.kind === 'Service' ? serviceHost(one.name, one.namespace) : one.kind === 'Ingress' ? hostOfBalancer(one) : one.kind === 'Node' ? NODE : undefined;
  return to ? [{ host: one.value, to }] : [];
});

/** The Services of these, which something outside the templates can create. */
export const servicesLookedUp = (resources: StackResources): KubernetesObject[] =>
  readLookedUp(resources).filter(({ kind }) => kind === 'Service').map(serviceWith);

/** The pods at the values that they get of other objects. */
export function podsLookedUp(resources: StackResources, objects: readonly KubernetesObject[]): HostOfPods[] {
  const all = readLookedUp(resources);
  const keyOf = ({ cluster, namespace, name }: Pick<KubernetesObject, 'cluster' | 'namespace' | 'name'>) => `${cluster.key} ${namespace.key}/${name?.key}`;
  const ingresses = new Set(all.length === 0 ? [] : objects.filter(({ kind }) => kind === 'Ingress').map(keyOf));
  return all.filter((one) => !['Node', 'Service'].includes(one.kind) && !(one.kind === 'Ingress' && ingresses.has(keyOf(one))))
    .map(({ value, kind, cluster, namespace, place }) => ({ host: value, pods: ['Ingress', 'Pod'].includes(kind) ? { cluster, namespace } : { cluster }, place }));
}

/** A Service of which only the cluster knows which pods it selects. */
export const serviceWith = ({ cluster, name, namespace, place }: Pick<LookedUp, 'cluster' | 'name' | 'namespace' | 'place'>): KubernetesObject =>
  KubernetesObject.from(cluster, mapOf({
    apiVersion: Text.of('v1'), kind: Text.of('Service'), metadata: mapOf({ name, namespace }), spec: mapOf({ selector: derived(name, 'selector') }),
  }), place)!;
