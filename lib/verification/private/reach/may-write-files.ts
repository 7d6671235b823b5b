import { Credentials } from './credentials';
import { mayRequestByItself } from './may-request';
import { RoleIndex } from '../assignments/role-index';
import { policyChanges } from '../deployment/policy-changes';
import { CodeWrite } from '../model/code/code-write';
import { WRITE_FILES } from '../model/code/written-files';
import { mayAdmitEveryone } from '../policies/may-trust';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { ANY_RESOURCE } from '../values/wildcards';

/**
 * Whether credentials make a difference for who writes to a file system of Amazon EFS. The policies of most file systems allow it to everyone, also without
 * credentials, and leave it to the network who mounts them.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export function mayWriteFiles(credentials: Credentials, { granting }: RoleIndex, arn: Text = ANY_RESOURCE, given: CodeWrite['given'] = {}): boolean {
  return mayRequestByItself(credentials, WRITE_FILES, arn, given)
    || policyChanges(WRITE_FILES).some(({ request }) => mayRequestByItself(credentials, request, arn))
    || granting.to(credentials.role, WRITE_FILES).some((one) => equal(one.arn, arn) !== 'no' && !one.policies.some((policy) => mayAdmitEveryone(policy, 'resource')));
}
