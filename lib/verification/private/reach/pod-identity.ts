import { Credentials, Raise } from './credentials';
import { passedRole } from './passed-role';
import { chained } from './role-chaining';
import { trustReason } from './web-identity';
import { Pods } from '../assignments/principal';
import { RoleIndex } from '../assignments/role-index';
import { decideTrust } from '../evaluation/decide-trust';
import { Decision } from '../evaluation/decision';
import { truthOf, weakest } from '../evaluation/outcomes';
import { roleSession } from '../evaluation/role-session';
import { SessionContext } from '../evaluation/session-context';
import { stackOf } from '../findings/gap';
import { Association, Cluster, Role } from '../model/model';
import { mayRunOn } from '../model/pods/placement';
import { Text } from '../values/text';
import { allOf } from '../values/truth';
import { Unknown } from '../values/unknown';

/** The principal of EKS Pod Identity. */
export const POD_IDENTITY = Text.of('pods.eks.amazonaws.com');

/** How credentials of an association come to pods. */
export const BY_POD_IDENTITY = 'EKS Pod Identity';

const NO_TAGS: ReadonlyMap<string, Text> = new Map();

/** Made by EKS for each association, so that only the deployment knows it. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_PodIdentityAssociation.html */
const externalIdOf = ({ place }: Association): Text =>
  Text.unknown(new Unknown(`${stackOf(place)}/${place.logicalId}.ExternalId`, { label: `${place.logicalId}.ExternalId` }));

/**
 * The credentials that EKS Pod Identity gives to pods: those of the role of the association, or of its target role, which the role assumes.
 * The pods do not get the credentials of the role then. If only the deployment knows whether the session has tags, the pods may get either session.
 *
 * @param raise how the pods might raise the permissions of the role of the association.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
export function associatedRole(association: Association, pods: Pods, cluster: Cluster, roles: RoleIndex, raise?: Raise): Credentials[] {
  const sessionOf = (tags: ReadonlyMap<string, Text>) => associatedSession(association, tags, cluster, roles, raise);
  const withTags = () => sessionOf(sessionTags(pods, cluster));
  const withoutTags = () => sessionOf(NO_TAGS);
  switch (association.disableSessionTags) {
    case 'no': return [withTags()];
    case 'yes': return [withoutTags()];
    case 'unknown': return [withTags(), withoutTags()].map((credentials) => ({
      ...credentials,
      isObtained: allOf([credentials.isObtained, 'unknown']),
      missing: [...credentials.missing, `DisableSessionTags of ${association.place.logicalId}`],
    }));
  }
}

function associatedSession(
  association: Association, tags: ReadonlyMap<string, Text>, cluster: Cluster, roles: RoleIndex, raise?: Raise,
): Credentials {
  const role = roles.withArn(association.roleArn);
  const decision = trustOf(role, cluster, tags);
  const own = passedRole({
    role,
    by: BY_POD_IDENTITY,
    isDefault: 'yes',
    isObtained: truthOf(decision),
    missing: decision.missing,
    chain: [{ what: nameOf(association), place: association.place }, trustReason(role, decision)],
    sessionPolicy: association.targetRoleArn ? undefined : association.sessionPolicy,
    session: { role: roleSession(role), roleTags: role.tags, sessionTags: tags },
  }, association.roleArn, cluster.id.account, association.place);
  if (!association.targetRoleArn) {
    return own;
  }
  const next = chained({ ...own, raise }, roles.withArn(association.targetRoleArn), externalIdOf(association));
  return { ...next, by: BY_POD_IDENTITY, isDefault: 'yes', sessionPolicy: association.sessionPolicy };
}

const nameOf = ({ fromObject, place }: Association): string =>
  (fromObject === undefined ? `EKS Pod Identity association ${place.logicalId}` : `the EKS Pod Identity association that a controller of ACK may create from ${fromObject}`);

/** The credentials come from an agent on each node. That of a cluster which the templates do not create is assumed to run. */
export function withAgent(
  credentials: Credentials, { workload }: Pods, { id, place, noPodIdentityAgent, nodesWithoutAgent = [] }: Cluster,
): Credentials {
  const [first, ...rest] = credentials.chain;
  if (!place) {
    const what = `cluster ${id}, which no template creates, is assumed to have the EKS Pod Identity agent`;
    return { ...credentials, assumed: [...credentials.assumed ?? [], `cluster ${id} has the EKS Pod Identity agent`], chain: [first, { what }, ...rest] };
  }
  const why = noPodIdentityAgent ?? nodesWithoutAgent.find((nodes) => mayRunOn(nodes, workload?.template?.spec))?.why;
  return why && credentials.isObtained !== 'no'
    ? { ...credentials, isObtained: 'unknown', missing: [...credentials.missing, why], chain: [first, { what: `it is not known ${why}`, place }, ...rest] }
    : credentials;
}

/** Whether a role trusts EKS Pod Identity for pods. */
export const trustOfAssociation = (role: Role, pods: Pods, cluster: Cluster): Decision => trustOf(role, cluster, sessionTags(pods, cluster));

/** A session with tags takes another permission. */
function trustOf(role: Role, cluster: Cluster, tags: ReadonlyMap<string, Text>): Decision {
  const context = SessionContext.service({ account: cluster.id.account, arn: cluster.arn, tags });
  const decide = (action: string) => decideTrust(role.trustPolicy, { kind: 'Service', names: [POD_IDENTITY] }, action, context);
  return weakest([decide('sts:AssumeRole'), ...(tags.size > 0 ? [decide('sts:TagSession')] : [])]);
}

const SESSION_TAGS = new Map<string, (pods: Pods, cluster: Cluster) => Text>([
  ['eks-cluster-arn', (_, { arn }) => arn],
  ['eks-cluster-name', (_, { id }) => id.name],
  ['kubernetes-namespace', ({ namespace }) => namespace],
  ['kubernetes-service-account', ({ serviceAccountName }) => serviceAccountName],
  ['kubernetes-pod-name', () => ofEachPod('kubernetes-pod-name')],
  ['kubernetes-pod-uid', () => ofEachPod('kubernetes-pod-uid')],
]);

const ofEachPod = (tag: string): Text => Text.unknown(new Unknown(tag, { label: tag }));

/** The session tags of EKS Pod Identity. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
export const sessionTags = (pods: Pods, cluster: Cluster): ReadonlyMap<string, Text> =>
  new Map([...SESSION_TAGS].map(([tag, valueFor]) => [tag, valueFor(pods, cluster)]));

/** Whether EKS Pod Identity sets a tag of the session, by its name in any case. */
export const isSessionTag = (tag: string): boolean => SESSION_TAGS.has(tag.toLowerCase());
