import { rolesMayAllow } from './changed-roles';
import { roleOfCluster } from './role-of-cluster';
import { Behind, behindOf, rolesBehind, wayKey } from './roles-behind';
import { otherCredentialsBy, OtherOfWay, rolesBy } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { waysIntoCluster } from './ways-with';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods, principalName, RoleSessions } from '../../assignments/principal';
import { holderName } from '../../model/holder-name';
import { Role } from '../../model/model';
import { firstOfEach, isFor } from '../../model/only-for-actions';
import { Question } from '../../questions/question';
import { Reach } from '../../reach/credentials';
import { Deciding } from '../decide-resource';

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
  const found = knownAbout(question, assigned);
  const who = principal.kind === 'pods' ? 'pods' : principalName(principal);
  return [...(own ? [own] : []), ...all.filter((id) => own?.is(id) !== 'yes')].flatMap((cluster) => {
    const ways = waysIntoCluster(principal, credentials, cluster, assigned);
    const inOrder = [...ways.filter(({ runsPods }) => runsPods), ...ways.filter(({ runsPods }) => !runsPods)];
    return inOrder.flatMap((way) => {
      const { what, runsPods, settledBy = '' } = way;
      const role = allowingRole(way, found, question, assigned, deciding)
        ?? othersBy(way, question, assigned) ?? othersBehind(way, question, assigned) ?? roleOfClusterBy(way, question, assigned, deciding);
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

/** The credentials of a way that the templates do not show. */
const othersBy = (way: WayIntoCluster, { action }: Question, assigned: AssignedModel): string | undefined =>
  roleOfOtherNodes(way, assigned) ?? otherCredentialsBy(way, assigned).find((one) => isFor(one, action))?.what;

/** The same of the ways that it opens. */
function othersBehind(way: WayIntoCluster, { action }: Question, assigned: AssignedModel): string | undefined {
  const behind = behindOf(way, assigned);
  const known = others.get(behind) ?? othersByWays([...behind.ways.values()], assigned);
  others.set(behind, known);
  return known.find((one) => isFor(one, action))?.what;
}

const others = new WeakMap<Behind, readonly OtherOfWay[]>();

function othersByWays(ways: readonly WayIntoCluster[], assigned: AssignedModel): OtherOfWay[] {
  const all = ways.flatMap((way): readonly OtherOfWay[] => {
    const node = roleOfOtherNodes(way, assigned);
    return node === undefined ? otherCredentialsBy(way, assigned) : [{ what: node }];
  });
  return firstOfEach(all, (one) => one);
}

/** What Amazon EKS does for whoever has a way, or one of those that it opens. */
function roleOfClusterBy(way: WayIntoCluster, question: Question, assigned: AssignedModel, deciding: Deciding): string | undefined {
  const behind = behindOf(way, assigned);
  const opened = waysOfEks.get(behind) ?? onePerWork(behind);
  waysOfEks.set(behind, opened);
  return [way, ...opened].map((one) => roleOfCluster(one, question, assigned, deciding)).find((role) => role !== undefined);
}

/** One way for all with which Amazon EKS does the same. */
const onePerWork = ({ ways }: Behind): readonly WayIntoCluster[] => [...new Map([...ways.values()]
  .filter(({ byEks, runsPods }) => byEks !== undefined || runsPods)
  .map((way) => [JSON.stringify([way.cluster.key, way.byEks ?? way.runsPods]), way])).values()];

const waysOfEks = new WeakMap<Behind, readonly WayIntoCluster[]>();

/** Whether whoever has some credentials might act in a cluster. */
export const mayActInClusters = (principal: Pods | RoleSessions, { credentials }: Reach, assigned: AssignedModel): boolean =>
  assigned.model.clusters.some(({ id }) => waysIntoCluster(principal, credentials, id, assigned).length > 0);

/** The roles that might allow what is asked, by the keys of ways, and by the roles behind these, which are often the same. */
interface Allowing {
  readonly byWay: Map<string, string | undefined>;
  readonly byRoles: Map<ReadonlySet<Role>, string | undefined>;
}

/** By question, so that the work to ask about all pods grows with their number, and not with its square. */
const known = new WeakMap<AssignedModel, Map<string, Allowing>>();

function knownAbout({ action, resource, context }: Question, assigned: AssignedModel): Allowing {
  const given = Object.entries(context).map(([key, values]) => [key, ...values.map((value) => value.key)]);
  const key = JSON.stringify([action, resource?.key, given]);
  const found = known.get(assigned) ?? new Map<string, Allowing>();
  known.set(assigned, found);
  const about = found.get(key) ?? { byWay: new Map(), byRoles: new Map() };
  found.set(key, about);
  return about;
}

/** The credentials of roles of a cluster that might allow what is asked: those of one role, or of several that have it only together. */
function allowingRole(
  way: WayIntoCluster, { byWay, byRoles }: Allowing, question: Question, assigned: AssignedModel, deciding: Deciding,
): string | undefined {
  const key = wayKey(way);
  if (!byWay.has(key)) {
    const [first, behind] = [rolesBy(way, assigned), rolesBehind(way, assigned)];
    const further = behind.size > new Set(first).size ? behind : new Set<Role>();
    if (!byRoles.has(further)) {
      byRoles.set(further, findAllowing([...further], question, assigned, deciding));
    }
    byWay.set(key, findAllowing(first, question, assigned, deciding) ?? byRoles.get(further));
  }
  return byWay.get(key);
}

function findAllowing(roles: readonly Role[], question: Question, assigned: AssignedModel, deciding: Deciding): string | undefined {
  if (roles.length === 0 || !rolesMayAllow(roles, question, assigned, deciding)) {
    return undefined;
  }
  const role = roles.find((one) => rolesMayAllow([one], question, assigned, deciding));
  return role ? `the credentials of ${holderName(role)}` : 'what the roles of these pods allow together';
}
