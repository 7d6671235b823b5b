import { Credentials } from './credentials';
import { allOnFargate } from './linux-nodes';
import { trustReason } from './web-identity';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { Pods } from '../assignments/principal';
import { RoleIndex } from '../assignments/role-index';
import { decideTrust } from '../evaluation/decide-trust';
import { Decision } from '../evaluation/decision';
import { truthOf } from '../evaluation/outcomes';
import { roleSession } from '../evaluation/role-session';
import { SessionContext } from '../evaluation/session-context';
import { holderName } from '../model/holder-name';
import { Nodegroup, Role, Workload } from '../model/model';
import { Interned } from '../values/interned';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { allOf, anyOf, Truth } from '../values/truth';

/** How pods get the credentials of their node. */
export const INSTANCE_METADATA = 'instance metadata';

const EC2 = Text.of('ec2.amazonaws.com');

/** The request that changes what pods reach of the instance metadata of a node. */
export const CHANGES_METADATA = 'ec2:ModifyInstanceMetadataOptions';

const decisions = new Interned<Decision>();

/** The credentials of nodes. @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
function nodeRole({ roleArn, label, place, service = EC2 }: Nodegroup, roles: RoleIndex): Credentials {
  const role = roles.withArn(roleArn);
  const decision = decisions.of([role.trustPolicy, service.key], () =>
    decideTrust(role.trustPolicy, { kind: 'Service', names: [service] }, 'sts:AssumeRole', SessionContext.service({})));
  return {
    role,
    by: 'node role',
    isDefault: 'yes',
    isObtained: truthOf(decision),
    missing: decision.missing,
    chain: [{ what: `nodegroup ${label}`, place }, trustReason(role, decision)],
    session: { role: roleSession(role), roleTags: role.tags },
  };
}

/** The credentials that processes of nodes get: from the instance metadata, unless that is disabled. */
export function ofNodes(nodegroup: Nodegroup, roles: RoleIndex): Credentials {
  const own = nodeRole(nodegroup, roles);
  const { hostNetworkReachesMetadata, why, label, place } = nodegroup;
  return hostNetworkReachesMetadata !== 'no' || own.isObtained === 'no' ? own : {
    ...own,
    isObtained: 'unknown',
    missing: [...own.missing, `how nodes of nodegroup ${label} get the credentials of their role: ${why}`],
    chain: [...own.chain, { what: `it is not known how nodes get these credentials: ${why}`, place }],
  };
}

/**
 * The credentials of the node that pods run on, if they can reach its instance metadata. Some of their workloads can have the network of the node.
 *
 * @param isDefault whether SDKs in the pods use them by default.
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html#_restrict_access_to_the_instance_profile_assigned_to_the_worker_node
 */
export function fromMetadata(
  nodegroup: Nodegroup, pods: Pods, workloads: readonly Workload[], isDefault: Truth, assigned: AssignedModel,
): Credentials {
  const own = nodeRole(nodegroup, assigned.roles);
  const [reaches, why] = onNodesOfJobs(nodegroup, pods, metadataOf(nodegroup, workloads));
  const isOfCluster = nodegroup.cluster.is(pods.cluster);
  const isOpen = pods.workload !== undefined && pods.workload.fargate === undefined;
  const onFargate = isOpen ? pods.workload.maybeNotOnLinux : allOnFargate(pods, assigned);
  const runsThere: Truth = onFargate || isOpen ? 'unknown' : 'yes';
  const podsReach = { yes: 'pods reach', no: 'pods do not reach', unknown: 'pods might reach' }[reaches];
  const step: AccessReason = { what: `${podsReach} the instance metadata of nodegroup ${nodegroup.label}: ${why}`, place: nodegroup.place };
  return {
    ...own,
    by: INSTANCE_METADATA,
    isDefault,
    isObtained: allOf([own.isObtained, isOfCluster, reaches, runsThere, nodegroup.mayBeMissing ? 'unknown' : 'yes']),
    missing: [
      ...own.missing,
      ...(reaches === 'unknown' ? [`whether pods reach the instance metadata of nodegroup ${nodegroup.label}`] : []),
      ...(isOfCluster === 'unknown' ? [`whether nodegroup ${nodegroup.label} belongs to cluster ${pods.cluster}`] : []),
      ...(nodegroup.mayBeMissing ? [`whether cluster ${pods.cluster} has nodes of nodegroup ${nodegroup.label}`] : []),
      ...(runsThere === 'unknown' ? [`whether the pods run on Fargate${onFargate ? `: ${onFargate}` : ''}`] : []),
    ],
    chain: [step, ...own.chain.slice(1)],
    broken: reaches === 'no' ? step : undefined,
  };
}

/**
 * Jobs of AWS Batch have the network of their node, unless their definition says otherwise. DaemonSets and pods with tolerations can run there, too.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/eks-jobs.html
 */
function onNodesOfJobs({ namespaceOfJobs }: Nodegroup, { namespace }: Pods, [reaches, why]: [Truth, string]): [Truth, string] {
  const isOfJobs = namespaceOfJobs ? equal(namespaceOfJobs, namespace) : 'no';
  const isPossible = namespaceOfJobs && (reaches === 'yes' || (reaches === 'no' && isOfJobs !== 'no'));
  return isPossible ? ['unknown', `AWS Batch adds these nodes for jobs in namespace ${namespaceOfJobs}, which share the network of their node by default; ${why}`] : [reaches, why];
}

/** Pods that take over their node can do what it can, whatever keeps other pods from the instance metadata. */
function metadataOf(nodegroup: Nodegroup, workloads: readonly Workload[]): [Truth, string] {
  const [reaches, why] = byNetwork(nodegroup, workloads);
  const strong = workloads.find(({ takesOverNode }) => takesOverNode !== undefined);
  return strong && reaches === 'no'
    ? ['unknown', `those of ${strong.kind} ${strong.namespace}/${strong.name} have ${strong.takesOverNode}, with which they may take over their node`]
    : [reaches, why];
}

function byNetwork({ podsReachMetadata, hostNetworkReachesMetadata, why }: Nodegroup, workloads: readonly Workload[]): [Truth, string] {
  const hostNetwork = anyOf(workloads.map((workload) => workload.hostNetwork));
  const withHostNetwork = anyOf([podsReachMetadata, hostNetworkReachesMetadata]);
  if (hostNetwork === 'no' || withHostNetwork === podsReachMetadata) {
    return [podsReachMetadata, why];
  }
  const { kind, namespace, name } = workloads.find((workload) => workload.hostNetwork === hostNetwork)!; // it is one of theirs
  return hostNetwork === 'yes'
    ? [withHostNetwork, `those of ${kind} ${namespace}/${name} share the network of their node`]
    : ['unknown', `whether those of ${kind} ${namespace}/${name} share the network of their node is known only at deployment`];
}

/**
 * The same if the principal may change the options of the instance metadata of its node. It does not know which one that is, but might find out.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html
 */
export function ifOptionsChange(credentials: Credentials, { label }: Nodegroup, by: Role): Credentials {
  const what = `whether pods reach the instance metadata of nodegroup ${label}: ${holderName(by)} may request ${CHANGES_METADATA}`;
  return credentials.broken === undefined ? credentials
    : { ...credentials, broken: undefined, isObtained: 'unknown', missing: [...credentials.missing, what] };
}
