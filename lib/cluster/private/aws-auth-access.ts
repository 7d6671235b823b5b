import { Stack } from 'aws-cdk-lib';
import { AwsAuth, Cluster } from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ObjectsAccess } from '../../kubernetes';
import { refusalWithoutValue } from '../../private/errors';
import { partsOf } from '../../private/intrinsics';
import { isOpen } from '../../private/open-tokens';

const ADMINISTRATORS = 'system:masters';
/** Starts the names of the groups of Kubernetes itself. */
const SYSTEM = 'system:';
const REASON = 'the authenticationMode of the cluster is CONFIG_MAP, the default of aws-eks';
const UNESCAPED = `${REASON}, and aws-cdk inserts values into the ConfigMap aws-auth without escaping them. Alternatively, set authenticationMode to API_AND_CONFIG_MAP`;

/**
 * Maps the role of the function to Kubernetes groups in the ConfigMap `aws-auth`, for a cluster of aws-eks that has no access entries.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export function mapRole(user: IConstruct, cluster: Cluster, role: iam.IRole, access: ObjectsAccess): AwsAuth {
  const { isClusterAdmin, groups = [] } = access._definition;
  if (!isClusterAdmin && groups.length === 0) {
    throw refusalWithoutValue('objectsAccess', 'ObjectsAccess.clusterAdmin() or ObjectsAccess.kubernetesGroups(…)', `${REASON}, so it has no access entries`);
  }
  checkStack(user, cluster);
  checkManaged(cluster);
  checkPath(role);
  user.node.addValidation({ validate: () => [...groups.flatMap((group, i) => groupErrors(user, group, i)), ...arnErrors(user, role)] });
  cluster.awsAuth.addRoleMapping(role, { username: 'cdk-irsa', groups: isClusterAdmin ? [ADMINISTRATORS] : groups });
  return cluster.awsAuth;
}

function checkStack(user: IConstruct, cluster: Cluster): void {
  const [own, theirs] = [Stack.of(user), Stack.of(cluster)];
  if (own !== theirs) {
    throw new Error(`the cluster is in stack ${theirs.node.path}, but this construct is in ${own.node.path}, and both stacks would depend on each other, because ${REASON}: `
      + 'define this construct in the stack of the cluster, or set authenticationMode to API_AND_CONFIG_MAP');
  }
}

/** aws-cdk replaces all roles in the ConfigMap, including those of nodes, which then leave the cluster. */
function checkManaged({ node }: Cluster): void {
  if (!node.tryFindChild('AwsAuth')) {
    throw new Error(`the app does not use awsAuth of ${node.path}, and aws-cdk would remove all other roles from the ConfigMap aws-auth, such as those of nodes: `
      + 'define the nodegroups of the app before this construct, and map all other roles with awsAuth.addRoleMapping; or set authenticationMode to API_AND_CONFIG_MAP');
  }
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html, which requires ARNs without a path */
function checkPath({ node, roleArn }: iam.IRole): void {
  const { path = '/' } = (node.defaultChild ?? {}) as Partial<iam.CfnRole>;
  if (path !== '/' || /:role\/.+\//.test(roleArn)) {
    throw refusalWithoutValue('objectsFunction.role', 'a role without a path', `${REASON}, and the ConfigMap aws-auth does not accept ARNs with a path`);
  }
}

/** In `aws-auth`, unlike in an access entry, a group can be one of Kubernetes itself. */
function groupErrors(scope: IConstruct, group: string, i: number): string[] {
  const [first, ...others] = partsOf(Stack.of(scope).resolve(group));
  const isSafe = typeof first === 'string' && !first.startsWith(SYSTEM) && (others.length === 0 || !SYSTEM.startsWith(first));
  return isSafe && !isOpen(scope, group) ? [] : [refusalWithoutValue(`kubernetesGroups[${i}]`,
    'a name that begins with a literal other than "system:", such as "team-". All other parts must be literals, or values that AWS, allowedValues or '
    + 'an allowedPattern such as [a-z0-9-]+ limits', UNESCAPED).message];
}

function arnErrors(scope: IConstruct, { roleArn }: iam.IRole): string[] {
  return isOpen(scope, roleArn)
    ? [refusalWithoutValue('the ARN of objectsFunction.role', 'a literal, or that of a role in this app without a path', UNESCAPED).message]
    : [];
}
