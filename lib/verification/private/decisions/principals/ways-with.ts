import { appliersWith, entriesOfAppliers } from './appliers';
import { changedCode, changedSources } from './changed-objects';
import { waysByReadCredentials } from './cluster-credentials';
import { asNode, onNodesElsewhere } from './nodes';
import { startsOfEveryone, startsWith } from './programs-in-cluster';
import { waysByBalancing } from './served-code';
import { signInsOfEveryone, signInsWith } from './users-of-clusters';
import { WayIntoCluster } from './way-into-cluster';
import { waysOfPods } from './ways-of-pods';
import { AccessPlace } from '../../../access-reason';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods, RoleSessions } from '../../assignments/principal';
import { isInTemplates, RoleIndex } from '../../assignments/role-index';
import { arnFormats } from '../../aws-data/actions';
import { isIn } from '../../findings/gap';
import { AccessEntry, mayBeAbout, onlyViews } from '../../model/access-entry';
import { holderName } from '../../model/holder-name';
import { JobService } from '../../model/job-service';
import { UserSource } from '../../model/user-source';
import { Credentials } from '../../reach/credentials';
import { mayRequest } from '../../reach/may-request';
import { INSTANCE_METADATA } from '../../reach/metadata-credentials';
import { CREATE_ROLE } from '../../reach/new-roles';
import { ClusterId } from '../../values/cluster-id';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';

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

/** The ways that do not need credentials. */
export function waysOfEveryone(cluster: ClusterId, assigned: AssignedModel): WayIntoCluster[] {
  const { entries, sources } = inCluster(cluster, assigned);
  return [...signInsOfEveryone(sources), ...startsOfEveryone(cluster, entries, assigned)].map((opening) => wayThrough(cluster, opening));
}

/** All ways of a principal. */
export const waysIntoCluster = (
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
    ...waysByBalancing(one, cluster, assigned),
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
