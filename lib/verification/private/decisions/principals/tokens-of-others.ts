import { rolesMayAllow } from './changed-roles';
import { programsInCluster } from './programs-in-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods, principalName, RoleSessions } from '../../assignments/principal';
import { isInTemplates, mayBeSame } from '../../assignments/role-index';
import { AccessEntry, mayBeAbout } from '../../model/access-entry';
import { protectedWrite } from '../../model/code-writes';
import { holderName } from '../../model/holder-name';
import { JobService } from '../../model/job-service';
import { Role } from '../../model/model';
import { Question } from '../../questions/question';
import { Credentials, Reach } from '../../reach/credentials';
import { areAbout, mayRequest } from '../../reach/may-request';
import { mayWrite } from '../../reach/may-write';
import { INSTANCE_METADATA } from '../../reach/metadata-credentials';
import { trustingRoles } from '../../reach/web-identity';
import { ClusterId } from '../../values/cluster-id';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';
import { Deciding } from '../decide-resource';

/**
 * Requests with which a role gives itself access to a cluster: by an access entry, by its own identity provider, as a user of Argo CD, or by the values of an add-on,
 * which decide what its pods run.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/argocd-permissions.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/updating-an-add-on.html
 */
const GIVING_ACCESS = [
  'eks:CreateAccessEntry', 'eks:AssociateAccessPolicy', 'eks:UpdateAccessEntry', 'eks:AssociateIdentityProviderConfig', 'eks:UpdateCapability', 'eks:CreateAddon',
  'eks:UpdateAddon',
];

/**
 * Requests that change what an association gives to its pods. Without a target role, they get the credentials of the role of the association. Without a session
 * policy, these allow more.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdatePodIdentityAssociation.html
 */
const CHANGING_ASSOCIATIONS = ['eks:UpdatePodIdentityAssociation'];

/** How pods might act in a cluster: their own, or another one if they get the role of its nodes. */
interface WayIntoCluster {
  readonly cluster: ClusterId;
  readonly what: string;
  /** Whether they can also run pods there, with the network of any node. */
  readonly runsPods: boolean;
  /** The only pods whose credentials they get then. */
  readonly only?: Pods;
}

/**
 * Why pods might do something with the roles of other pods of the cluster: with credentials that act in the cluster, as the node, by an access entry or through a
 * service that runs jobs there, they can get tokens of other service accounts. Undefined if no roles of the templates for the cluster might allow what is asked.
 * Whoever has credentials of the role of a node can act as the node, however they got them: Kubernetes takes the name of the node from that of the session.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 * @see https://kubernetes.io/docs/reference/access-authn-authz/node/
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export function withTokensOfOthers(
  principal: Pods | RoleSessions, { credentials }: Reach, question: Question, assigned: AssignedModel, deciding: Deciding,
): string | undefined {
  const clusters = principal.kind === 'pods' ? [principal.cluster] : assigned.model.clusters.map(({ id }) => id);
  const who = principal.kind === 'pods' ? 'pods' : principalName(principal);
  return clusters.flatMap((own) => {
    const ways = waysIntoCluster(credentials, own, assigned);
    const inOrder = [...ways.filter(({ runsPods }) => runsPods), ...ways.filter(({ runsPods }) => !runsPods)];
    return inOrder.flatMap((way) => {
      const { what, runsPods } = way;
      const role = allowingRole(way, question, assigned, deciding);
      return role ? [`whether ${who} ${what}, ${runsPods ? 'run pods or ' : ''}get tokens of other pods, and with them ${role}`] : [];
    });
  })[0];
}

/** Whether whoever has some credentials might act in a cluster. */
export const mayActInClusters = ({ credentials }: Reach, assigned: AssignedModel): boolean =>
  assigned.model.clusters.some(({ id }) => waysIntoCluster(credentials, id, assigned).length > 0);

