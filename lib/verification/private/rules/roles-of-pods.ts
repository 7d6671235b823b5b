import { podIdentityStatements } from './pod-identity-trust';
import { tokenStatements } from './token-statements';
import { AssignedModel } from '../assignments/assigned-model';
import { Role } from '../model/model';

/** The roles of the templates that certainly trust pods. */
export const rolesOfPods = (assigned: AssignedModel): Role[] =>
  [...new Set([...tokenStatements(assigned), ...podIdentityStatements(assigned)].map(({ role }) => role))];
