import { servicesNeedKey } from './encryption-key';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { parsePolicy } from '../policies/parse-policy';
import { Condition, Statement } from '../policies/statement';
import { Question } from '../questions/question';
import { Credentials } from '../reach/credentials';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** What might deny to credentials of another account what policies allow, and is no policy. */
export function deniedAcrossAccounts({ role }: Credentials, { action }: Question, resource: Text, assigned: AssignedModel): AccessReason | undefined {
  const found = assigned.resources.find(resource);
  if (!found || equal(found.account, role.account) === 'yes') {
    return undefined;
  }
  const { awsManagedKey, restrictsPublicPolicies, policies, place } = found;
  if (awsManagedKey !== undefined && servicesNeedKey(action)) {
    return { what: `${resource} is encrypted with ${awsManagedKey}, an AWS managed key, which role ${role.label} of another account cannot use`, place };
  }
  const isPublic = restrictsPublicPolicies && policies.some((policy) => parsePolicy(policy, 'resource').statements.some(allowsEveryone));
  return isPublic ? { what: `RestrictPublicBuckets of ${place.logicalId} denies everything to other accounts if its policy is public`, place } : undefined;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
const allowsEveryone = ({ effect, principals, conditions = [] }: Statement): boolean => effect !== 'Deny' && principals !== undefined
  && (principals.negated || principals.principals.some(({ kind, name }) => kind === 'AWS' && name.literal === '*')) && !conditions.some(isNotPublic);

/** With a fixed value of one of these keys, a policy is not public. */
const KEYS_OF_SOME = ['principalorgid', 'sourceip', 'sourcearn', 'sourcevpc', 'sourcevpce', 'sourceowner', 'sourceaccount', 'userid'].map((key) => `aws:${key}`);

const isNotPublic = ({ operator, key, values }: Condition): boolean => KEYS_OF_SOME.includes(key.toString().toLowerCase())
  && !/not|ifexists/i.test(operator.toString()) && values.every((value) => !value.toString().includes('*'));
