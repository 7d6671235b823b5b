import { Reference, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { credentialsFor } from './credentials-for';
import { roleOptionsIn } from './role-options';
import { canReferTo } from './role-references';
import { isDefinedHere } from './roles-of-this-app';
import { issuerFor, RolePlace } from './trusted-issuer';
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
  for (const [property, value] of Object.entries({ ...roleOptionsIn(options), podCredentials: options.podCredentials })) {
    if (value !== undefined) {
      throw refusalWithoutValue(property, 'omitted if serviceAccountRole is set', 'set it on the construct that defines the role');
    }
  }
  checkEnvironment(Stack.of(account), Stack.of(cluster));
  checkName(account, role);
  checkNoCircle({ scope: account, kind: 'service account', waitsForAssociation: true }, cluster, role);
}

/** Refuses a role in another environment whose name is known only at deployment. */
function checkName(account: Construct, { role, roleArn }: IServiceAccountRole): void {
  const [here, there] = [Stack.of(account), Stack.of(role)];
  if (!canReferTo(here, role, roleArn)) {
    throw refusalWithoutValue(`roleName of ${role.node.scope!.node.path}`, 'a literal',
      `stack ${there.node.path} has another account or region in its env than ${here.node.path}, where this service account names the role by its ARN`);
  }
}

/** What uses a role that another construct defines. */
export interface RoleUser {
  readonly scope: Construct;
  readonly kind: 'service account' | 'add-on';
  /** Whether it depends on the association of the role, with EKS Pod Identity. An add-on owns its association. */
  readonly waitsForAssociation: boolean;
}

/**
 * Refuses a circular dependency between stacks: the role, in its trust policy and its associations, refers to the cluster, and its user refers to
 * the role, or waits for its association.
 */
export function checkNoCircle({ scope, kind, waitsForAssociation }: RoleUser, cluster: IIrsaCluster, serviceAccountRole: IServiceAccountRole): void {
  const { role, roleArn } = serviceAccountRole;
  const owner = isDefinedHere(role) ? role : serviceAccountRole; // of the trust policy: of an imported role, it is an output
  const { usesIrsa, podIdentityOptions } = credentialsFor(cluster, serviceAccountRole._podCredentials)._definition;
  const ofCluster = [
    ...(usesIrsa ? trustedValues(cluster, { stack: Stack.of(owner), account: role.env.account }) : []),
    ...(podIdentityOptions ? [cluster.clusterName, cluster.clusterArn] : []),
  ];
  const isCircular = refers(scope, ...ofCluster) && ((waitsForAssociation && podIdentityOptions !== undefined) || refers(scope, roleArn));
  const stack = [Stack.of(cluster), outermostStack(cluster)].find((one) => isIn(one, scope) && !owner.node.scopes.includes(one));
  if (isCircular && stack) {
    throw refusalWithoutValue('serviceAccountRole', `in ${stack.node.path}, the stack of this ${kind} and its cluster`,
      `otherwise, the stacks depend on each other, because ${serviceAccountRole.node.path} refers to the cluster and this ${kind} refers to the role; `
      + (Stack.of(owner).region === stack.region ? `define this ${kind} in the stack of the role` : `define the role in ${stack.node.path}, because it is in another region`));
  }
}

/** What the trust policy contains of the cluster. */
function trustedValues(cluster: IIrsaCluster, place: RolePlace): string[] {
  const { issuer, openIdConnectProviderArn } = issuerFor(cluster, place);
  const isComposed = openIdConnectProviderArn !== cluster.openIdConnectProviderArn; // for the account of the role
  return [issuer.value, ...(isComposed ? [] : [openIdConnectProviderArn])];
}

/** Whether values refer to resources. */
const refers = (scope: IConstruct, ...values: string[]) => tokensIn(scope, values).some((token) => Reference.isReference(token));

/** Whether a stack contains a construct. The outermost stack also contains the constructs of its nested stacks. */
const isIn = (stack: Stack, construct: Construct) => Stack.of(construct) === stack || outermostStack(construct) === stack;
