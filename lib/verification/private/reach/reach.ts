import { AssociationHelp, associationHelp, withoutAgent } from './association-help';
import { rolesByCertificate } from './certificates';
import { Credentials, OtherCredentials, Reach } from './credentials';
import { identitiesOfPods } from './held-identities';
import { ifObtained } from './if-obtained';
import { movedFromFargate } from './leaving-fargate';
import { onLinuxNodes } from './linux-nodes';
import { requestsOf } from './may-request';
import { CHANGES_METADATA, fromMetadata, ifOptionsChange, ofNodes } from './metadata-credentials';
import { othersWith } from './others-with';
import { associatedRole, BY_POD_IDENTITY, withAgent } from './pod-identity';
import { withChains } from './role-chaining';
import { ofRole } from './session-of-role';
import { severalAssociations } from './several-associations';
import { ofTrusted } from './trusted-role';
import { unknownKeysOfPods } from './unknown-keys';
import { keysOfPods } from './user-keys';
import { volumesOfPods } from './volumes-of-pods';
import { annotatedRole, STS, trustingRoles } from './web-identity';
import { credentialsOfOthers, otherCredentials, settingOf, settingOfMetadata } from './workload-settings';
import { AccessAssumptions } from '../../access-assumptions';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { ClusterIssuer } from '../assignments/cluster-issuers';
import { Pods, Principal, subjectOf } from '../assignments/principal';
import { isInTemplates } from '../assignments/role-index';
import { Cluster, Nodegroup, Workload } from '../model/model';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { Truth } from '../values/truth';

/** The request with which pods might open the instance metadata of their node. */
const OPENING = [CHANGES_METADATA];

type Assumed = Pick<AccessAssumptions, NonNullable<OtherCredentials['excludedBy']>>;

/**
 * All credentials that a principal can get. For a pod these are, as an attacker in it would look for them:
 * those of its association, and those of each role that trusts its tokens, annotated or not; those of its node, if it reaches the instance
 * metadata; and those of each role that can be assumed with them, and so on.
 *
 * @param assumed which other credentials are assumed not to be there.
 */
export function reachOf(principal: Principal, assigned: AssignedModel, assumed: Assumed): Reach {
  if (principal.kind === 'nodes') {
    return withoutAccount(ofNodes(principal.nodegroup, assigned.roles), assigned, assumed);
  }
  if (principal.kind === 'trusted') {
    return withoutAccount(ofTrusted(principal), assigned, assumed);
  }
  if (principal.kind === 'role') {
    return withoutAccount(ofRole(principal), assigned, assumed);
  }
  const cluster = assigned.cluster(principal.cluster);
  if (!cluster) {
    return { credentials: [], others: [{ what: `the templates do not show cluster ${principal.cluster}` }], othersAreDefault: 'unknown', changesDefault: [], notes: [] };
  }
  const others = () => [identitiesOfPods, volumesOfPods].flatMap((find) => find(principal, assigned.roles));
  const identities = assumed.noOtherCredentials ? [] : [...rolesByCertificate(principal, assigned), ...others()];
  const held = [...keysOfPods(principal, assigned.roles), ...identities];
  const first = ofAccount(principal, cluster, assigned);
  const pods = movedFromFargate([...first, ...held], principal, assigned);
  const own = pods === principal ? first : ofAccount(pods, cluster, assigned);
  const isMetadataDefault = usesMetadata(own, pods, cluster, assigned);
  const workloads = workloadsOf(pods, assigned);
  const isLeft = ({ excludedBy }: OtherCredentials) => !excludedBy || !assumed[excludedBy];
  const ofContainers = workloads.flatMap(otherCredentials).filter(isLeft);
  const ofOtherNodes = pods.workload?.fargate ? [] : otherNodes(cluster).filter(isLeft);
  const leadingOn = (some: readonly Credentials[]) => withNodes([...some, ...held], pods, isMetadataDefault, assigned);
  const found = leadingOn(own);
  const isHelpful = own.some(({ by, isObtained }) => by === BY_POD_IDENTITY && isObtained === 'no');
  const credentials = isHelpful ? leadingOn(ofAccount(pods, cluster, assigned, associationHelp(found, pods, cluster, assigned))) : found;
  const unknownKeys = unknownKeysOfPods(pods, assigned.roles, workloads.some(({ mayBeMissing }) => !mayBeMissing));
  const ofOthers = [...workloads.flatMap(credentialsOfOthers), ...unknownKeys, ...othersWith(credentials, assigned.roles)].filter(isLeft);
  return {
    credentials,
    others: [...ofOtherNodes, ...ofContainers, ...ofOthers],
    othersAreDefault: ofContainers.length > 0 ? 'unknown' : ofOtherNodes.length > 0 ? isMetadataDefault : 'no',
    changesDefault: [
      ...workloads.flatMap((workload) => settingOf(workload, workload.changesDefault)),
      ...(own.some(usesAgent) ? workloads.flatMap((workload) => settingOf(workload, workload.changesAgent)) : []),
      ...(isMetadataDefault === 'no' ? [] : workloads.flatMap(settingOfMetadata)),
      ...accountsThatDiffer(pods, assigned),
    ],
    ...(assigned.accounts.of(pods).length === 0 && { howToAnnotate: 'if you know it, pass annotatedRoleArn to PodAccess.pod' }),
    notes: notesOn(pods, cluster, assigned),
  };
}

