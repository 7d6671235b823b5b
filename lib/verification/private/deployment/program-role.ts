import { Model, Role } from '../model/model';
import { Program } from '../model/program';
import { equal, Pattern } from '../values/pattern';
import { Text } from '../values/text';

/** The ARN of a role, or why it is not known. */
export type RoleOrWhy = { readonly arn: Text } | { readonly unknown: string };

/** The role of a function; undefined if it is not in the templates. */
export function roleOfFunction(functionArn: Text, model: Model): Role | undefined {
  const role = roleOfProgram(functionArn, model.programs);
  return 'arn' in role ? roleWithArn(role.arn, model.roles) : undefined;
}

/** The role of the templates with an ARN. */
export const roleWithArn = (arn: Text, roles: readonly Role[]): Role | undefined => roles.find((role) => equal(role.arn, arn) === 'yes');

/** The role of a program, or that the templates do not show it. A function can have versions and aliases. */
export function roleOfProgram(arn: Text, programs: readonly Program[]): RoleOrWhy {
  const patternsOf = (program: Program) => program.arns.flatMap((own) => [own, Text.join([own, Text.of(':*')])]).map((text) => Pattern.glob(text));
  const program = programs.find((candidate) => patternsOf(candidate).some((pattern) => pattern.matches(arn) === 'yes'));
  return program?.roleArn ? { arn: program.roleArn } : { unknown: `it may run ${arn}, and the templates do not show with which role` };
}
