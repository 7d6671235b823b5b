import { isDeepStrictEqual } from 'node:util';
import { CfnResource, IResolveContext, Reference, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { TrustProps } from './trust';
import { CompletedText, KnownValue } from '../../private/completed-text';
import { IN_POLICY } from '../../private/escapes';
import { isIntrinsic } from '../../private/intrinsics';
import { OidcIssuer } from '../oidc-issuer';

/**
 * A trust policy as CloudFormation takes it: an object, if all of it is known or decided by AWS; otherwise a JSON text that CloudFormation
 * completes. JSON cannot hold the issuer as a key while it is a token, and in an object, nothing escapes the value of a token.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export function trustPolicy(context: IResolveContext, policy: iam.PolicyDocument, cluster: TrustProps['cluster']): unknown {
  const resolved = context.resolve(policy, { allowIntrinsicKeys: true });
  if (context.preparing) {
    return resolved; // the CDK only looks for references to other stacks
  }
  checkMaps(resolved);
  const text = new CompletedText({ escapes: IN_POLICY, known: namesOf(context, cluster) });
  const json = JSON.stringify(text.marked('assumeRolePolicy', resolved));
  return text.isSafeAsData ? resolved : text.complete(json);
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

/** What names the cluster. A provider of this app has an ARN of plain words, and so has the issuer in it; a provider that a parameter names may have any. */
function namesOf(context: IResolveContext, { openIdConnectProviderArn, issuer }: TrustProps['cluster']): { [name: string]: KnownValue } {
  const { firstToken, length } = Tokenization.reverseString(openIdConnectProviderArn);
  const isOfThisApp = length === 1 && Reference.isReference(firstToken) && CfnResource.isCfnResource(firstToken.target)
    && firstToken.target.cfnResourceType === 'AWS::IAM::OIDCProvider';
  const value = context.resolve(issuer.value);
  const isInArn = isOfThisApp && isDeepStrictEqual(value, context.resolve(OidcIssuer.fromProviderArn(openIdConnectProviderArn).value));
  return { Issuer: { value, isPlain: isInArn }, OidcProvider: { value: context.resolve(openIdConnectProviderArn), isPlain: isOfThisApp } };
}
