import { Token } from 'aws-cdk-lib';
import { RECORDS_NAMESPACE } from './contract/records';
import { inCall, refusal, refusalWithoutValue } from '../private/errors';
import { checkLabel } from '../private/kubernetes-names';
import { checkNoOptions } from '../private/no-options';
import { checkType } from '../private/props/check-props';

const NARROWER = 'to limit the access, use ObjectsAccess.namespaces or ObjectsAccess.kubernetesGroups';

/** Options for `ObjectsAccess.namespaces`. */
export interface NamespacesAccessOptions {
  /**
   * Whether Roles and RoleBindings can be applied. If true, the function gets the access policy `AmazonEKSAdminPolicy` in the namespaces
   * instead of `AmazonEKSEditPolicy`.
   *
   * Kubernetes refuses a Role that grants more than its creator has through RBAC, and access policies are not RBAC. `AmazonEKSAdminPolicy`
   * does not include the verbs `escalate` and `bind`, which would allow it. If your Roles grant permissions, use
   * `ObjectsAccess.kubernetesGroups` with these verbs instead.
   *
   * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
   * @see https://github.com/aws/containers-roadmap/issues/2682
   * @default false
   */
  readonly allowRbac?: boolean;
}

interface AccessDefinition {
  readonly isClusterAdmin: boolean;
  /** The namespaces in which objects can be applied; undefined if namespaces do not limit it. */
  readonly namespaceNames?: string[];
  /** Whether Roles and RoleBindings can be applied in these namespaces. */
  readonly allowsRbac: boolean;
  /** The Kubernetes groups of the function; undefined if access policies determine what it is allowed to do. */
  readonly groups?: string[];
  readonly appliesObjects: boolean;
}

