import { appliersWith, entriesOfAppliers } from './appliers';
import { changedCode, changedSources } from './changed-objects';
import { reachOfRoles, rolesMayAllow } from './changed-roles';
import { waysByReadCredentials } from './cluster-credentials';
import { asNode, onNodesElsewhere } from './nodes';
import { startsOfEveryone, startsWith } from './programs-in-cluster';
import { anyPodsOf, otherCredentialsBy, rolesBy } from './roles-in-cluster';
import { signInsOfEveryone, signInsWith } from './users-of-clusters';
import { WayIntoCluster } from './way-into-cluster';
import { waysOfPods } from './ways-of-pods';
import { AccessPlace } from '../../../access-reason';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods, principalName, RoleSessions } from '../../assignments/principal';
import { isInTemplates, RoleIndex } from '../../assignments/role-index';
import { arnFormats } from '../../aws-data/actions';
import { isIn } from '../../findings/gap';
import { AccessEntry, mayBeAbout, onlyViews } from '../../model/access-entry';
import { holderName } from '../../model/holder-name';
import { JobService } from '../../model/job-service';
import { Role } from '../../model/model';
import { UserSource } from '../../model/user-source';
import { Question } from '../../questions/question';
import { Credentials, Reach } from '../../reach/credentials';
import { mayRequest } from '../../reach/may-request';
import { INSTANCE_METADATA } from '../../reach/metadata-credentials';
import { CREATE_ROLE } from '../../reach/new-roles';
import { ClusterId } from '../../values/cluster-id';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';
import { Deciding } from '../decide-resource';

/**
 * Requests with which a role gives itself access to a cluster: by an access entry, by its own identity provider, as a user of Argo CD, by the values of an add-on,
 * which decide what its pods run, or by nodes with a role that it passes, for which Amazon EKS creates the access entry.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/argocd-permissions.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/updating-an-add-on.html
 */
const GIVING_ACCESS = [
  'eks:CreateAccessEntry', 'eks:AssociateAccessPolicy', 'eks:UpdateAccessEntry', 'eks:AssociateIdentityProviderConfig', 'eks:CreateCapability',
  'eks:UpdateCapability', 'eks:CreateAddon', 'eks:UpdateAddon', 'eks:CreateNodegroup',
];

/**
 * Requests that change what an association gives to its pods. Without a target role, they get the credentials of the role of the association. Without a session
 * policy, these allow more.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdatePodIdentityAssociation.html
 */
const CHANGING_ASSOCIATIONS = ['eks:UpdatePodIdentityAssociation'];

/**
 * Why pods might do something with the roles of other pods, of their cluster or of another one: with credentials that act in the cluster, as the node, by an access
 * entry or through a service that runs jobs there, they can get tokens of other service accounts. Undefined if no roles of the templates for the cluster might
 * allow what is asked.
 * Whoever has credentials of the role of a node can act as the node, however they got them: Kubernetes takes the name of the node from that of the session.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 * @see https://kubernetes.io/docs/reference/access-authn-authz/node/
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export function withTokensOfOthers(
  principal: Pods | RoleSessions, { credentials }: Reach, question: Question, assigned: AssignedModel, deciding: Deciding,
): string | undefined {
  const all = assigned.model.clusters.map(({ id }) => id);
  const own = principal.kind === 'pods' ? principal.cluster : undefined;
  const who = principal.kind === 'pods' ? 'pods' : principalName(principal);
  return [...(own ? [own] : []), ...all.filter((id) => own?.is(id) !== 'yes')].flatMap((cluster) => {
    const ways = waysIntoCluster(principal, credentials, cluster, assigned);
    const inOrder = [...ways.filter(({ runsPods }) => runsPods), ...ways.filter(({ runsPods }) => !runsPods)];
    return inOrder.flatMap((way) => {
      const { what, runsPods, settledBy = '' } = way;
      const role = allowingRole(way, question, assigned, deciding) ?? roleOfOtherNodes(way, assigned) ?? otherCredentialsBy(way, assigned);
      const tokens = way.onlyViews ? '' : `, ${runsPods ? 'run pods or ' : ''}get tokens of other pods`;
      return role ? [`whether ${who} ${what}${tokens}, and with them ${role}${settledBy}`] : [];
    });
  })[0];
}

/** Whoever runs pods in a cluster might get the role of any of its nodes, also of those that the templates do not show. */
function roleOfOtherNodes({ cluster, runsPods, only }: WayIntoCluster, assigned: AssignedModel): string | undefined {
  const why = runsPods && !only ? assigned.otherNodesOf(cluster) : undefined;
  return why && `the role of nodes of cluster ${cluster} that the templates do not show: ${why}`;
}

/** Whether whoever has some credentials might act in a cluster. */
export const mayActInClusters = (principal: Pods | RoleSessions, { credentials }: Reach, assigned: AssignedModel): boolean =>
  assigned.model.clusters.some(({ id }) => waysIntoCluster(principal, credentials, id, assigned).length > 0);

