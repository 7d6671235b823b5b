import { Call, PolicyDocument, Statement } from './controller-table';
import { Place } from './place';
import { AccessCase } from '../verification/second-opinion/cases';
import { ours } from '../verification/second-opinion/ours';

const documents = new WeakMap<Statement[], PolicyDocument[]>();

/** The policies of a role with these statements: the same ones for the same list, so that they are read once. Without statements, there are none. */
function policiesWith(statements: Statement[]): PolicyDocument[] {
  const policies = documents.get(statements) ?? (statements.length > 0 ? [{ Version: '2012-10-17', Statement: statements }] : []);
  documents.set(statements, policies);
  return policies;
}

/** A call with the policies that decide on it. */
export function caseOf({ action, resource = '*', context = {} }: Call, statements: Statement[], { partition, account }: Place): AccessCase {
  const Principal = { AWS: `arn:${partition}:iam::${account}:root` };
  const [service] = action.split(':');
  const Resource = service === 'kms' ? { Resource: '*' } : {};
  const ofAccount = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: `${service}:*`, ...Resource }] };
  return {
    kind: 'access',
    identityPolicies: policiesWith(statements),
    boundaries: null,
    sessionPolicies: null,
    // there are no keys without a key policy, and no roles without a trust policy
    resourcePolicy: ['kms', 'sts'].includes(service) ? ofAccount : null,
    resourceAccount: account,
    principal: { arn: `arn:${partition}:iam::${account}:role/controller`, sessionArn: `arn:${partition}:sts::${account}:assumed-role/controller/session`, account },
    action,
    resource,
    context,
  };
}

/** The first of the calls on which the decision is this one; undefined if there is none. UNKNOWN is neither. */
export const firstThatIs = (outcome: 'ALLOWED' | 'DENIED', calls: Call[], statements: Statement[], place: Place): Call | undefined =>
  calls.find((call) => ours(caseOf(call, statements, place)).outcome === outcome);
