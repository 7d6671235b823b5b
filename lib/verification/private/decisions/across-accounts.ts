import { servicesNeedKey } from './encryption-key';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { holderName } from '../model/holder-name';
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
    return { what: `${resource} is encrypted with ${awsManagedKey}, an AWS managed key, which ${holderName(role)} of another account cannot use`, place };
  }
  const isPublic = restrictsPublicPolicies && policies.some((policy) => parsePolicy(policy, 'resource').statements.some(allowsEveryone));
  return isPublic ? { what: `RestrictPublicBuckets of ${place.logicalId} denies everything to other accounts if its policy is public`, place } : undefined;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
const allowsEveryone = ({ effect, principals, conditions = [] }: Statement): boolean => effect !== 'Deny' && principals !== undefined
  && (principals.negated || principals.principals.some(({ kind, name }) => kind === 'AWS' && name.literal === '*')) && !conditions.some(isNotPublic);

/** With a fixed value of one of these keys, a policy is not public. */
const KEYS_OF_SOME = ['principalorgid', 'sourcearn', 'sourcevpc', 'sourcevpce', 'sourceowner', 'sourceaccount', 'userid'].map((key) => `aws:${key}`);

function isNotPublic({ operator, key, values }: Condition): boolean {
  const [name, how] = [key, operator].map((text) => text.toString().toLowerCase());
  const isOfSome = name === 'aws:sourceip' ? values.every(isNarrow) : KEYS_OF_SOME.includes(name) && values.every((value) => isFixed(value, how.includes('like')));
  return isOfSome && !/not|ifexists/.test(how);
}

/** Without wildcards and policy variables. */
const isFixed = (value: Text, isPattern: boolean): boolean =>
  value.parts.every((part) => (typeof part === 'string' ? !/[*?]|\$\{/.test(part) : !isPattern || !part.mayContain('*')));

/**
 * Ranges of addresses that are broader than these count as public. Private ones are not broader.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const BROADEST = { ofIpv4: 8, ofIpv6: 32 };

function isNarrow({ literal = '/0' }: Text): boolean {
  const [address, length = '128'] = literal.split('/');
  return Number(length) >= (address.includes(':') ? BROADEST.ofIpv6 : BROADEST.ofIpv4);
}