/** What starts with one role, which is the default. */
function withoutAccount(first: Credentials, assigned: AssignedModel, assumed: Assumed): Reach {
  const credentials = withChains([first], assigned.roles);
  const others = othersWith(credentials, assigned.roles).filter(({ excludedBy }) => !excludedBy || !assumed[excludedBy]);
  return { credentials, others, othersAreDefault: 'no', changesDefault: [], notes: [] };
}

/**
 * An association beats an annotation: it changes which role SDKs use by default. The pods can still ask for the role of the annotation, which is among
 * those that trust them if the templates have it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
function ofAccount(pods: Pods, cluster: Cluster, assigned: AssignedModel, help?: AssociationHelp): Credentials[] {
  const issuers = assigned.issuersOf(cluster);
  const associations = assigned.associations.of(pods);
  const several = severalAssociations(associations);
  const associated = associations.flatMap(({ thing, isOwn }) =>
    associatedRole(thing, pods, cluster, assigned.roles, help?.raises.get(assigned.roles.withArn(thing.roleArn).arn.key)).map((credentials) => {
      const onNodes = onLinuxNodes(withAgent(credentials, pods, cluster), pods, cluster, assigned);
      const isHelped = credentials.isObtained !== 'no' && onNodes.isObtained === 'no' && help?.agent;
      return ifOwn(ifObtained(isHelped ? withoutAgent(credentials, isHelped) : onNodes, several), isOwn);
    }));
  const isAssociated = associations.some(({ isOwn }) => isOwn === 'yes');
  const annotated = annotationsOf(pods, assigned).flatMap(({ roleArn, audience, isOwn, reason }) => {
    const role = assigned.roles.withArn(roleArn);
    if (isInTemplates(role)) {
      return isAssociated ? [] : [ifOwn(annotatedRole(role, audience, pods, issuers, [reason]), isOwn)];
    }
    const outside = ifOwn(annotatedRole(role, audience, pods, issuers, [reason, notInTemplates(roleArn, pods, issuers, assigned)]), isOwn);
    return [isAssociated ? { ...outside, isDefault: 'no' as const } : outside];
  });
  const known = new Set(annotated.filter(({ isObtained }) => isObtained !== 'no').map(({ role }) => role));
  const others = assigned.roles.thatMayTrust(subjectOf(pods)).filter((role) => !known.has(role));
  const isDefault = isDefined(pods, cluster, assigned) ? 'no' : 'unknown';
  return [...associated, ...annotated, ...trustingRoles(pods, issuers, others, isDefault)].map((one) => ifObtained(one, pods.workload?.maybeRefused));
}

function annotationsOf(pods: Pods, assigned: AssignedModel) {
  const what = (roleArn: Text, by = '') => `${nameOfAccount(pods)} has the annotation eks.amazonaws.com/role-arn: ${roleArn}${by}`;
  const all = [...assigned.accounts.of(pods), ...assigned.accountsInCharts(pods)];
  const found = all.flatMap(({ thing: { roleArn, audience, place }, isOwn }) =>
    (roleArn ? [{ roleArn, audience, isOwn, reason: { what: what(roleArn), place } }] : []));
  const { annotation } = pods;
  return annotation ? [...found, { roleArn: annotation, audience: STS, isOwn: 'yes' as const, reason: { what: what(annotation, ' (from annotatedRoleArn)') } }] : found;
}

/** Of an annotated role. The annotation may be meant for a role that trusts the service account, or name one whose ARN only the deployment knows. */
function notInTemplates(roleArn: Text, pods: Pods, issuers: readonly ClusterIssuer[], assigned: AssignedModel): AccessReason {
  const because = trustingRoles(pods, issuers, assigned.roles.thatMayTrust(subjectOf(pods)), 'no').flatMap(({ isObtained, role: { arn, label, place } }) => {
    if (equal(arn, roleArn) === 'unknown') {
      const open = arn.unknowns.map((unknown) => (unknown.label === 'AWS::Partition' ? 'AWS::Region' : unknown.label)); // a Region has one partition
      return [{ what: `role ${label} has this ARN if ${arn} is the same: state ${[...new Set(open)].join(' and ')} with PodAccess.assume`, place }];
    }
    return isObtained === 'yes' ? [{ what: `role ${label} trusts ${nameOfAccount(pods)}: did you mean its ARN?`, place }] : [];
  });
  return {
    what: 'no role in the templates is known to have this ARN: correct the ARN, or also read the template that creates the role',
    ...(because.length > 0 && { because }),
  };
}

