import { Given } from './contexts';
import { decideAccess } from '../../../lib/verification/private/evaluation/decide-access';
import { Decision } from '../../../lib/verification/private/evaluation/decision';
import { ResourceSide } from '../../../lib/verification/private/evaluation/grants';
import { RequestContext } from '../../../lib/verification/private/evaluation/request';
import { SessionContext } from '../../../lib/verification/private/evaluation/session-context';
import { Policy } from '../../../lib/verification/private/policies/policy';
import { policyOf, text } from '../texts';

/** A request of a table of cases. Policies are their statements; null is a policy that is not known. */
export interface AccessCase {
  readonly title: string;
  readonly url?: string;
  /** ARN and account. */
  readonly role?: readonly string[];
  readonly roleTags?: Readonly<Record<string, string>>;
  readonly sessionTags?: Readonly<Record<string, string>>;
  readonly identity?: unknown;
  readonly boundary?: unknown;
  readonly session?: unknown;
  readonly resource?: unknown;
  readonly resourceAccount?: string;
  readonly resourceTags?: Readonly<Record<string, string>>;
  readonly request: readonly string[];
  readonly context?: Given;
  readonly outcome: string;
  readonly reasons?: readonly string[];
  readonly missing?: readonly string[];
}

const ROLE = ['arn:aws:iam::111122223333:role/app/reader', '111122223333'] as const;

export function decide(given: AccessCase): Decision {
  const [arn, account] = (given.role ?? ROLE).map(text);
  const [action, resource] = given.request;
  const grants = {
    identity: given.identity === undefined ? [] : [policy(given.identity, 'identity policy')],
    boundary: given.boundary === undefined ? undefined : policy(given.boundary, 'boundary'),
    session: given.session === undefined ? undefined : policy(given.session, 'session policy'),
    resource: resourceOf(given),
  };
  return decideAccess({ roleArn: arn, account }, grants, { action, resource: text(resource), context: contextOfCase(given) });
}

const policy = (statements: unknown, name: string): Policy => (statements === null ? { name, unknown: `${name} is not in the templates` } : policyOf(statements, name));

function resourceOf({ resource, resourceAccount = '111122223333' }: AccessCase): ResourceSide {
  return resource === undefined ? { kind: 'none' }
    : resource === 'unknown' ? { kind: 'unknown', why: 'it is not in the templates' }
      : { kind: 'policies', account: text(resourceAccount), policies: Array.isArray(resource) && resource.length === 0 ? [] : [policyOf(resource, 'resource policy')] };
}

function contextOfCase({ role = ROLE, roleTags = {}, sessionTags, resourceTags, request: [, resource], context = {} }: AccessCase): RequestContext {
  const [roleArn, account] = role.map(text);
  return SessionContext.ofRole({
    role: { roleArn, account },
    roleTags: tags(roleTags),
    sessionTags: sessionTags && tags(sessionTags),
    resource: { arn: text(resource), tags: resourceTags && tags(resourceTags) },
    given: Object.fromEntries(Object.entries(context).map(([key, value]) => [key, value === null ? undefined : [value].flat().map(text)])),
  });
}

const tags = (given: Readonly<Record<string, string>>) => new Map(Object.entries(given).map(([key, value]) => [key, text(value)]));
