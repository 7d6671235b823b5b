import { AssignedModel } from '../../assignments/assigned-model';
import { rolesReachedFrom } from '../../deployment/reached-roles';
import { AccessEntry, mayBeAbout } from '../../model/access-entry';
import { Program } from '../../model/program';
import { Credentials } from '../../reach/credentials';
import { mayRequest } from '../../reach/may-request';
import { Interned } from '../../values/interned';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';

/** A program that may act in a cluster, and the label of the role with which it does. */
interface ProgramInCluster {
  readonly program: Program;
  readonly role: string;
}

/**
 * The programs that credentials may start and that may act in a cluster. What such a program does depends on its input: the functions of aws-cdk and of this
 * library apply the Kubernetes objects that they are given.
 *
 * @param entries those of the cluster.
 */
export function programsInCluster(credentials: Credentials, entries: readonly AccessEntry[], { model, roles }: AssignedModel): ProgramInCluster[] {
  if (entries.length === 0) {
    return [];
  }
  const requests = new Set(model.programs.flatMap(({ startedBy }) => startedBy));
  const allowed = [...requests].filter((action) => mayRequest(credentials, roles, action) !== 'no'); // most roles may request none
  return allowed.flatMap((action) => model.programs
    .filter(({ arns, startedBy }) => startedBy.includes(action) && arns.some((arn) => [arn, anyVersion(arn)].some((one) => mayRequest(credentials, roles, action, one) !== 'no')))
    .flatMap((program) => {
      const role = rolesOf(program, model).find((one) => entries.some((entry) => mayBeAbout(entry, one)));
      return role ? [{ program, role: role.label }] : [];
    }));
}

/** Policies can name a version or an alias. */
const anyVersion = (arn: Text): Text => Text.join([arn, Text.of(':'), Text.unknown(new Unknown(`version of ${arn.key}`, { label: 'any version', excludes: ':' }))]);

/** The role of a program, and those that this leads to: the function of aws-cdk assumes the role of the creator of the cluster. */
const rolesOf = (program: Program, model: AssignedModel['model']) =>
  reached.of([model, program], () => (program.roleArn ? rolesReachedFrom([{ arn: program.roleArn }], model).roles : []));

const reached = new Interned<ReturnType<typeof rolesReachedFrom>['roles']>();
