import { policyLines } from './statement-lines';
import { textWord, word } from './words';
import { Role } from '../model/model';
import { Policy } from '../policies/policy';
import { PolicyKind } from '../policies/statement';

const GENERATED = '/RoleName';

/** A role with a generated name is named by its template and logical ID, and another one by its ARN. */
export function roleName({ arn }: Role): string {
  const generated = arn.unknowns.find(({ id }) => id.endsWith(GENERATED));
  return `role ${generated ? word(generated.id.slice(0, -GENERATED.length)) : textWord(arn)}`;
}

/** What credentials of a role allow. */
export const permissionLines = (role: Role): string[] => [
  ...identityLines(role),
  ...of('', policyLines(role.policies, 'identity')),
  ...limitLines('permissions boundary', role.boundary),
].map((line) => `${roleName(role)}: ${line}`);

/** Whom a role trusts. */
export const trustLines = (role: Role): string[] => [
  ...identityLines(role),
  ...of('trust policy ', policyLines([role.trustPolicy], 'trust')),
].map((line) => `${roleName(role)}: ${line}`);

/** Policies elsewhere name it by its ARN. */
const identityLines = ({ arn }: Role) => (arn.unknowns.some(({ id }) => id.endsWith(GENERATED)) ? [`has the ARN ${textWord(arn)}`] : []);

/** Without a limit, credentials allow whatever the policies of the role allow, so its existence has a line, too. */
export const limitLines = (limit: string, policy: Policy | undefined, kind: PolicyKind = 'identity'): string[] =>
  (policy ? [`is limited by a ${limit}`, ...of(`${limit} `, policyLines([policy], kind))] : []);

const of = (start: string, lines: readonly string[]) => lines.map((line) => `${start}${line}`);
