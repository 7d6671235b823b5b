import { Policy } from '../../policies/policy';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { isSet, isText, literalOf } from '../../values/text-parts';
import { StackResource } from '../stack-resource';

/** The canned ACLs that give nothing to the public, or to every AWS account. */
const NOT_PUBLIC = ['Private', 'BucketOwnerRead', 'BucketOwnerFullControl', 'LogDeliveryWrite'];

/**
 * A public ACL of a bucket, as a policy that is not known: it can allow what no policy allows. The setting `BucketOwnerEnforced` disables ACLs.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export function publicAcl(bucket: StackResource): Policy[] {
  const acl = bucket.property('AccessControl');
  const isPublic = acl !== undefined && !NOT_PUBLIC.includes(literalOf(acl) ?? '');
  const isIgnored = isSet(bucket.property('PublicAccessBlockConfiguration', 'IgnorePublicAcls')) === 'yes'
    || listOf(bucket.property('OwnershipControls', 'Rules')).some(disablesAcls);
  return isPublic && !isIgnored ? [{
    name: `access control list of ${bucket.logicalId}`,
    place: bucket.place('Properties.AccessControl'),
    onlyAllows: true,
    unknown: 'access control lists are not evaluated, and it is public, or known only at deployment',
    unread: acl,
  }] : [];
}

const disablesAcls = (rule: Resolved) => isText(valueAt(rule, 'ObjectOwnership'), 'BucketOwnerEnforced') === 'yes';
