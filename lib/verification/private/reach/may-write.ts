import { Credentials } from './credentials';
import { mayRequest } from './may-request';
import { RoleIndex } from '../assignments/role-index';
import { CodeWrite } from '../model/code-writes';

/** Whether credentials may change what something runs. */
export const mayWrite = (credentials: Credentials, roles: RoleIndex, { action, arn, afterOneOf, given }: CodeWrite): boolean =>
  mayRequest(credentials, roles, action, arn, given) !== 'no'
  && (afterOneOf === undefined || afterOneOf.some((request) => mayRequest(credentials, roles, request, arn) !== 'no'));