function waysIntoCluster(credentials: readonly Credentials[], cluster: ClusterId, assigned: AssignedModel): WayIntoCluster[] {
  const { accessEntries, jobServices } = assigned.model;
  const entries = accessEntries.filter((entry) => entry.cluster.is(cluster) !== 'no');
  const services = jobServices.filter((service) => service.cluster.is(cluster) !== 'no');
  return credentials.filter(({ isObtained }) => isObtained !== 'no').flatMap((one): WayIntoCluster[] => [
    ...withOwnRole(one, cluster, { entries, services }, assigned),
    ...programsInCluster(one, entries, assigned).map(({ program: { place }, role }) =>
      ({ cluster, what: `start ${place.logicalId}, which may act in the cluster with role ${role}`, runsPods: true })),
    ...changedImages(one, cluster, assigned),
    ...changedSources(one, cluster, assigned),
  ]);
}

/** Who changes the image of a workload can do what its pods can, as soon as one of them starts again. */
function changedImages(one: Credentials, cluster: ClusterId, { model, roles }: AssignedModel): WayIntoCluster[] {
  const { workloads, immutableRepositories } = model;
  if (!areAbout(one, roles, ['ecr:PutImage', 'ecr-public:PutImage'])) {
    return [];
  }
  return workloads.filter((workload) => workload.cluster.is(cluster) !== 'no'
    && workload.code?.some((write) => mayWrite(one, roles, protectedWrite(write, immutableRepositories))))
    .map(({ kind, namespace, name, serviceAccountName, hostNetwork, takesOverNode }) => ({
      cluster,
      what: `change the image of ${kind} ${namespace}/${name} with ${holderName(one.role)}`,
      runsPods: hostNetwork !== 'no' || takesOverNode !== undefined,
      only: { kind: 'pods', cluster, namespace, serviceAccountName },
    }));
}

/** Controllers apply what they find in a source within minutes. */
function changedSources(one: Credentials, cluster: ClusterId, { model, roles }: AssignedModel): WayIntoCluster[] {
  const { objectSources, immutableRepositories } = model;
  const changed = objectSources.filter((source) => source.cluster.is(cluster) !== 'no'
    && source.code.some((write) => mayWrite(one, roles, protectedWrite(write, immutableRepositories))));
  return changed.map(({ label }) =>
    ({ cluster, what: `change the objects of ${label}, which a controller applies to the cluster, with ${holderName(one.role)}`, runsPods: true }));
}

/** What lets roles act in a cluster. */
interface InCluster {
  readonly entries: readonly AccessEntry[];
  readonly services: readonly JobService[];
}

function withOwnRole(one: Credentials, cluster: ClusterId, { entries, services }: InCluster, assigned: AssignedModel): WayIntoCluster[] {
  const { by, role } = one;
  const name = holderName(role);
  if (by === INSTANCE_METADATA) {
    return [{ cluster, what: `act as their node in the cluster, with its ${name}`, runsPods: false }];
  }
  if (entries.some((entry) => mayBeAbout(entry, role))) {
    return [{ cluster, what: `act in the cluster ${role.noun === 'user' ? `as ${name}, who` : `with ${name}, which`} has access to it`, runsPods: true }];
  }
  if (GIVING_ACCESS.some((action) => mayRequest(one, assigned.roles, action) !== 'no')) {
    return [{ cluster, what: `give ${name} access to the cluster`, runsPods: true }];
  }
  if (CHANGING_ASSOCIATIONS.some((action) => mayRequest(one, assigned.roles, action) !== 'no')) {
    return [{ cluster, what: `change the associations of EKS Pod Identity of the cluster with ${name}`, runsPods: false }];
  }
  const jobs = services.find(({ actions }) => actions.some((action) => mayRequest(one, assigned.roles, action) !== 'no'));
  return jobs ? [{ cluster, what: `run jobs of ${jobs.name} in the cluster with ${name}`, runsPods: true }] : asNode(one, assigned);
}

/** Credentials of the role of nodes, or commands on them, are enough. This can also be of another cluster. */
const asNode = ({ role }: Credentials, { model, roles }: AssignedModel): WayIntoCluster[] => model.nodegroups
  .filter(({ roleArn }) => mayBeSame(role, roles.withArn(roleArn)))
  .map(({ cluster, label }) => ({ cluster, what: `act as a node of nodegroup ${label} in its cluster, with its role ${role.label}`, runsPods: false }));

/** By question, so that the work to ask about all pods grows with their number, and not with its square. */
const known = new WeakMap<AssignedModel, Map<string, string | undefined>>();

