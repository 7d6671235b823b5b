import { AccessOptions } from './access-options';
import { PrincipalAccess } from './principal-access';

/**
 * Who alone may do something, and on what.
 *
 * Nobody else may do it. These count as somebody else, with all credentials that they can get:
 *
 * - All of `PodAccess.principals`: pods, nodes, service accounts that trust policies, bindings or charts name, and whoever a role trusts.
 * - Sessions of roles of the templates, unless only these pods and nodes, or sessions of other roles, can have them: those of a Lambda function, of an administrator,
 *   or of another account. What they can do in a cluster, and so with its pods, is not considered.
 * - Users of the templates, and whoever is in a group of the templates. Also roles, users and groups that the templates do not create, but attach policies to.
 * - Other accounts, other users and everyone, if the policy of the resource names them. AWS services that it names do not count.
 *
 * What custom resources can change about users and groups is not considered.
 */
export interface AssertOnlyOptions extends AccessOptions {
  /** Those who must be allowed the action, with any of their credentials. Pods of a service account are those of all of its workloads. An empty list stands for nobody. */
  readonly principals: PrincipalAccess[];
  /**
   * Those who may also be allowed the action, such as sessions of an administrator's role.
   * @default - nobody else
   */
  readonly exceptions?: PrincipalAccess[];
  /**
   * Those who may also be allowed the action, named as in policies:
   *
   * - The ID of another account, such as `123456789012`, for everyone in it whom the policy of the resource names.
   * - The ARN of a user, a group or a role, such as `user.userArn`.
   * - `*` for everyone, if the resource is public on purpose. Then, only the principals are checked.
   *
   * @default - nobody else
   */
  readonly namedExceptions?: string[];
}
