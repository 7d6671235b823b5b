import { Rule } from './rule';
import { AssignedModel } from '../assignments/assigned-model';
import { Association } from '../model/model';
import { AGENT, allowsEgress, isForAllPods, isNetworkPolicy, isOtherNetworkPolicy, limitsEgress } from '../model/objects/network-policies';
import { equal } from '../values/pattern';

export const BLOCKED_AGENT: Rule = {
  id: 'blocked-agent',
  severity: 'note',
  title: 'a NetworkPolicy keeps pods from the EKS Pod Identity agent',
  why: 'Pods get the credentials of an association from an agent at 169.254.170.23. Whether a NetworkPolicy applies to this address depends on what enforces it.',
  fix: 'Allow egress to 169.254.170.23/32, and in a cluster with IPv6 to fd00:ec2::23/128, on TCP port 80',
  violations: (assigned) => assigned.model.associations.flatMap((association) => {
    const { cluster, namespace, serviceAccount } = association;
    const { place, otherObjects } = assigned.cluster(cluster) ?? {};
    const policies = assigned.model.networkPolicies.filter((object) => isNetworkPolicy(object) && mayBeIn(association, object));
    const blocking = policies.find((policy) => policy.cluster.is(cluster) === 'yes' && equal(policy.namespace, namespace) === 'yes'
      && isForAllPods(policy) && limitsEgress(policy) === 'yes');
    const mayReachAgent = policies.some((policy) => allowsEgress(policy, AGENT) !== 'no') || assigned.model.networkPolicies.some(isOtherNetworkPolicy)
      || mayUseHostNetwork(association, assigned);
    return place && otherObjects === undefined && blocking && !mayReachAgent ? [{
      what: `NetworkPolicy ${namespace}/${blocking.name} allows pods of ${namespace}/${serviceAccount} no egress to the EKS Pod Identity agent`,
      place: blocking.place,
    }] : [];
  }),
};

/** Whether something may be in the namespace of an association. */
const mayBeIn = (association: Association, { cluster, namespace }: Pick<Association, 'cluster' | 'namespace'>): boolean =>
  cluster.is(association.cluster) !== 'no' && equal(namespace, association.namespace) !== 'no';

/** The behavior of a NetworkPolicy is undefined for pods in the network of their node. */
const mayUseHostNetwork = (association: Association, { model }: AssignedModel): boolean => model.workloads.some((workload) =>
  workload.hostNetwork !== 'no' && mayBeIn(association, workload) && equal(workload.serviceAccountName, association.serviceAccount) !== 'no');
