import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TrustProps, trustedPrincipal } from './trust';

/**
 * A role whose trust stands in the template, readable, whatever the issuer.
 *
 * The issuer is a part of the condition keys. While it is a token, JSON cannot hold it as a key, so that the whole trust becomes
 * a text: CloudFormation takes one there, and puts the issuer in. It is made at synthesis, so that later statements are kept.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export function irsaRole(scope: Construct, id: string, trust: TrustProps, props: Omit<iam.RoleProps, 'assumedBy'>): iam.Role {
  const define = () => new iam.Role(scope, id, { ...props, assumedBy: trustedPrincipal(trust) });
  if (!Token.isUnresolved(trust.cluster.issuer.value)) {
    return define();
  }
  const role = explained(define);
  const resource = role.node.defaultChild;
  if (resource instanceof iam.CfnRole) {
    resource.assumeRolePolicyDocument = Lazy.any({ produce: () => Stack.of(role).toJsonString(role.assumeRolePolicy) });
  }
  return role;
}

/** `iam.Role.customizeRoles` writes each trust into a report while the role is made, and stumbles over a key that is a token. */
function explained<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!/must resolve to a string/.test((error as Error).message)) {
      throw error;
    }
    throw new Error('iam.Role.customizeRoles cannot report this role, because its trust names an issuer that is known at deployment only: '
      + 'leave the part of the app with this cluster\'s service accounts out of the scope that is given to customizeRoles', { cause: error });
  }
}
