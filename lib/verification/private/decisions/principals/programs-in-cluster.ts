import { AssignedModel } from '../../assignments/assigned-model';
import { startsOf } from '../../assignments/program-starts';
import { isInTemplates } from '../../assignments/role-index';
import { AccessEntry, mayBeAbout } from '../../model/access-entry';
import { Role } from '../../model/model';
import { Program } from '../../model/program';
import { Credentials } from '../../reach/credentials';
import { mayRequest } from '../../reach/may-request';
import { possibleCredentials } from '../../reach/next-credentials';
import { ReachedRoles, rolesReachedFrom } from '../../reach/reached-roles';
import { chained } from '../../reach/role-chaining';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';

/** A program that may act in a cluster, and the label of the role with which it does. */
interface ProgramInCluster {
  readonly program: Program;
  readonly role: string;
}

/** How a program that may act in a cluster is started, as the end of a question about pods. */
const startOf = ({ program: { place }, role }: ProgramInCluster, how: string): string =>
  `start ${place.logicalId}${how}, which may act in the cluster with role ${role}`;

/**
 * How credentials may start the programs that may act in a cluster. What such a program does depends on its input: the functions of aws-cdk and of this library apply
 * the Kubernetes objects that they are given.
 *
 * @param entries those of the cluster.
 */
export const startsWith = (credentials: Credentials, cluster: ClusterId, entries: readonly AccessEntry[], assigned: AssignedModel): string[] =>
  programsIn(cluster, entries, assigned).flatMap((one) => {
    const how = startWith(credentials, one.program, assigned);
    return how === undefined ? [] : [startOf(one, how)];
  });

/** How credentials may start a program: by a request about it, or by what a service tells it. Undefined if they may not. */
function startWith(credentials: Credentials, program: Program, assigned: AssignedModel): string | undefined {
  const may = (action: string, arn?: Text) => mayRequest(credentials, assigned.roles, action, arn) !== 'no';
  if (program.startedBy.some((action) => may(action) && program.arns.some((arn) => may(action, arn) || may(action, anyVersion(arn))))) {
    return '';
  }
  const start = startsOf(program, assigned.model).find(({ action, arn }) => action !== undefined && may(action, arn));
  return start && ` by ${start.action}`;
}

/** How everyone may start them. */
export const startsOfEveryone = (cluster: ClusterId, entries: readonly AccessEntry[], assigned: AssignedModel): string[] =>
  programsIn(cluster, entries, assigned).flatMap((one) =>
    startsOf(one.program, assigned.model).filter(({ action }) => action === undefined).slice(0, 1).map(({ by }) => startOf(one, ` through ${by}`)));

const programsIn = (cluster: ClusterId, entries: readonly AccessEntry[], assigned: AssignedModel): readonly ProgramInCluster[] =>
  entries.length === 0 ? [] : inClusters.of([assigned, cluster], () => withStarting(assigned.model.programs.flatMap((program) => {
    const own = program.roleArn ? [assigned.roles.holder(program.roleArn)] : []; // which may be outside the templates
    const reached = reachedBy(program, assigned)?.credentials.map(({ role }) => role) ?? [];
    const all = [...own, ...reached, ...own.flatMap((one) => trusting(one, assigned))];
    const role = all.find((one) => entries.some((entry) => mayBeAbout(entry, one)));
    return role ? [{ program, role: role.label }] : [];
  }), assigned));

/** The roles that one outside the templates may assume, as far as they trust it. Its policies are not known. */
const trusting = (role: Role, { roles }: AssignedModel): readonly Role[] => (isInTemplates(role) ? [] : roles.trustingRoles
  .filter((other) => chained(possibleCredentials(role, 'what runs with it', `something runs with role ${role.label}`), other).isObtained !== 'no'));

const inClusters = new Interned<readonly ProgramInCluster[]>();

/** With the programs that may start them, in turn, also by a wildcard or by a service: what these send can depend on their input, too. */
function withStarting(found: readonly ProgramInCluster[], assigned: AssignedModel): readonly ProgramInCluster[] {
  const all = [...found];
  const others = new Set(assigned.model.programs);
  found.forEach(({ program }) => others.delete(program));
  for (const { program, role } of all) { // those that are added are looked at, too
    const mayStart = (credentials: Credentials) => startWith(credentials, program, assigned) !== undefined;
    for (const other of others) {
      if (isOfOther(other, assigned) || reachedBy(other, assigned)?.credentials.some(mayStart)) {
        others.delete(other);
        all.push({ program: other, role });
      }
    }
  }
  return all;
}

/** Whether a function has a role outside the templates, which may allow it to invoke any other. */
const isOfOther = ({ roleArn, startedBy }: Program, { roles }: AssignedModel): boolean =>
  startedBy.length > 0 && roleArn !== undefined && !isInTemplates(roles.holder(roleArn));

/** Policies can name a version or an alias. */
const anyVersion = (arn: Text): Text => Text.join([arn, Text.of(':'), Text.unknown(new Unknown(`version of ${arn.key}`, { label: 'any version', excludes: ':' }))]);

/** The role of a program, and those that this leads to: the function of aws-cdk assumes the role of the creator of the cluster. */
const reachedBy = ({ roleArn }: Program, assigned: AssignedModel): ReachedRoles | undefined =>
  roleArn && rolesReachedFrom([{ arn: roleArn }], assigned);