const nameOfAccount = ({ namespace, serviceAccountName }: Pods): string => `service account ${namespace}/${serviceAccountName}`;

/** Whichever is applied last decides, unless an association does. */
function accountsThatDiffer(pods: Pods, assigned: AssignedModel): AccessReason[] {
  const own = assigned.accounts.of(pods).filter(({ isOwn }) => isOwn === 'yes').map(({ thing }) => thing);
  const isAssociated = assigned.associations.of(pods).some(({ isOwn }) => isOwn === 'yes');
  const keys = new Set(own.map(({ roleArn, audience }) => `${roleArn?.key} ${audience.key}`));
  return isAssociated || keys.size < 2 ? []
    : [{ what: `several objects define ${nameOfAccount(pods)}, with different annotations, and the templates do not show which of them the cluster keeps`, place: own[0].place }];
}

const ifOwn = (credentials: Credentials, isOwn: Truth): Credentials => (isOwn === 'yes' ? credentials : {
  ...credentials,
  isDefault: 'unknown',
  isObtained: credentials.isObtained === 'no' ? 'no' : 'unknown',
  missing: [...credentials.missing, `whether this applies to these pods: ${credentials.chain[0].what}`],
});

/**
 * Whether SDKs use the instance metadata by default. They do so last, if the service account gives no credentials.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html#credentialProviderChain
 */
function usesMetadata(own: readonly Credentials[], pods: Pods, cluster: Cluster, assigned: AssignedModel): Truth {
  if (own.some(({ isDefault }) => isDefault === 'yes')) {
    return 'no';
  }
  return isDefined(pods, cluster, assigned) && own.every(({ isDefault }) => isDefault === 'no') ? 'yes' : 'unknown';
}

const workloadsOf = (pods: Pods, assigned: AssignedModel): readonly Workload[] =>
  (pods.workload ? [pods.workload] : assigned.workloads.of(pods).map(({ thing, isOwn }) => (isOwn === 'yes' ? thing : perhapsOwn(thing))));

