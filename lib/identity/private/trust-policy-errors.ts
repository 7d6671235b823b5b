import { Annotations, CfnParameter, Lazy, Reference, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Trust } from './trust';
import { TrustPolicyWriter, variableOf } from './trust-policy';
import { fittingSubjects, TRUST_POLICY_QUOTA, trustPolicySize } from './trust-policy-size';
import { tokensIn } from '../../private/tokens-in';

type Json = { readonly [key: string]: any };

/** The errors in a trust policy. If they were thrown while the CDK writes the template, the CDK would add its own text and stack traces. */
export function trustPolicyErrors(scope: Construct, role: iam.Role, trust: Trust, writer: TrustPolicyWriter): string[] {
  const errors: string[] = [];
  let mayHaveSecrets = true;
  Stack.of(role).resolve(Lazy.uncachedAny({
    produce: (context) => {
      try {
        const { text, isPlain } = writer.write(context);
        mayHaveSecrets = !isPlain;
        errors.push(...openStatements(trust, text), ...sizeErrors(scope, trust, text));
      } catch (error) {
        errors.push((error as Error).message);
      }
      return undefined;
    },
  }));
  const isSecret = (token: unknown) => Reference.isReference(token) && token.target instanceof CfnParameter && token.target.noEcho;
  if (mayHaveSecrets && tokensIn(role, role.assumeRolePolicy).some(isSecret)) {
    return ['assumeRolePolicy cannot contain a secret, such as a NoEcho parameter, because anyone who can read the role can read it: use another condition'];
  }
  return errors;
}

/** Errors for added statements that every pod of a cluster satisfies. */
function openStatements(trust: Trust, text: string): string[] {
  const { Statement }: { Statement: Json[] } = JSON.parse(text);
  return Statement.flatMap(({ Effect, Principal, Condition = {} }, i) => {
    const providers = [Principal?.Federated].flat();
    const trusted = trust.issuers.findIndex((issuer, n) => providers.includes(written(issuer.openIdConnectProviderArn, 'OidcProvider', n)));
    const subject = trusted >= 0 && `${written(trust.issuers[trusted].issuer.value, 'Issuer', trusted)}:sub`;
    const isOpen = Effect === 'Allow' && subject && !Object.values<Json>(Condition).some((keys) => subject in keys);
    return isOpen ? [`assumeRolePolicy.Statement[${i}] would let every pod in the cluster assume the role, because it has no condition for the subject: use addTrust`] : [];
  });
}

/** A value as it is in the text of a trust policy. */
const written = (value: string, name: 'Issuer' | 'OidcProvider', index: number) => (Token.isUnresolved(value) ? `\${${variableOf(name, index)}}` : value);

/** Exceeding the default quota is a warning, because AWS can increase it. */
function sizeErrors(scope: Construct, trust: Trust, text: string): string[] {
  const size = trustPolicySize(Stack.of(scope), text);
  const tooLarge = (quota: number, allows: string) => `the trust policy has ${size} characters, but IAM allows ${quota} ${allows}: `
    + `${fittingSubjects(trust, size, quota)} of its ${trust.values.length} subjects fit. Use a pattern or several roles`;
  if (size > TRUST_POLICY_QUOTA.atMost) {
    return [tooLarge(TRUST_POLICY_QUOTA.atMost, 'at most')];
  }
  if (size > TRUST_POLICY_QUOTA.byDefault) {
    Annotations.of(scope).addWarningV2('cdk-irsa:trust-policy-quota',
      `${tooLarge(TRUST_POLICY_QUOTA.byDefault, 'by default')}, or request an increase of the quota "Role trust policy length" and acknowledge this warning`);
  }
  return [];
}
