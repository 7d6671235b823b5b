import { Credentials } from './credentials';
import { Grants, ResourceSide } from '../evaluation/grants';

/** The policies that decide what credentials can do with a resource. */
export const grantsOf = ({ role, sessionPolicy }: Credentials, resource: ResourceSide): Grants =>
  ({ identity: role.policies, boundary: role.boundary, session: sessionPolicy, resource });
