import { Annotations, CfnParameter, IResolveContext, Lazy, Reference, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Trust } from './trust';
import { TrustPolicy } from './trust-policy';
import { fittingSubjects, TRUST_POLICY_QUOTA, trustPolicySize } from './trust-policy-size';
import { tokensIn } from '../../private/tokens-in';

/** What is wrong with a trust policy. An error while the template is written would come with words and stack traces of the CDK. */
export function trustPolicyErrors(scope: Construct, role: iam.Role, trust: Trust, write: (context: IResolveContext) => TrustPolicy): string[] {
  const isSecret = (token: unknown) => Reference.isReference(token) && token.target instanceof CfnParameter && token.target.noEcho;
  if (tokensIn(role, role.assumeRolePolicy).some(isSecret)) {
    return ['assumeRolePolicy cannot hold a secret, such as a NoEcho parameter, because everyone who can read the role can read it: use another condition'];
  }
  const errors: string[] = [];
  Stack.of(role).resolve(Lazy.uncachedAny({
    produce: (context) => {
      try {
        errors.push(...sizeErrors(scope, trust, write(context).text));
      } catch (error) {
        errors.push((error as Error).message);
      }
      return undefined;
    },
  }));
  return errors;
}

/** More than the default quota is a warning, because AWS raises it. */
function sizeErrors(scope: Construct, trust: Trust, text: string): string[] {
  const size = trustPolicySize(Stack.of(scope), text);
  const tooLarge = (quota: number, allows: string) => `the trust policy has ${size} characters, but IAM allows ${quota} ${allows}: `
    + `${fittingSubjects(trust, size, quota)} of its ${trust.values.length} subjects fit. Use a pattern, or several roles`;
  if (size > TRUST_POLICY_QUOTA.atMost) {
    return [tooLarge(TRUST_POLICY_QUOTA.atMost, 'at most')];
  }
  if (size > TRUST_POLICY_QUOTA.byDefault) {
    Annotations.of(scope).addWarningV2('cdk-irsa:trust-policy-quota',
      `${tooLarge(TRUST_POLICY_QUOTA.byDefault, 'by default')}; or have the quota "Role trust policy length" raised, and acknowledge this warning`);
  }
  return [];
}
