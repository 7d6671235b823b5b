import { Credentials } from './credentials';
import { mayRequest } from './may-request';
import { RoleIndex } from '../assignments/role-index';
import { KeyRead } from '../model/identities';

/** Whether credentials may change what something runs, or read a copy of a key. */
export const mayWrite = (credentials: Credentials, roles: RoleIndex, { action, arn, afterOneOf, given }: KeyRead): boolean =>
  mayRequest(credentials, roles, action, arn, given) !== 'no'
  && (afterOneOf === undefined || afterOneOf.some((request) => mayRequest(credentials, roles, request, arn) !== 'no'));
