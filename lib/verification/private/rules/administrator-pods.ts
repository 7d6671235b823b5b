import { rolesOfPods } from './roles-of-pods';
import { Rule } from './rule';
import { Role } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { isAboutAll, Statement } from '../policies/statement';

export const ADMINISTRATOR_PODS: Rule = {
  id: 'administrator-pods',
  severity: 'warning',
  title: 'a role for pods allows everything',
  why: 'A compromised pod is an administrator of the AWS account.',
  fix: 'Allow the actions and resources that the pods need, or set a permissions boundary',
  violations: (assigned) => rolesOfPods(assigned).flatMap((role) => administratorPolicies(role).map(({ name, place }) => ({
    what: `role ${role.label}, which trusts pods, is allowed every action on every resource by ${name}`,
    place: place ?? role.place,
  }))),
};

/** The policies that certainly make a role an administrator. */
export const administratorPolicies = ({ boundary, policies }: Role): Policy[] =>
  (boundary ? [] : policies.filter((policy) => parsePolicy(policy, 'identity').statements.some(allowsEverything)));

const allowsEverything = (statement: Statement): boolean => {
  const { effect, actions, conditions, problems } = statement;
  return effect === 'Allow' && problems.length === 0 && conditions?.length === 0
    && actions !== undefined && !actions.negated && actions.values.some(({ literal = '' }) => /^\*(?::\*)?$/.test(literal)) && isAboutAll(statement);
};
