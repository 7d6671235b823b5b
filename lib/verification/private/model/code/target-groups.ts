import { addTo } from '../../values/add-to';
import { Interned } from '../../values/interned';
import { Resolved } from '../../values/resolved';
import { textOf, textsIn } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** The listeners of load balancers, their rules, and target groups, by the keys of what they belong to and of their own. */
interface Forwarding {
  readonly listeners: ReadonlyMap<string, readonly StackResource[]>;
  readonly rules: ReadonlyMap<string, readonly StackResource[]>;
  readonly groups: ReadonlyMap<string, readonly StackResource[]>;
}

/** The target groups to which the listeners of a load balancer, and their rules, forward requests. */
export function groupsOf(balancer: StackResource, resources: StackResources): StackResource[] {
  const { listeners, rules, groups } = known.of([resources], () => readForwarding(resources));
  const own = listeners.get(balancer.ref.key) ?? [];
  const actions = own.flatMap((listener) => [listener.property('DefaultActions'), ...(rules.get(listener.ref.key) ?? []).map((one) => one.property('Actions'))]);
  const named = new Set(actions.flatMap(textsIn).map(({ key }) => key));
  return [...named].flatMap((key) => groups.get(key) ?? []);
}

const known = new Interned<Forwarding>();

const readForwarding = (resources: StackResources): Forwarding => ({
  listeners: byKey(resources.ofType(LISTENER), (listener) => listener.property('LoadBalancerArn')),
  rules: byKey(resources.ofType('AWS::ElasticLoadBalancingV2::ListenerRule'), (rule) => rule.property('ListenerArn')),
  groups: byKey(resources.ofType('AWS::ElasticLoadBalancingV2::TargetGroup'), ({ ref }) => ref),
});

function byKey(resources: readonly StackResource[], by: (resource: StackResource) => Resolved): Map<string, StackResource[]> {
  const found = new Map<string, StackResource[]>();
  resources.forEach((resource) => {
    const key = textOf(by(resource))?.key;
    if (key !== undefined) {
      addTo(found, key, resource);
    }
  });
  return found;
}
