import { Credentials, OtherCredentials } from './credentials';
import { mayRequest, requestsOf } from './may-request';
import { OF_STACK_SETS, OF_STACKS } from './taken-over-roles';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { holderName } from '../model/holder-name';

/**
 * Why credentials might lead to the role with which a stack of the templates is deployed, and which no template shows. Stacks of aws-cdk have one: by default, it is an
 * administrator. Stack sets may have another.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html#bootstrapping-env-roles
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
 */
export const changedStacks = (found: readonly Credentials[], roles: RoleIndex): OtherCredentials[] =>
  found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role)).flatMap((credentials) => {
    const { role } = credentials;
    const because = (action: string, what: string): OtherCredentials =>
      ({ what: `${holderName(role)} may request ${action}, and so might ${what}, which is not in the templates`, place: role.place, excludedBy: 'noOtherCredentials' });
    const ofStacks = requestsOf(credentials, roles, OF_STACKS).flatMap((action) => { // most may change none
      const changed = roles.stacks.find((arn) => mayRequest(credentials, roles, action, arn) !== 'no');
      return changed ? [because(action, `change ${changed} with its role`)] : [];
    });
    const ofSets = requestsOf(credentials, roles, OF_STACK_SETS)
      .map((action) => because(action, 'deploy a template with the role of a stack set'));
    return [...ofStacks, ...ofSets].slice(0, 1);
  });
