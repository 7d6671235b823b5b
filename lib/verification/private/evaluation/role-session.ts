import { RoleSession } from './grants';
import { Role } from '../model/model';

/** The session of a role, as the evaluation takes it. */
export const roleSession = ({ arn, account, id, isNew }: Role): RoleSession => ({ roleArn: arn, account, id, isNew });
