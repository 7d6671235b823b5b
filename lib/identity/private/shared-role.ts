import { Reference, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { roleOptionsIn } from './role-options';
import { isDefinedHere } from './roles-of-this-app';
import { issuerFor } from './trusted-issuer';
import { checkEnvironment } from '../../private/environments';
import { refusalWithoutValue } from '../../private/errors';
import { outermostStack } from '../../private/outermost-stack';
import { tokensIn } from '../../private/tokens-in';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { IServiceAccountRole } from '../service-account-role-interface';
import { ServiceAccountWithRoleOptions } from '../service-account-with-role-options';

/** Refuses an account that cannot use the role that it shares with others. */
export function checkSharedRole(account: Construct, cluster: IIrsaCluster, options: ServiceAccountWithRoleOptions): void {
  const { serviceAccountRole: role } = options;
  if (!role) {
    return;
  }
  for (const [property, value] of Object.entries(roleOptionsIn(options))) {
    if (value !== undefined) {
      throw refusalWithoutValue(property, 'omitted if serviceAccountRole is set', 'set it on the construct that defines the role');
    }
  }
  checkEnvironment(Stack.of(account), Stack.of(cluster));
  checkName(account, role);
  checkNoCircle(account, cluster, role);
}

/**
 * Refuses a role in another environment whose name is known only at deployment. The error of aws-cdk does not name the property to set.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/resources.html#resource-physical-names
 */
function checkName(account: Construct, { role, roleArn }: IServiceAccountRole): void {
  const [here, there] = [Stack.of(account), Stack.of(role)];
  if (here.environment === there.environment || !isDefinedHere(role)) {
    return;
  }
  try {
    here.resolve(roleArn);
  } catch {
    throw refusalWithoutValue(`roleName of ${role.node.scope!.node.path}`, 'a literal',
      `stack ${there.node.path} has another account or region in its env than ${here.node.path}, where this service account names the role by its ARN`);
  }
}

/**
 * Refuses a circular dependency between stacks: the trust policy refers to the issuer of the cluster, and the account refers to the role.
 */
function checkNoCircle(account: Construct, cluster: IIrsaCluster, serviceAccountRole: IServiceAccountRole): void {
  const { role, roleArn } = serviceAccountRole;
  const owner = isDefinedHere(role) ? role : serviceAccountRole; // of the trust policy: of an imported role, it is an output
  const { issuer, openIdConnectProviderArn } = issuerFor(cluster, { stack: Stack.of(owner), account: role.env.account });
  const ofCluster = openIdConnectProviderArn === cluster.openIdConnectProviderArn ? [openIdConnectProviderArn] : []; // otherwise composed for the account of the role
  const isCircular = refers(account, issuer.value, ...ofCluster) && refers(account, roleArn);
  const stack = [Stack.of(cluster), outermostStack(cluster)].find((one) => isIn(one, account) && !owner.node.scopes.includes(one));
  if (isCircular && stack) {
    throw refusalWithoutValue('serviceAccountRole', `in ${stack.node.path}, the stack of this service account and its cluster`,
      `otherwise, the stacks depend on each other, because the trust policy of ${serviceAccountRole.node.path} refers to the cluster and this service account refers to the role; `
      + 'define this service account in the stack of the role');
  }
}

/** Whether values refer to resources. */
const refers = (scope: IConstruct, ...values: string[]) => tokensIn(scope, values).some((token) => Reference.isReference(token));

/** Whether a stack contains a construct. The outermost stack also contains the constructs of its nested stacks. */
const isIn = (stack: Stack, construct: Construct) => Stack.of(construct) === stack || outermostStack(construct) === stack;
