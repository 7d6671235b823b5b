import { isDeepStrictEqual } from 'node:util';
import { CfnResource, IResolveContext, Reference, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { TrustedIssuer } from './trust';
import { CompletedText, KnownValue } from '../../private/completed-text';
import { IN_POLICY } from '../../private/escapes';
import { isIntrinsic } from '../../private/intrinsics';
import { OidcIssuer } from '../oidc-issuer';

export interface TrustPolicy {
  /** What the template gets: an object or, with tokens in it, a text that CloudFormation completes. */
  readonly document: unknown;
  /** The policy as JSON, with `${…}` for what only the deployment knows. */
  readonly text: string;
}

/**
 * A trust policy as CloudFormation takes it: an object, if all of it is known or decided by AWS; otherwise a JSON text that CloudFormation
 * completes. JSON cannot hold the issuer as a key while it is a token, and in an object, nothing escapes the value of a token.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export function trustPolicy(context: IResolveContext, policy: iam.PolicyDocument, issuers: TrustedIssuer[]): TrustPolicy {
  const resolved = context.resolve(policy, { allowIntrinsicKeys: true });
  if (context.preparing) {
    return { document: resolved, text: '' }; // the CDK only looks for references to other stacks
  }
  checkMaps(resolved);
  const text = new CompletedText({ escapes: IN_POLICY, known: namesOf(context, issuers) });
  const completed: any = text.complete(JSON.stringify(text.marked('assumeRolePolicy', resolved)));
  return { document: text.isSafeAsData ? resolved : completed, text: [completed['Fn::Sub'] ?? completed].flat()[0] };
}

/** Refuses a token, such as a `CfnJson`, for what IAM takes as a map: in a text it would be a string. */
function checkMaps({ Statement = [] }: { Statement?: { Principal?: object; Condition?: object }[] }): void {
  Statement.forEach(({ Principal, Condition }, i) => {
    const maps = { Principal, Condition, ...Object.fromEntries(Object.entries(Condition ?? {}).map(([operator, keys]) => [`Condition.${operator}`, keys])) };
    for (const [property, map] of Object.entries(maps)) {
      if (isIntrinsic(map)) {
        throw new Error(`assumeRolePolicy.Statement[${i}].${property} cannot be a token: write the map in the app; its values can be tokens`);
      }
    }
  });
}

/** What names a cluster in the text: `Issuer` and `OidcProvider`, and `Issuer2` and so on for further clusters. */
export const variableOf = (name: 'Issuer' | 'OidcProvider', index: number): string => `${name}${index === 0 ? '' : index + 1}`;

function namesOf(context: IResolveContext, issuers: TrustedIssuer[]): { [name: string]: KnownValue } {
  const names: { [name: string]: KnownValue } = {};
  issuers.forEach((trusted, i) => {
    const { issuer, provider } = valuesOf(context, trusted);
    names[variableOf('Issuer', i)] = issuer;
    names[variableOf('OidcProvider', i)] = provider;
  });
  return names;
}

/** A provider of this app has an ARN of plain words, and so has the issuer in it; a provider that a parameter names may have any. */
function valuesOf(context: IResolveContext, { openIdConnectProviderArn, issuer }: TrustedIssuer): { issuer: KnownValue; provider: KnownValue } {
  const { firstToken, length } = Tokenization.reverseString(openIdConnectProviderArn);
  const isOfThisApp = length === 1 && Reference.isReference(firstToken) && CfnResource.isCfnResource(firstToken.target)
    && firstToken.target.cfnResourceType === 'AWS::IAM::OIDCProvider';
  const value = context.resolve(issuer.value);
  const isInArn = isOfThisApp && isDeepStrictEqual(value, context.resolve(OidcIssuer.fromProviderArn(openIdConnectProviderArn).value));
  return { issuer: { value, isPlain: isInArn }, provider: { value: context.resolve(openIdConnectProviderArn), isPlain: isOfThisApp } };
}
