import { textOf, textsIn } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** The target groups to which the listeners of a load balancer, and their rules, forward requests. */
export function groupsOf(balancer: StackResource, resources: StackResources): StackResource[] {
  const listeners = resources.ofType(LISTENER).filter((listener) => textOf(listener.property('LoadBalancerArn'))?.key === balancer.ref.key);
  const keys = new Set(listeners.map(({ ref }) => ref.key));
  const rules = listeners.length === 0 ? [] : resources.ofType('AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter((rule) => keys.has(textOf(rule.property('ListenerArn'))?.key ?? ''));
  const named = new Set([...listeners.map((one) => one.property('DefaultActions')), ...rules.map((one) => one.property('Actions'))].flatMap(textsIn).map(({ key }) => key));
  return named.size === 0 ? [] : resources.ofType('AWS::ElasticLoadBalancingV2::TargetGroup').filter(({ ref }) => named.has(ref.key));
}