/**
 * What the function that applies objects is allowed to do in the cluster. You can change it later: the access entry of the function changes in
 * place, and nothing is replaced. Before you narrow the access, remove the objects that it does not cover: the function deletes them with the
 * access that it has at that time.
 *
 * With any access other than `clusterAdmin()`, create the namespace `cdk-irsa` before the first deployment, for example with
 * `kubectl create namespace cdk-irsa`. The function keeps its records in the Secrets of this namespace. Let only administrators write there.
 *
 * **What a compromised pod can still do**
 *
 * Nothing directly, because only the function has this access. An attacker who can invoke or change the function can do what this list says. A pod that can
 * write Secrets in the namespace `cdk-irsa` can have the function change and delete objects.
 *
 * - With `clusterAdmin()`: everything in the cluster. This includes reading all Secrets, using the AWS roles of all service accounts, and running privileged
 *   pods, which control their node and have its role.
 * - With `namespaces(…)`: read and change the Secrets in these namespaces, run commands in their pods, and run pods with any of their service accounts, and so
 *   with the AWS roles of these. Pods can be privileged, and then control their node, unless a Pod Security Standard forbids it.
 * - With `namespaces(…)` and `allowRbac`: the same, and delete the Roles and RoleBindings there. Kubernetes lets it create only those that grant no more than it
 *   has through RBAC.
 * - With `kubernetesGroups(…)`: what your RBAC allows. With `create` for pods, the function can use all service accounts and Secrets of the namespace. With
 *   `escalate` and `bind` for ClusterRoles, it can become an administrator of the cluster.
 * - With each of these: read the Secrets in `cdk-irsa`, which contain the objects of all sets, including Secrets. With `none()`: nothing, because there is no
 *   function.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export class ObjectsAccess {
  /**
   * The function is an administrator of the cluster: it has the access policy `AmazonEKSClusterAdminPolicy`. In a cluster of aws-eks with the
   * authentication mode `CONFIG_MAP`, which has no access policies, it is a member of the Kubernetes group `system:masters`.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html#access-policy-permissions-amazoneksclusteradminpolicy
   */
  public static clusterAdmin(): ObjectsAccess {
    checkNoOptions('ObjectsAccess.clusterAdmin', arguments, NARROWER);
    return new ObjectsAccess({ isClusterAdmin: true });
  }

  /**
   * The function can apply most kinds of objects in these namespaces: it has the access policy `AmazonEKSEditPolicy`, scoped to them and to
   * the namespace `cdk-irsa` of its records.
   *
   * The policy does not cover Namespaces, CustomResourceDefinitions, custom resources, ResourceQuotas, LimitRanges and all objects that are not
   * in a namespace. Such objects, `createNamespace`, and objects in other namespaces are errors at synthesis.
   *
   * @param names the names of the namespaces. They must exist before objects are applied in them. A name can be a token if its characters are
   *   limited, such as a parameter with `allowedValues`. Amazon EKS expands wildcards, so other tokens are errors at synthesis.
   * @param options for example, whether Roles and RoleBindings can be applied.
   * @throws if there are no names, if Kubernetes does not accept a name, if a name is `cdk-irsa`, or if a name occurs twice.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html
   */
  public static namespaces(names: string[], options: NamespacesAccessOptions = {}): ObjectsAccess {
    inCall('ObjectsAccess.namespaces', () => {
      checkNames('names', names, checkNamespace);
      checkType('options', 'cdk-irsa.NamespacesAccessOptions', options);
    });
    return new ObjectsAccess({ namespaceNames: [...names], allowsRbac: options.allowRbac ?? false });
  }

  /**
   * The function is a member of these Kubernetes groups, and has the permissions that your RoleBindings and ClusterRoleBindings give to them.
   * The guide `docs/objects-access.md` lists the permissions that the function requires.
   *
   * @param groups the names of the groups. Names can be tokens. In a cluster of aws-eks with the authentication mode `CONFIG_MAP`, a value that
   *   can be anything, such as that of a parameter, is an error at synthesis: it could make the function an administrator.
   * @throws if there are no groups, if a name is empty, starts with `system:`, which Amazon EKS does not allow, or occurs twice.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/create-k8s-group-access-entry.html
   */
  public static kubernetesGroups(groups: string[]): ObjectsAccess {
    inCall('ObjectsAccess.kubernetesGroups', () => checkNames('groups', groups, checkGroup));
    return new ObjectsAccess({ groups: [...groups] });
  }

  /**
   * This library applies no objects in the cluster: there is no function, no log group and no access entry. Use it if you only need roles, for
   * example because Argo CD or Flux applies the service accounts.
   */
  public static none(): ObjectsAccess {
    checkNoOptions('ObjectsAccess.none', arguments, NARROWER);
    return new ObjectsAccess({});
  }

  private constructor(private readonly definition: Partial<AccessDefinition>) {}

  /** What the function is allowed to do. @internal */
  public get _definition(): AccessDefinition {
    const { isClusterAdmin = false, namespaceNames, allowsRbac = false, groups } = this.definition;
    const appliesObjects = isClusterAdmin || namespaceNames !== undefined || groups !== undefined;
    return { isClusterAdmin, namespaceNames, allowsRbac, groups, appliesObjects };
  }
}

function checkNames(property: string, names: string[], check: (property: string, name: string) => void): void {
  if (!Array.isArray(names) || names.length === 0 || Token.isUnresolved(names)) {
    throw refusalWithoutValue(property, 'a list of one or more names', 'the names can be tokens, but not the list');
  }
  names.forEach((name, i) => {
    if (typeof name !== 'string') {
      throw refusalWithoutValue(`${property}[${i}]`, 'a string', 'use the name');
    }
    check(`${property}[${i}]`, name);
    if (names.indexOf(name) < i) {
      throw refusal(`${property}[${i}]`, name, 'listed once', 'remove it');
    }
  });
}

function checkNamespace(property: string, name: string): void {
  checkLabel(property, name);
  if (name === RECORDS_NAMESPACE) {
    throw refusal(property, name, 'omitted', 'the function has access to this namespace anyway, and no object can be in it');
  }
}

/** The error of Amazon EKS: "it cannot start with system:". @see https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2915 */
function checkGroup(property: string, name: string): void {
  if (typeof name !== 'string' || name === '' || name.startsWith('system:')) {
    throw refusal(property, name, 'a name that is not empty and does not start with "system:"', 'Amazon EKS allows no other group in an access entry');
  }
}