/** The credentials of roles of a cluster that might allow what is asked: those of one role, or of several that have it only together. */
function allowingRole(
  { cluster, runsPods, only }: WayIntoCluster, question: Question, assigned: AssignedModel, deciding: Deciding,
): string | undefined {
  const { action, resource, context } = question;
  const given = Object.entries(context).map(([key, values]) => [key, ...values.map((value) => value.key)]);
  const key = JSON.stringify([cluster.key, runsPods, only && [only.namespace.key, only.serviceAccountName.key], action, resource?.key, given]);
  const found = known.get(assigned) ?? new Map<string, string | undefined>();
  known.set(assigned, found);
  if (!found.has(key)) {
    const ofPods = only ? rolesOf(only, assigned) : [...rolesOfPods(cluster, assigned), ...usersOfPods(cluster, assigned)];
    const roles = [...ofPods, ...(runsPods ? rolesOfNodes(cluster, assigned) : [])];
    found.set(key, findAllowing(roles, question, assigned, deciding));
  }
  return found.get(key);
}

function findAllowing(roles: readonly Role[], question: Question, assigned: AssignedModel, deciding: Deciding): string | undefined {
  if (roles.length === 0 || !rolesMayAllow(roles, question, assigned, deciding)) {
    return undefined;
  }
  const role = roles.find((one) => rolesMayAllow([one], question, assigned, deciding));
  return role ? `the ${role.noun === 'user' ? 'access key' : 'credentials'} of ${holderName(role)}` : 'what the roles of these pods allow together';
}

const rolesOfNodes = (cluster: ClusterId, { model, roles }: AssignedModel): Role[] =>
  model.nodegroups.filter((nodegroup) => nodegroup.cluster.is(cluster) !== 'no').map(({ roleArn }) => roles.withArn(roleArn));

/**
 * The roles of which pods of a cluster can have credentials: by associations, and by tokens. Whom a role outside the templates trusts is not known, but an annotation
 * is of no use without a role that trusts the account.
 */
function rolesOfPods(cluster: ClusterId, assigned: AssignedModel): Role[] {
  const { model, roles } = assigned;
  const associated = model.associations.filter((association) => association.cluster.is(cluster) !== 'no')
    .flatMap(({ roleArn, targetRoleArn }) => [roleArn, ...(targetRoleArn ? [targetRoleArn] : [])]).map((arn) => roles.withArn(arn));
  const annotated = [...model.serviceAccounts, ...model.otherAddonRoles].filter((account) => account.cluster.is(cluster) !== 'no')
    .flatMap(({ roleArn }) => (roleArn ? [roles.withArn(roleArn)] : [])).filter((role) => !isInTemplates(role));
  const own = assigned.cluster(cluster);
  const anyPods: Pods = { kind: 'pods', cluster, namespace: ofAnyPod('namespace'), serviceAccountName: ofAnyPod('service account') };
  const trusting = own ? trustingRoles(anyPods, assigned.issuersOf(own), roles.all, 'no').map(({ role }) => role) : roles.all;
  return [...new Set([...associated, ...annotated, ...trusting])];
}

/** Those of which the pods of a service account have credentials, without those of their node. */
function rolesOf(pods: Pods, assigned: AssignedModel): Role[] {
  const { roles, associations, accounts } = assigned;
  const named = [
    ...associations.of(pods).flatMap(({ thing: { roleArn, targetRoleArn } }) => [roleArn, targetRoleArn]),
    ...accounts.of(pods).map(({ thing }) => thing.roleArn),
  ];
  const own = assigned.cluster(pods.cluster);
  const trusting = own ? trustingRoles(pods, assigned.issuersOf(own), roles.all, 'no').map(({ role }) => role) : [];
  return [...new Set([...named.flatMap((arn) => (arn ? [roles.withArn(arn)] : [])), ...trusting])];
}

/** The users whose access keys pods of a cluster have, or can mount. */
const usersOfPods = (cluster: ClusterId, { roles }: AssignedModel): Role[] => roles.userKeys
  .filter(({ copies }) => copies.some(({ heldBy }) => heldBy !== undefined && heldBy !== 'everyone' && heldBy.cluster.is(cluster) !== 'no'))
  .map(({ userArn }) => roles.user(userArn));

const ofAnyPod = (label: string): Text => Text.unknown(new Unknown(`${label} of any pod`, { label }));
