import { Credentials } from './credentials';
import { allOnFargate } from './linux-nodes';
import { obstacleBefore } from './metadata-obstacles';
import { passedRole } from './passed-role';
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

/** The service whose instances have roles. */
export const EC2 = Text.of('ec2.amazonaws.com');

/** The request that changes what pods reach of the instance metadata of a node. */
export const CHANGES_METADATA = 'ec2:ModifyInstanceMetadataOptions';

const decisions = new Interned<Decision>();
const ofNodegroups = new Interned<Credentials>();

/** The credentials of nodes. @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
function nodeRole(nodegroup: Nodegroup, roles: RoleIndex): Credentials {
  const role = roles.withArn(nodegroup.roleArn);
  return ofNodegroups.of([nodegroup, role], () => credentialsOf(nodegroup, role));
}

function credentialsOf({ cluster, roleArn, label, place, service = EC2 }: Nodegroup, role: Role): Credentials {
  const decision = decisions.of([role.trustPolicy, service.key], () =>
    decideTrust(role.trustPolicy, { kind: 'Service', names: [service] }, 'sts:AssumeRole', SessionContext.service({})));
  return passedRole({
    role,
    by: 'node role',
    isDefault: 'yes',
    isObtained: truthOf(decision),
    missing: decision.missing,
    chain: [{ what: `nodegroup ${label}`, place }, trustReason(role, decision)],
    session: { role: roleSession(role), roleTags: role.tags },
  }, roleArn, cluster.account, place);
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
  const { reaches, why, missing } = onNodesOfJobs(nodegroup, pods, metadataOf(nodegroup, pods, workloads, assigned));
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
      ...(reaches === 'unknown' ? [missing ?? `whether pods reach the instance metadata of nodegroup ${nodegroup.label}`] : []),
      ...(isOfCluster === 'unknown' ? [`whether nodegroup ${nodegroup.label} belongs to cluster ${pods.cluster}`] : []),
      ...(nodegroup.mayBeMissing ? [`whether cluster ${pods.cluster} has nodes of nodegroup ${nodegroup.label}`] : []),
      ...(runsThere === 'unknown' ? [`whether the pods run on Fargate${onFargate ? `: ${onFargate}` : ''}`] : []),
    ],
    chain: [step, ...own.chain.slice(1)],
    broken: reaches === 'no' ? step : undefined,
  };
}

/** Whether pods reach the instance metadata of a node, and why. */
interface Reaching {
  readonly reaches: Truth;
  readonly why: string;
  /** What it depends on, if it is not the instance metadata itself. */
  readonly missing?: string;
}

/**
 * Jobs of AWS Batch have the network of their node, unless their definition says otherwise. DaemonSets and pods with tolerations can run there, too.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/eks-jobs.html
 */
function onNodesOfJobs({ namespaceOfJobs }: Nodegroup, { namespace }: Pods, reaching: Reaching): Reaching {
  const { reaches, why } = reaching;
  const isOfJobs = namespaceOfJobs ? equal(namespaceOfJobs, namespace) : 'no';
  const isPossible = namespaceOfJobs && (reaches === 'yes' || (reaches === 'no' && isOfJobs !== 'no'));
  return isPossible
    ? { reaches: 'unknown', why: `AWS Batch adds these nodes for jobs in namespace ${namespaceOfJobs}, which share the network of their node by default; ${why}` } : reaching;
}

/** Pods of an account can also be others than those of its workloads. One that certainly reaches it is enough. */
function metadataOf(nodegroup: Nodegroup, pods: Pods, workloads: readonly Workload[], assigned: AssignedModel): Reaching {
  const each = [...(pods.workload && workloads.length > 0 ? [] : [undefined]), ...workloads].map((workload) => {
    const reaching = withTakeover(nodegroup, workload);
    const missing = reaching.reaches === 'yes' ? obstacleBefore(nodegroup, pods, workload, assigned) ?? maybeMissing(workload) : undefined;
    return missing === undefined ? reaching : { reaches: 'unknown' as const, why: `${reaching.why}, but it is not known ${missing}`, missing };
  });
  return each.find(({ reaches }) => reaches === 'yes') ?? each.find(({ reaches }) => reaches === 'unknown') ?? each[0];
}

/** Whether there are pods of a workload at all. */
const maybeMissing = (workload: Workload | undefined): string | undefined => (workload?.mayBeMissing ? `whether ${nameOf(workload)} exists` : undefined);

/** Pods that take over their node can do what it can, whatever keeps other pods from the instance metadata. */
function withTakeover(nodegroup: Nodegroup, workload: Workload | undefined): Reaching {
  const own = byNetwork(nodegroup, workload);
  return own.reaches === 'no' && workload?.takesOverNode !== undefined
    ? { reaches: 'unknown', why: `those of ${nameOf(workload)} have ${workload.takesOverNode}, with which they may take over their node` } : own;
}

function byNetwork({ podsReachMetadata, hostNetworkReachesMetadata, why }: Nodegroup, workload: Workload | undefined): Reaching {
  const withHostNetwork = anyOf([podsReachMetadata, hostNetworkReachesMetadata]);
  if (!workload || workload.hostNetwork === 'no' || withHostNetwork === podsReachMetadata) {
    return { reaches: podsReachMetadata, why };
  }
  return workload.hostNetwork === 'yes'
    ? { reaches: withHostNetwork, why: `those of ${nameOf(workload)} share the network of their node` }
    : { reaches: 'unknown', why: `whether those of ${nameOf(workload)} share the network of their node is known only at deployment` };
}

const nameOf = ({ kind, namespace, name }: Workload): string => `${kind} ${namespace}/${name}`;

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