/** A workload that may be of another cluster or account. */
const perhapsOwn = (workload: Workload): Workload =>
  ({ ...workload, mayBeMissing: true, ...workload.hostNetwork !== 'no' && { hostNetwork: 'unknown' } });

const usesAgent = ({ by, isDefault, isObtained }: Credentials): boolean => by === BY_POD_IDENTITY && isDefault !== 'no' && isObtained !== 'no';

/** The credentials of an account and of nodes, and all that these lead to. With them, a pod might open the instance metadata of its node. */
function withNodes(own: readonly Credentials[], given: Pods, isDefault: Truth, assigned: AssignedModel): Credentials[] {
  const pods = movedFromFargate(own, given, assigned);
  const nodes = nodesOf(pods, isDefault, assigned);
  const found = withChains([...own, ...nodes.map(({ credentials }) => credentials)], assigned.roles);
  const obtained = found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role));
  const opening = nodes.length === 0 ? undefined : obtained.find((credentials) => requestsOf(credentials, assigned.roles, OPENING).length > 0);
  if (!opening) {
    return found;
  }
  const opened = nodes.map(({ credentials, nodegroup }) =>
    (nodegroup.isAutoMode ? credentials : ifOptionsChange(credentials, nodegroup, opening.role)));
  return withChains([...own, ...opened], assigned.roles);
}

/** Whether pods without the network of their node might get its role, as they are, or as workloads of the templates set them up. */
export function mayReachNodeRole(pods: Pods, assigned: AssignedModel): boolean {
  const { nodegroups, systemPods } = assigned.model;
  const workloads = assigned.workloads.of(pods).map(({ thing }) => thing).filter((workload) => !systemPods.includes(workload));
  return nodegroups.some((nodegroup) => nodegroup.cluster.is(pods.cluster) !== 'no'
    && fromMetadata(nodegroup, pods, workloads, 'unknown', assigned).isObtained !== 'no');
}

interface NodeCredentials { readonly nodegroup: Nodegroup; readonly credentials: Credentials }

function nodesOf(pods: Pods, isDefault: Truth, assigned: AssignedModel): NodeCredentials[] {
  if (pods.workload?.fargate) {
    return [];
  }
  const workloads = workloadsOf(pods, assigned);
  return assigned.model.nodegroups
    .filter((nodegroup) => nodegroup.cluster.is(pods.cluster) !== 'no')
    .map((nodegroup) => ({ nodegroup, credentials: fromMetadata(nodegroup, pods, workloads, isDefault, assigned) }));
}

/** Nodes that the templates do not show can have any role, and any settings of their instance metadata. */
const otherNodes = ({ id, place, otherNodes: why }: Cluster): OtherCredentials[] =>
  (why ? [{ what: `cluster ${id} may have nodes that the templates do not show, and their role is unknown: ${why}`, place, excludedBy: 'noOtherNodes' }] : []);

function notesOn(pods: Pods, cluster: Cluster, assigned: AssignedModel): AccessReason[] {
  const name = nameOfAccount(pods);
  return [
    ...(isDefined(pods, cluster, assigned) ? [] : [{ what: `no template defines ${name}` }]),
    ...(cluster.otherObjects ? [{
      what: `the templates do not show all objects of the cluster, and others can change ${name}, or run its pods on the network of their nodes: ${cluster.otherObjects}`,
    }] : []),
  ];
}

/**
 * Whether it is known which credentials the service account gives. Kubernetes creates the account `default` of each namespace, without an annotation.
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts
 */
function isDefined(pods: Pods, { otherObjects }: Cluster, assigned: AssignedModel): boolean {
  return pods.annotation !== undefined || (pods.serviceAccountName.literal === 'default' && otherObjects === undefined)
    || [...assigned.accounts.of(pods), ...assigned.associations.of(pods)].some(({ isOwn }) => isOwn === 'yes');
}
