import { Annotations, Duration, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { checkDuration } from './durations';
import { refusal } from './errors';
import { suggestion } from './suggestion';

const MOST_MANAGED_POLICIES = 25;
const MANAGED_POLICIES_BY_DEFAULT = 10;
const COMBINE_POLICIES = 'combine the permissions of several into one policy of your own';

/** The properties that IAM validates when it creates a role. */
export type RoleInput = Pick<iam.RoleProps, 'roleName' | 'path' | 'description' | 'maxSessionDuration' | 'managedPolicies'>;

/**
 * Refuses what IAM would reject when it creates the role. Undefined values pass, and so do tokens, except for `maxSessionDuration`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function checkRole({ roleName, path, description, maxSessionDuration, managedPolicies = [] }: RoleInput): void {
  checkRoleName('roleName', roleName);
  checkRolePath('path', path);
  checkRoleDescription('description', description);
  if (maxSessionDuration?.isUnresolved()) { // iam.Role would read the token as a number that is out of range
    throw refusal('maxSessionDuration', maxSessionDuration.toHumanString(), 'known when the app is synthesized', 'to use a token, set it on the CfnRole of the role');
  }
  checkDuration('maxSessionDuration', maxSessionDuration, Duration.hours(1), Duration.hours(12));
  checkNumber('managedPolicies', managedPolicies);
}

export function checkRoleName(property: string, name?: string): void {
  if (isGiven(name) && !(name.length <= 64 && /^[\w+=,.@-]+$/.test(name))) {
    throw refusal(property, name, '1 to 64 letters, digits and characters from _+=,.@-', suggestion(name, 64, () => name.replace(/[^\w+=,.@-]+/g, '-')));
  }
}

export function checkRolePath(property: string, path?: string): void {
  if (isGiven(path) && !(path.length <= 512 && /^\/([!-~]+\/)?$/.test(path))) {
    throw refusal(property, path, '/ or 3 to 512 printable ASCII characters without spaces, with / first and last', suggestion(path, 512, () => nearestPath(path)));
  }
}

export function checkRoleDescription(property: string, description?: string): void {
  if (!isGiven(description)) {
    return;
  }
  if (description.length > 1000) {
    throw refusal(`the length of ${property}`, description.length, 'at most 1000 characters', 'shorten it');
  }
  const [other] = /[^\t\n\r -~\u00A1-\u00FF]/u.exec(description) ?? [];
  if (other) {
    const code = other.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    throw refusal(property, description, 'limited to line breaks, tabs and printable Latin-1 characters', `replace "${other}" (U+${code})`);
  }
}

/**
 * Refuses more managed policies than IAM allows for a role, and adds a warning if there are more than the default quota. Duplicates count once.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function checkManagedPolicies(scope: IConstruct, property: string, policies: iam.IManagedPolicy[]): void {
  const count = checkNumber(property, policies);
  if (count > MANAGED_POLICIES_BY_DEFAULT) {
    Annotations.of(scope).addWarningV2('cdk-irsa:managed-policy-quota', `the number of ${property} is ${count}, `
      + `but IAM allows ${MANAGED_POLICIES_BY_DEFAULT} for a role by default: request a quota increase, or ${COMBINE_POLICIES}`);
  }
}

function checkNumber(property: string, policies: iam.IManagedPolicy[]): number {
  const count = new Set(policies.map(({ managedPolicyArn }) => managedPolicyArn)).size;
  if (count > MOST_MANAGED_POLICIES) {
    throw refusal(`the number of ${property}`, count, `at most ${MOST_MANAGED_POLICIES}, the IAM maximum for a role`, COMBINE_POLICIES);
  }
  return count;
}

const isGiven = (text?: string): text is string => text !== undefined && !Token.isUnresolved(text);

function nearestPath(path: string): string {
  const [inner] = /[^/](.*[^/])?/.exec(path.replace(/[^!-~]+/g, '-')) ?? [''];
  return inner === '' ? '/' : `/${inner.slice(0, 510)}/`;
}
