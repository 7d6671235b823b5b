import { CfnParameter, IResolveContext, Lazy, Reference, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TrustProps, trustedPrincipal } from './trust';
import { trustPolicy } from './trust-policy';
import { within } from '../../private/errors';
import { tokensIn } from '../../private/tokens-in';

/** A role whose trust policy is in the template, readable, whatever the issuer. It is written at synthesis, so that later statements are kept. */
export function irsaRole(scope: Construct, id: string, trust: TrustProps, props: Omit<iam.RoleProps, 'assumedBy'>): iam.Role {
  const define = () => new iam.Role(scope, id, { ...props, assumedBy: trustedPrincipal(trust) });
  const role = Token.isUnresolved(trust.cluster.issuer.value) ? explained(define) : define();
  const resource = role.node.defaultChild;
  if (resource instanceof iam.CfnRole) {
    const policyIn = (context: IResolveContext) => trustPolicy(context, role.assumeRolePolicy!, trust.cluster);
    resource.assumeRolePolicyDocument = Lazy.uncachedAny({ produce: (context) => within(role, () => policyIn(context)) });
    role.node.addValidation({ validate: () => errorsOf(role, policyIn) });
  }
  return role;
}

/** What is wrong with a trust policy. An error while the template is written would come with words and stack traces of the CDK. */
function errorsOf(role: iam.Role, policyIn: (context: IResolveContext) => unknown): string[] {
  const isSecret = (token: unknown) => Reference.isReference(token) && token.target instanceof CfnParameter && token.target.noEcho;
  if (tokensIn(role, role.assumeRolePolicy).some(isSecret)) {
    return ['assumeRolePolicy cannot hold a secret, such as a NoEcho parameter, because everyone who can read the role can read it: use another condition'];
  }
  const errors: string[] = [];
  Stack.of(role).resolve(Lazy.uncachedAny({
    produce: (context) => {
      try {
        policyIn(context);
      } catch (error) {
        errors.push((error as Error).message);
      }
      return undefined;
    },
  }));
  return errors;
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
