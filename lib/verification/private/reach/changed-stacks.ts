import { Credentials, OtherCredentials } from './credentials';
import { mayRequest, requestsOf } from './may-request';
import { mayWrite } from './may-write';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { anyPart } from '../model/code/code-write';
import { writesOfObject } from '../model/code/code-writes';
import { holderName } from '../model/holder-name';
import { candidateResources } from '../policies/candidate-resources';
import { OF_STACK_SETS, OF_STACKS } from '../resource-types/service-takeovers';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { textAfter } from '../values/text-parts';

/**
 * Why credentials might lead to the role with which a stack of the templates is deployed, and which no template shows. Stacks of aws-cdk have one: by default, it is an
 * administrator. Stack sets may have another. Who writes to the bucket with the assets of aws-cdk decides on templates and code that are deployed next.
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
    const ofAssets = roles.assets.filter((bucket) => mayWriteTo(bucket, credentials, roles))
      .map((bucket) => because(PUT, `decide what is deployed from the assets in ${bucket} with a role`));
    return [...ofStacks, ...ofSets, ...ofAssets].slice(0, 1);
  });

const PUT = 's3:PutObject';

/** A bucket whose name only the deployment knows is taken for another one. */
function mayWriteTo(bucket: Text, credentials: Credentials, roles: RoleIndex): boolean {
  const object = Text.join([bucket, anyPart('key')], '/');
  const isNamedBy = (value: Text) => value.literal === '*' || Pattern.glob(textAfter(value, ':s3:::') ?? Text.EMPTY).matches(object) === 'yes';
  const isNamed = candidateResources(credentials.role.policies, PUT).some(({ statement }) =>
    !statement?.resources || statement.resources.negated || statement.resources.values.some(isNamedBy));
  return isNamed && writesOfObject(object).some((write) => mayWrite(credentials, roles, write));
}
