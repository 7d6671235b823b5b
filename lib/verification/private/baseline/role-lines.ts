import { policyLines } from './statement-lines';
import { textWord, word } from './words';
import { Role } from '../model/model';
import { Policy } from '../policies/policy';

/** A role with a generated name is named by its template and logical ID, and another one, or a user, by its ARN. */
export function roleName(role: Role): string {
  const generated = generatedName(role);
  return `${role.noun} ${generated === undefined ? textWord(role.arn) : word(generated)}`;
}

/** What its name is generated for; undefined if the template sets the name, such as by a parameter, which several roles can have in theirs. */
function generatedName({ arn, place }: Role): string | undefined {
  const last = arn.parts.at(-1);
  const suffix = `/${place.logicalId}/RoleName`;
  return typeof last !== 'string' && last?.id.endsWith(suffix) ? last.id.slice(0, -'/RoleName'.length) : undefined;
}

/** What credentials of a role allow. */
export const permissionLines = (role: Role): string[] => [
  ...identityLines(role),
  ...policyLines(role.policies, 'identity'),
  ...limitLines('permissions boundary', role.boundary),
].map((line) => `${roleName(role)}: ${line}`);

/** Whom a role trusts. */
export const trustLines = (role: Role): string[] => [
  ...identityLines(role),
  ...prefixed('trust policy ', policyLines([role.trustPolicy], 'trust')),
].map((line) => `${roleName(role)}: ${line}`);

/** Policies elsewhere name it by its ARN. */
const identityLines = (role: Role) => (generatedName(role) === undefined ? [] : [`has the ARN ${textWord(role.arn)}`]);

/** Without a limit, credentials allow whatever the policies of the role allow, so its existence has a line, too. */
export const limitLines = (limit: string, policy?: Policy): string[] =>
  (policy ? [`is limited by a ${limit}`, ...prefixed(`${limit} `, policyLines([policy], 'identity'))] : []);

const prefixed = (start: string, lines: readonly string[]) => lines.map((line) => `${start}${line}`);
