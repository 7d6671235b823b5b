import { Credentials } from './credentials';
import { mayRequest } from './may-request';
import { mayWriteFiles } from './may-write-files';
import { RoleIndex } from '../assignments/role-index';
import { WRITE_FILES, WRITE_VOLUME } from '../model/code/written-files';
import { KeyRead } from '../model/identities';
import { candidateResources } from '../policies/candidate-resources';

/** Whether credentials may change what something runs, or read a copy of a key. Only what stands for a volume writes to it, and always may. */
export const mayWrite = (credentials: Credentials, roles: RoleIndex, { action, arn, afterOneOf, onlyIfNamed, given }: KeyRead): boolean =>
  (action === WRITE_VOLUME ? arn?.key === credentials.role.arn.key : mayRequest(credentials, roles, action, arn, given) !== 'no')
  && (onlyIfNamed === undefined || candidateResources(credentials.role.policies, action).some(({ resource }) => `${resource}`.includes(onlyIfNamed)))
  && (action !== WRITE_FILES || mayWriteFiles(credentials, roles, arn, given))
  && (afterOneOf === undefined || afterOneOf.some((request) => mayRequest(credentials, roles, request, arn) !== 'no'));
