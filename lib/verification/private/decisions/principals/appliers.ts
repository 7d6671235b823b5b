import { AssignedModel } from '../../assignments/assigned-model';
import { AccessEntry, mayBeAbout } from '../../model/access-entry';
import { Applier } from '../../model/applier';
import { anyPart } from '../../model/code/code-write';
import { Program } from '../../model/program';
import { isVersionOf } from '../../model/resources/lambda-permissions';
import { candidateResources } from '../../policies/candidate-resources';
import { Credentials } from '../../reach/credentials';
import { mayRequest, requestsOf } from '../../reach/may-request';
import { rolesReachedFrom } from '../../reach/reached-roles';
import { resourceType } from '../../resource-types/declarations';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { equal, Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { textAfter } from '../../values/text-parts';

/** Requests with which others decide what a function does. */
const { startedBy = [], takenOverBy } = resourceType('AWS::Lambda::Function')!.program!;
const DECIDING = [...startedBy, ...takenOverBy];

/**
 * What lets the functions that apply objects act in a cluster: the role that they assume or, if no entry of the cluster says with which role they act, as in a cluster
 * of another app, each role of theirs. A role that only the deployment knows is of another app: it is not taken for one of the templates.
 *
 * @param entries those of the cluster.
 */
export const entriesOfAppliers = (cluster: ClusterId, entries: readonly AccessEntry[], assigned: AssignedModel): readonly AccessEntry[] =>
  appliers.of([assigned, cluster], () => {
    const own = assigned.model.appliers.filter((one) => one.cluster.is(cluster) !== 'no');
    const entryOf = ({ place }: Applier, principalArn: Text): AccessEntry => ({ cluster, principalArn, grants: [], place });
    const assumed = own.flatMap((one) => (one.roleArn && one.roleArn.start !== '' ? [entryOf(one, one.roleArn)] : []));
    const known = [...entries, ...assumed];
    const ofFunctions = own.flatMap((one) => {
      const ofProgram = programsOf(one, assigned).flatMap(({ roleArn }) => (roleArn ? [{ arn: roleArn }] : []));
      const { roles } = rolesReachedFrom(ofProgram, assigned);
      return roles.some((role) => known.some((entry) => mayBeAbout(entry, role))) ? [] : roles.map(({ arn }) => entryOf(one, arn));
    });
    return [...assumed, ...ofFunctions];
  });

const appliers = new Interned<readonly AccessEntry[]>();

const programsOf = ({ functionArn }: Applier, { model }: AssignedModel): Program[] =>
  model.programs.filter(({ arns }) => arns.some((arn) => equal(arn, functionArn) === 'yes' || isVersionOf(functionArn, arn)));

/** How credentials may decide what functions outside the templates apply to a cluster, as the end of a question about pods. */
export function appliersWith(credentials: Credentials, cluster: ClusterId, assigned: AssignedModel): string[] {
  const actions = requestsOf(credentials, assigned.roles, DECIDING); // most may request none
  return actions.length === 0 ? [] : assigned.model.appliers
    .filter((one) => one.cluster.is(cluster) !== 'no' && programsOf(one, assigned).length === 0).flatMap(({ functionArn, place }) => {
      const action = actions.find((request) => isNamed(functionArn, request, credentials)
        && [functionArn, versionOf(functionArn)].some((arn) => mayRequest(credentials, assigned.roles, request, arn) !== 'no'));
      return action ? [`decide what ${functionArn} does by ${action}, which applies the objects of ${place.logicalId} to the cluster`] : [];
    });
}

const versionOf = (functionArn: Text): Text => Text.join([functionArn, anyPart('version')], ':');

/** Whether policies name a function. One whose name only the deployment knows is taken for another one than they name by a literal, or by a part of its name. */
const isNamed = (functionArn: Text, action: string, { role: { policies } }: Credentials): boolean => (textAfter(functionArn, ':function:') ?? Text.EMPTY).start !== ''
  || candidateResources(policies, action).some(({ statement }) => !statement?.resources || statement.resources.negated
    || statement.resources.values.some((value) => equal(value, functionArn) === 'yes' || isVersionOf(functionArn, value) || namesAny(value)));

const ANY = anyPart('function');

/** Whether the resource of a policy is each function, or each version of it. */
function namesAny(value: Text): boolean {
  const last = value.parts.at(-1);
  const name = textAfter(value, ':function:') ?? (typeof last === 'string' && value.start !== '' ? Text.of(last.slice(last.lastIndexOf(':') + 1)) : Text.EMPTY);
  return [ANY, versionOf(ANY)].some((one) => Pattern.glob(name).matches(one) === 'yes');
}
