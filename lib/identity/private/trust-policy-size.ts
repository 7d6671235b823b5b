import { Stack, Token } from 'aws-cdk-lib';
import { Trust } from './trust';

/** In characters. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const TRUST_POLICY_QUOTA = { byDefault: 2048, atMost: 8192 };

/** No region has a shorter name. */
const REGION = 'us-east-1';

/**
 * The size of a trust policy after deployment. The issuer and provider of a cluster count with their final length, its ARN with a short name, and other tokens count as
 * empty, so that the size is never overstated.
 *
 * @param stack the stack of the role.
 * @param text the policy as JSON, with `${…}` for values that are known only at deployment.
 */
export function trustPolicySize(stack: Stack, text: string): number {
  const region = Token.isUnresolved(stack.region) ? REGION : stack.region;
  const partition = Token.isUnresolved(stack.partition) ? 'aws' : stack.partition;
  const urlSuffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const issuer = `oidc.eks.${region}.${urlSuffix}/id/${'0'.repeat(32)}`;
  const texts: { [name: string]: string } = {
    'Issuer': issuer,
    'OidcProvider': `arn:${partition}:iam::123456789012:oidc-provider/${issuer}`,
    'Cluster': `arn:${partition}:eks:${region}:123456789012:cluster/c`,
    'AWS::AccountId': '123456789012',
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::URLSuffix': urlSuffix,
  };
  return text.replace(/\$\{(Issuer|OidcProvider|Cluster|[\w:]+)\d*\}/g, (_, name) => texts[name] ?? '').length;
}

/** How many of the subjects fit, in the order in which they were added, if the policy has `size` characters and can have at most `most`. */
export function fittingSubjects(trust: Trust, size: number, most: number): number {
  const lengths = trust.values.map((value) => `"${Token.isUnresolved(value) ? '' : value}",`.length);
  let left = size;
  while (left > most && lengths.length > 0) {
    left -= lengths.pop()!;
  }
  return lengths.length;
}
