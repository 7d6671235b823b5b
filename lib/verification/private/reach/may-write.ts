import { Credentials } from './credentials';
import { mayRequest } from './may-request';
import { CodeWrite } from '../model/code-writes';

/** Whether credentials may change what something runs. */
export const mayWrite = (credentials: Credentials, { action, arn, afterOneOf }: CodeWrite): boolean => mayRequest(credentials, action, arn) !== 'no'
  && (afterOneOf === undefined || afterOneOf.some((request) => mayRequest(credentials, request, arn) !== 'no'));