/** The ways that do not need credentials. */
export function waysOfEveryone(cluster: ClusterId, assigned: AssignedModel): WayIntoCluster[] {
  const { entries, sources } = inCluster(cluster, assigned);
  return [...signInsOfEveryone(sources), ...startsOfEveryone(cluster, entries, assigned)].map((opening) => wayThrough(cluster, opening));
}

const waysIntoCluster = (
  principal: Pods | RoleSessions, credentials: readonly Credentials[], cluster: ClusterId, assigned: AssignedModel,
): WayIntoCluster[] => [
  ...waysOfEveryone(cluster, assigned), ...(principal.kind === 'pods' ? waysOfPods(principal, cluster, assigned) : []),
  ...waysWith(principal, credentials, cluster, assigned),
];

/**
 * The ways of a principal with some credentials.
 *
 * @param setAside what defines an access entry of its own, which is set aside.
 */
export function waysWith(
  principal: Pods | RoleSessions, credentials: readonly Credentials[], cluster: ClusterId, assigned: AssignedModel, setAside?: AccessPlace,
): WayIntoCluster[] {
  const own = inCluster(cluster, assigned, setAside);
  const { views, entries, sources } = own;
  const mayBeOwn = principal.kind !== 'pods' || principal.cluster.is(cluster) !== 'no';
  return credentials.filter(({ isObtained }) => isObtained !== 'no').flatMap((one): WayIntoCluster[] => [
    ...(one.by === INSTANCE_METADATA && mayBeOwn
      ? [{ cluster, what: `act as their node in the cluster, with its ${holderName(one.role)}`, runsPods: false }] : []),
    ...withOwnRole(one, cluster, own, assigned),
    ...views.filter((entry) => mayBeAbout(entry, one.role))
      .map(() => ({ cluster, what: `view objects of the cluster with ${holderName(one.role)}`, runsPods: false, onlyViews: true })),
    ...[...startsWith(one, cluster, entries, assigned), ...appliersWith(one, cluster, assigned)].map((opening) => wayThrough(cluster, opening)),
    ...onNodesElsewhere(one, cluster, assigned),
    ...changedSources(one, cluster, assigned),
    ...waysByReadCredentials(one, cluster, assigned),
    ...changedCode(one, cluster, principal, assigned),
    ...signInsWith(one, sources, assigned).map((opening) => wayThrough(cluster, opening)),
  ]);
}

const wayThrough = (cluster: ClusterId, opening: string): WayIntoCluster => ({ cluster, what: opening, opening, runsPods: true });

/** What lets roles act in a cluster. */
interface InCluster {
  /** Without those that only view objects. */
  readonly entries: readonly AccessEntry[];
  readonly views: readonly AccessEntry[];
  readonly services: readonly JobService[];
  readonly sources: readonly UserSource[];
}

function inCluster(cluster: ClusterId, assigned: AssignedModel, setAside?: AccessPlace): InCluster {
  const { model } = assigned;
  const ofCluster = <T extends { readonly cluster: ClusterId }>(all: readonly T[]) => all.filter((one) => one.cluster.is(cluster) !== 'no');
  const all = ofCluster(model.accessEntries);
  const entries = [...all, ...entriesOfAppliers(cluster, all, assigned)].filter(({ place }) => !setAside || !isIn(place, setAside));
  return {
    views: entries.filter(onlyViews),
    entries: entries.filter((entry) => !onlyViews(entry)),
    services: ofCluster(model.jobServices),
    sources: ofCluster(model.userSources),
  };
}

/** All ways, because one may give the credentials of pods that another does not. What nodes may do in the cluster is the last. */
function withOwnRole(one: Credentials, cluster: ClusterId, { entries, services }: InCluster, assigned: AssignedModel): WayIntoCluster[] {
  const { role } = one;
  const name = holderName(role);
  const may = (actions: readonly string[]) => actions.some((action) => mayRequestFor(cluster, action, one, assigned));
  const nodes = asNode(one, assigned);
  const isOfNodes = ({ grants }: AccessEntry) => grants.length === 0 && nodes.some((way) => way.cluster.is(cluster) === 'yes');
  const who = role.noun === 'user' ? `as ${name}, who` : `with ${name}, which`;
  return [
    ...(entries.some((entry) => mayBeAbout(entry, role) && !isOfNodes(entry))
      ? [{ cluster, what: `act in the cluster ${who} has access to it`, runsPods: true }] : []),
    ...entries.filter((entry) => mayCreate(entry, one, assigned.roles))
      .map(({ principalArn }) => ({ cluster, what: `create a role like ${principalArn}, which aws-auth lets into the cluster, with ${name}`, runsPods: true })),
    ...(may(GIVING_ACCESS) ? [{ cluster, what: `give ${name} access to the cluster`, runsPods: true }] : []),
    ...(may(CHANGING_ASSOCIATIONS) ? [{ cluster, what: `change the associations of EKS Pod Identity of the cluster with ${name}`, runsPods: false }] : []),
    ...services.filter(({ actions }) => actions.some((action) => mayRequest(one, assigned.roles, action) !== 'no'))
      .map((jobs) => `run jobs of ${jobs.name} in the cluster`)
      .map((opening) => ({ cluster, what: `${opening} with ${name}`, opening, runsPods: true })),
    ...nodes,
  ];
}

