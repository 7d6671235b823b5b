import { Annotations, Duration, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { checkDuration } from './durations';
import { refusal } from './errors';
import { suggestion } from './suggestion';

const MOST_MANAGED_POLICIES = 25;
const MANAGED_POLICIES_BY_DEFAULT = 10;
const MENDED = 'put what several of them allow into one policy of your own';

/** What IAM looks at when a role is made. */
export type RoleInput = Pick<iam.RoleProps, 'roleName' | 'path' | 'description' | 'maxSessionDuration' | 'managedPolicies'>;

/**
 * Refuses what IAM would refuse of a role; what is left out passes, and so do tokens, but for a duration.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function checkRole({ roleName, path, description, maxSessionDuration, managedPolicies = [] }: RoleInput): void {
  checkRoleName('roleName', roleName);
  checkRolePath('path', path);
  checkRoleDescription('description', description);
  if (maxSessionDuration?.isUnresolved()) { // iam.Role would take the token for a number out of bounds
    throw refusal('maxSessionDuration', maxSessionDuration.toHumanString(), 'known when the app is synthesized', 'set a token on the role\'s CfnRole instead');
  }
  checkDuration('maxSessionDuration', maxSessionDuration, Duration.hours(1), Duration.hours(12));
  checkNumber('managedPolicies', managedPolicies);
}

export function checkRoleName(property: string, name?: string): void {
  if (isGiven(name) && !/^[\w+=,.@-]{1,64}$/.test(name)) {
    throw refusal(property, name, '1 to 64 letters, digits and characters of _+=,.@-', suggestion(name, 64, name.replace(/[^\w+=,.@-]+/g, '-')));
  }
}

export function checkRolePath(property: string, path?: string): void {
  if (isGiven(path) && !(path.length <= 512 && /^\/([!-~]+\/)?$/.test(path))) {
    throw refusal(property, path, '/ alone, or 3 to 512 printable ASCII characters without spaces, with / first and last', suggestion(path, 512, nearestPath(path)));
  }
}

export function checkRoleDescription(property: string, description?: string): void {
  if (!isGiven(description)) {
    return;
  }
  if (description.length > 1000) {
    throw refusal(`the length of ${property}`, description.length, 'at most 1000 characters', 'say it in fewer words');
  }
  const [other] = /[^\t\n\r -~\u00A1-\u00FF]/u.exec(description) ?? [];
  if (other) {
    const code = other.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    throw refusal(property, description, 'of line breaks, tabs and the printable characters of Latin-1', `write "${other}" (U+${code}) in another way`);
  }
}

/**
 * Refuses more managed policies than a role can have, and warns of more than it can have by default. One that is named twice counts once.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function checkManagedPolicies(scope: IConstruct, property: string, policies: iam.IManagedPolicy[]): void {
  const count = checkNumber(property, policies);
  if (count > MANAGED_POLICIES_BY_DEFAULT) {
    Annotations.of(scope).addWarningV2('cdk-irsa:managed-policy-quota', `the number of ${property} is ${count}, `
      + `but IAM allows ${MANAGED_POLICIES_BY_DEFAULT} for a role by default: have that quota raised, or ${MENDED}`);
  }
}

function checkNumber(property: string, policies: iam.IManagedPolicy[]): number {
  const count = new Set(policies.map(({ managedPolicyArn }) => managedPolicyArn)).size;
  if (count > MOST_MANAGED_POLICIES) {
    throw refusal(`the number of ${property}`, count, `at most ${MOST_MANAGED_POLICIES}, the most that IAM allows for a role`, MENDED);
  }
  return count;
}

const isGiven = (text?: string): text is string => text !== undefined && !Token.isUnresolved(text);

function nearestPath(path: string): string {
  const [inner] = /[^/](.*[^/])?/.exec(path.replace(/[^!-~]+/g, '-')) ?? [''];
  return inner === '' ? '/' : `/${inner.slice(0, 510)}/`;
}
