import { Annotations, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Trust } from './trust';
import { TrustPolicy, TrustPolicyWriter } from './trust-policy';
import { fittingSubjects, TRUST_POLICY_QUOTA, trustPolicySize } from './trust-policy-size';
import { containsNoEcho } from '../../private/no-echo';

type Json = { readonly [key: string]: any };

/** The errors in a trust policy. If they were thrown while the CDK writes the template, the CDK would add its own text and stack traces. */
export function trustPolicyErrors(scope: Construct, policy: iam.PolicyDocument, trust: Trust, writer: TrustPolicyWriter, stack: Stack): string[] {
  const errors: string[] = [];
  let mayHaveSecrets = true;
  stack.resolve(Lazy.uncachedAny({
    produce: (context) => {
      try {
        const written = writer.validated(context);
        mayHaveSecrets = !written.isPlain;
        errors.push(...openStatements(written), ...sizeErrors(scope, trust, written.text, stack));
      } catch (error) {
        errors.push((error as Error).message);
      }
      return undefined;
    },
  }));
  if (mayHaveSecrets && containsNoEcho(stack, policy)) {
    return ['assumeRolePolicy cannot contain a secret, such as a NoEcho parameter, because anyone who can read the role can read it: '
      + 'use another value, or remove noEcho if it is no secret, such as a namespace'];
  }
  return errors;
}

/** Errors for added statements that every pod of a cluster satisfies. */
function openStatements({ text, issuers }: TrustPolicy): string[] {
  const { Statement }: { Statement: Json[] } = JSON.parse(text);
  return Statement.flatMap(({ Effect, Principal, Condition = {} }, i) => {
    const providers = [Principal?.Federated].flat();
    const trusted = issuers.filter(({ provider, issuer }) => providers.some((each) => each === provider || `${each}`.endsWith(`:oidc-provider/${issuer}`)));
    const isOpen = Effect === 'Allow' && trusted.some(({ issuer }) => !Object.values<Json>(Condition).some((keys) => `${issuer}:sub` in keys));
    return isOpen ? [`assumeRolePolicy.Statement[${i}] would let every pod in the cluster assume the role, because it has no condition for the subject: use addTrust`] : [];
  });
}

/** Exceeding the default quota is a warning, because AWS can increase it. */
function sizeErrors(scope: Construct, trust: Trust, text: string, stack: Stack): string[] {
  const size = trustPolicySize(stack, text);
  const tooLarge = (quota: number, allows: string) => `the trust policy has ${size} characters, but IAM allows ${quota} ${allows}: `
    + (trust.values.length > 0
      ? `${fittingSubjects(trust, size, quota)} of its ${trust.values.length} subjects fit. Use a pattern or several roles`
      : 'remove statements or use several roles');
  if (size > TRUST_POLICY_QUOTA.atMost) {
    return [tooLarge(TRUST_POLICY_QUOTA.atMost, 'at most')];
  }
  if (size > TRUST_POLICY_QUOTA.byDefault) {
    Annotations.of(scope).addWarningV2('cdk-irsa:trust-policy-quota',
      `${tooLarge(TRUST_POLICY_QUOTA.byDefault, 'by default')}, or request an increase of the quota "Role trust policy length" and acknowledge this warning`);
  }
  return [];
}