/** Whether credentials may create a role that `aws-auth` names, or create it anew: it is compared by its ARN only, while an access entry is about the role as it is. */
const mayCreate = ({ isWithoutPath, principalArn }: AccessEntry, one: Credentials, roles: RoleIndex): boolean => isWithoutPath === true
  && mayRequest(one, roles, CREATE_ROLE, principalArn) !== 'no'
  && (!isInTemplates(roles.withArn(principalArn)) || mayRequest(one, roles, 'iam:DeleteRole', principalArn) !== 'no');

/** Whether a role may request something about a cluster: the cluster, or one of its entries, add-ons, associations or capabilities. */
const mayRequestFor = ({ name }: ClusterId, action: string, one: Credentials, { roles }: AssignedModel): boolean =>
  mayRequest(one, roles, action) !== 'no' && arnFormats(action)!.some((format) => mayRequest(one, roles, action, withNameOf(format, name)) !== 'no');

/** What an ARN format of Amazon EKS stands for if the cluster is known. */
const withNameOf = (format: string, name: Text): Text => Text.join(format.split(/\$\{(\w+)\}/).map((piece, i) =>
  (i % 2 === 0 ? Text.of(piece) : piece === 'ClusterName' ? name : Text.unknown(new Unknown(`any ${piece}`, { label: `any ${piece}`, excludes: ':/' })))));

/** By question, so that the work to ask about all pods grows with their number, and not with its square. */
const known = new WeakMap<AssignedModel, Map<string, string | undefined>>();

/** The credentials of roles of a cluster that might allow what is asked: those of one role, or of several that have it only together. */
function allowingRole(way: WayIntoCluster, question: Question, assigned: AssignedModel, deciding: Deciding): string | undefined {
  const { action, resource, context } = question;
  const given = Object.entries(context).map(([key, values]) => [key, ...values.map((value) => value.key)]);
  const key = JSON.stringify([wayKey(way), action, resource?.key, given]);
  const found = known.get(assigned) ?? new Map<string, string | undefined>();
  known.set(assigned, found);
  if (!found.has(key)) {
    const [first, further] = [rolesBy(way, assigned), rolesBehind(way, assigned)];
    const isMore = further.length > new Set(first).size;
    found.set(key, findAllowing(first, question, assigned, deciding) ?? (isMore ? findAllowing(further, question, assigned, deciding) : undefined));
  }
  return found.get(key);
}

const wayKey = ({ cluster, runsPods, only, secrets, seen, ...way }: WayIntoCluster): string => JSON.stringify([
  cluster.key, runsPods, way.onlyViews ?? false, only && [only.namespace.key, only.serviceAccountName.key],
  secrets && [secrets.namespace?.key, secrets.names?.map(({ key }) => key)], seen?.map(({ where }) => where),
]);

/** By way, for the same reason. */
const knownRoles = new WeakMap<AssignedModel, Map<string, readonly Role[]>>();

/** The roles of a way, and those of further ways that these open, into the same cluster or another one. */
export function rolesBehind(way: WayIntoCluster, assigned: AssignedModel): readonly Role[] {
  const found = knownRoles.get(assigned) ?? new Map<string, readonly Role[]>();
  knownRoles.set(assigned, found);
  const roles = found.get(wayKey(way)) ?? followed(way, assigned);
  found.set(wayKey(way), roles);
  return roles;
}

function followed(first: WayIntoCluster, assigned: AssignedModel): readonly Role[] {
  const roles = new Set<Role>();
  const seen = new Set<string>();
  const open = [first];
  for (let way = open.pop(); way; way = open.pop()) {
    if (!seen.has(wayKey(way))) {
      seen.add(wayKey(way));
      const added = rolesBy(way, assigned).filter((role) => !roles.has(role));
      added.forEach((role) => roles.add(role));
      const pods = way.only ?? anyPodsOf(way.cluster);
      const { credentials } = reachOfRoles(added, assigned);
      open.push(...assigned.model.clusters.flatMap(({ id }) => [
        ...waysOfEveryone(id, assigned), ...(way.onlyViews ? [] : waysOfPods(pods, id, assigned)), ...waysWith(pods, credentials, id, assigned),
      ]));
    }
  }
  return [...roles];
}

function findAllowing(roles: readonly Role[], question: Question, assigned: AssignedModel, deciding: Deciding): string | undefined {
  if (roles.length === 0 || !rolesMayAllow(roles, question, assigned, deciding)) {
    return undefined;
  }
  const role = roles.find((one) => rolesMayAllow([one], question, assigned, deciding));
  return role ? `the credentials of ${holderName(role)}` : 'what the roles of these pods allow together';
}
