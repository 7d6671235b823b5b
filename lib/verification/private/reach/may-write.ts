import { Credentials } from './credentials';
import { mayRequest } from './may-request';
import { mayWriteFiles } from './may-write-files';
import { RoleIndex } from '../assignments/role-index';
import { WRITE_FILES, WRITE_VOLUME } from '../model/code/written-files';
import { KeyRead } from '../model/identities';
import { candidateResources } from '../policies/candidate-resources';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';

/** Whether credentials may change what something runs, or read a copy of a key. Only what stands for a volume writes to it, and always may. */
export const mayWrite = (credentials: Credentials, roles: RoleIndex, { action, arn, afterOneOf, onlyIfNamed, otherThan, given }: KeyRead): boolean =>
  (action === WRITE_VOLUME ? arn?.key === credentials.role.arn.key : mayRequest(credentials, roles, action, arn, given) !== 'no')
  && (onlyIfNamed === undefined || candidateResources(credentials.role.policies, action).some(({ resource }) => `${resource}`.includes(onlyIfNamed)))
  && (otherThan === undefined
    || candidateResources(credentials.role.policies, action).some(({ resource }) => !otherThan.some((own) => isOf(resource, own))))
  && (action !== WRITE_FILES || mayWriteFiles(credentials, roles, arn, given))
  && (afterOneOf === undefined || afterOneOf.some((request) => mayRequest(credentials, roles, request, arn) !== 'no'));

/** Whether a resource of a policy certainly is one, or a part of it, such as a version of a function. */
const isOf = (resource: Text, one: Text): boolean =>
  [Pattern.exact(one), Pattern.join([Pattern.exact(one), PARTS])].some((pattern) => pattern.matches(resource) === 'yes');

const PARTS = Pattern.glob(Text.of(':*'));
