import { AssignedModel } from '../assignments/assigned-model';
import { isInTemplates } from '../assignments/role-index';
import { Role } from '../model/model';
import { matchesAction } from '../policies/matches-action';
import { parsePolicy } from '../policies/parse-policy';
import { Statement } from '../policies/statement';
import { POD_IDENTITY } from '../reach/pod-identity';
import { equal } from '../values/pattern';

/** A statement of a trust policy with which Amazon EKS Pod Identity gives a role to pods. */
export interface PodIdentityStatement {
  readonly role: Role;
  readonly statement: Statement;
}

/** Those of all roles of the templates, as far as they can be read. */
export const podIdentityStatements = (assigned: AssignedModel): PodIdentityStatement[] => assigned.model.roles.filter(isInTemplates).flatMap((role) =>
  parsePolicy(role.trustPolicy, 'trust').statements.filter(isForPods).map((statement) => ({ role, statement })));

const isForPods = (statement: Statement): boolean => {
  const { effect, principals, problems } = statement;
  return effect === 'Allow' && problems.length === 0 && matchesAction(statement, 'sts:AssumeRole') === 'yes' && principals !== undefined && !principals.negated
    && principals.principals.some(({ kind, name }) => kind === 'Service' && equal(name, POD_IDENTITY) === 'yes');
};
