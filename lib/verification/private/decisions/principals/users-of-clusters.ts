import { AssignedModel } from '../../assignments/assigned-model';
import { RoleIndex } from '../../assignments/role-index';
import { changingRequests } from '../../model/changing-requests';
import { holderName } from '../../model/holder-name';
import { isVersionOf } from '../../model/resources/lambda-permissions';
import { UserSource } from '../../model/user-source';
import { Credentials } from '../../reach/credentials';
import { areAbout, mayRequest } from '../../reach/may-request';
import { mayWrite } from '../../reach/may-write';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

/** How everyone might sign in to a cluster, as far as the templates show. */
export const signInsOfEveryone = (sources: readonly UserSource[]): string[] =>
  sources.filter(({ pool }) => pool === undefined).map(({ issuer }) => `sign in to the cluster at ${issuer}, of whose users the templates show nothing`);

/**
 * How credentials might sign in to a cluster as a user whom they add to a user pool, or to whom they give a password or a group. What the user may do there is not read.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html
 */
export function signInsWith(credentials: Credentials, sources: readonly UserSource[], { roles }: AssignedModel): string[] {
  const requests = changingRequests('cognito-idp');
  const pools = sources.filter(({ pool }) => pool);
  const name = holderName(credentials.role);
  const changed = pools.length === 0 || !areAbout(credentials, roles, requests) ? [] : pools
    .filter(({ pool }) => requests.some((action) => mayRequest(credentials, roles, action, pool) !== 'no'))
    .map(({ issuer }) => `sign in to the cluster at ${issuer}, as a user whom ${name} may change`);
  const triggered = pools.filter(({ triggers = [] }) => triggers.some((trigger) => changesFunction(credentials, trigger, roles)))
    .map(({ issuer }) => `sign in to the cluster at ${issuer}, whose triggers ${name} may change`);
  return [...changed, ...triggered];
}

const UPDATE_CODE = 'lambda:UpdateFunctionCode';

/**
 * The trigger can be a version or an alias of a function, or one outside the templates.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
function changesFunction(credentials: Credentials, trigger: Text, roles: RoleIndex): boolean {
  const may = (action: string, own: Text) => mayRequest(credentials, roles, action, own) !== 'no';
  const functions = roles.programs.all.filter(({ arns }) => arns.some((arn) => equal(arn, trigger) !== 'no' || isVersionOf(arn, trigger)));
  if (functions.length === 0) {
    return may(UPDATE_CODE, trigger);
  }
  return functions.some(({ arns, takeovers, code }) => code.some((write) => mayWrite(credentials, roles, write))
    || takeovers.some(({ action, isOfProgram }) => isOfProgram && arns.some((own) => may(action, own))));
}
