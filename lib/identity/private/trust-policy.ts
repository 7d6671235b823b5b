import { IResolveContext, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { Trust } from './trust';
import { TrustedIssuer } from './trusted-issuer';
import { isClusterResource } from '../../private/cluster-resource';
import { CompletedText, KnownValue } from '../../private/completed-text';
import { IN_POLICY, IN_QUOTES } from '../../private/escapes';
import { isIntrinsic } from '../../private/intrinsics';
import { isOidcProvider } from '../../private/oidc-provider-resource';
import { isOpen } from '../../private/open-tokens';
import { PolicyValues } from '../../private/policy-values';
import { OidcIssuer } from '../oidc-issuer';

export interface TrustPolicy {
  /** The policy in the template: an object or, if it contains tokens, a text that CloudFormation completes. */
  readonly document: unknown;
  /** The policy as JSON: a text that CloudFormation completes if it contains tokens. */
  readonly json: unknown;
  /** The policy as JSON, with `${…}` for values that are known only at deployment. */
  readonly text: string;
  /** The providers and issuers as they are in `text`. */
  readonly issuers: { readonly provider: string; readonly issuer: string }[];
  /** Whether all of its values are literals or determined by AWS, so that none is a secret. */
  readonly isPlain: boolean;
}

interface PolicyJson {
  readonly Statement?: { readonly Principal?: object; readonly Condition?: object }[];
}

/**
 * Writes a trust policy in a form that CloudFormation accepts: an object if all of its values are literals or determined by AWS, otherwise
 * a JSON text that CloudFormation completes. An object in the template cannot have the issuer in a key while the issuer is a token, and
 * nothing escapes the value of a token in an object.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export class TrustPolicyWriter {
  /** What was validated last. The CDK searches an app for references, then validates it, and then writes it more than once, without changing it in between. */
  private valid?: TrustPolicy;

  constructor(private readonly policy: iam.PolicyDocument, private readonly trust: Trust) {}

  public validated(context: IResolveContext): TrustPolicy {
    this.valid = this.written(context, this.resolved(context));
    return this.valid;
  }

  /** @param form the form in which the template has the policy. */
  public write(context: IResolveContext, form: 'document' | 'json'): unknown {
    if (context.preparing) { // the CDK is only searching for references to other stacks
      this.valid = undefined;
      RESOLVED.delete(Stack.of(context.scope));
      return this.resolved(context);
    }
    return (this.valid ?? this.written(context, this.resolved(context)))[form];
  }

  private resolved(context: IResolveContext): PolicyJson {
    return context.resolve(this.policy, { allowIntrinsicKeys: true });
  }

  private written(context: IResolveContext, policy: PolicyJson): TrustPolicy {
    checkMaps(policy);
    const { issuers, clusterArns } = this.trust;
    const resolved = issuers.map((trusted) => knownValuesOf(context, trusted));
    const known = { ...namesOfIssuers(resolved), ...namesOfClusters(context, clusterArns) };
    const values = new PolicyValues(context.scope, this.policy, Object.values(known));
    const text = new CompletedText({ escapes: IN_POLICY, escapesOfLiterals: IN_QUOTES, known, isClosed: values.isClosed });
    const json = text.complete(JSON.stringify(text.marked('assumeRolePolicy', values.checkedPolicy('assumeRolePolicy', policy))));
    const { isSafeAsData, isPlain } = text;
    const shown = (value: unknown) => textOf(text.complete(text.marked('assumeRolePolicy', value) as string));
    return {
      document: isSafeAsData ? policy : json,
      json,
      text: textOf(json),
      issuers: resolved.map(({ provider, issuer }) => ({ provider: shown(values.guarded(provider.value)), issuer: shown(issuer.value) })),
      isPlain,
    };
  }
}

/** The text in an `Fn::Sub`, or a text without tokens. */
const textOf = (completed: any): string => [completed['Fn::Sub'] ?? completed].flat()[0];

/** Refuses a token, such as a `CfnJson`, in place of a map: in the text, it would become a string. */
function checkMaps({ Statement = [] }: PolicyJson): void {
  Statement.forEach(({ Principal, Condition }, i) => {
    const maps = { Principal, Condition, ...Object.fromEntries(Object.entries(Condition ?? {}).map(([operator, keys]) => [`Condition.${operator}`, keys])) };
    for (const [property, map] of Object.entries(maps)) {
      if (isIntrinsic(map)) {
        throw new Error(`assumeRolePolicy.Statement[${i}].${property} cannot be a token: write the map in the app; its values can be tokens`);
      }
    }
  });
}

/** `Issuer` and `OidcProvider` for the first cluster, then `Issuer2` and so on. */
const namesOfIssuers = (issuers: IssuerValues[]): { [name: string]: KnownValue } => Object.fromEntries(
  issuers.flatMap(({ issuer, provider }, i) => [[`Issuer${numberOf(i)}`, issuer], [`OidcProvider${numberOf(i)}`, provider]]));

/** `Cluster` for the first cluster, then `Cluster2` and so on. The ARN of a cluster in this app needs no escaping. */
function namesOfClusters(context: IResolveContext, arns: string[]): { [name: string]: KnownValue } {
  return Object.fromEntries(arns.map((arn, i) => [`Cluster${numberOf(i)}`, { value: context.resolve(arn), isPlain: refersTo(context, arn, isClusterResource) }]));
}

const numberOf = (i: number) => (i === 0 ? '' : i + 1);

/** Whether a value is one reference, and nothing else, to a resource of this app, and AWS limits its characters. */
function refersTo({ scope }: IResolveContext, value: string, isWanted: (target: IConstruct) => boolean): boolean {
  const { firstToken, length } = Tokenization.reverseString(value);
  return length === 1 && Reference.isReference(firstToken) && isWanted(firstToken.target) && !isOpen(scope, value);
}

interface IssuerValues {
  readonly issuer: KnownValue;
  readonly provider: KnownValue;
}

/** By stack, what was resolved since the CDK has searched it for references: the roles of a cluster have the same issuer. */
const RESOLVED = new WeakMap<Stack, Map<string, IssuerValues>>();

function knownValuesOf(context: IResolveContext, trusted: TrustedIssuer): IssuerValues {
  const stack = Stack.of(context.scope);
  const known = RESOLVED.get(stack) ?? new Map<string, IssuerValues>();
  RESOLVED.set(stack, known);
  const key = `${trusted.openIdConnectProviderArn} ${trusted.issuer}`;
  const values = known.get(key) ?? valuesOf(context, trusted);
  known.set(key, values);
  return values;
}

/** The ARN of a provider in this app, and the issuer in it, need no escaping. The ARN from a parameter can contain any characters. */
function valuesOf(context: IResolveContext, { openIdConnectProviderArn, issuer }: TrustedIssuer): IssuerValues {
  const isOfThisApp = refersTo(context, openIdConnectProviderArn, isOidcProvider);
  const value = context.resolve(issuer.value);
  const inArn = context.resolve(OidcIssuer.fromProviderArn(openIdConnectProviderArn).value);
  return {
    issuer: { value, isPlain: isOfThisApp && JSON.stringify(value) === JSON.stringify(inArn) },
    provider: { value: context.resolve(openIdConnectProviderArn), isPlain: isOfThisApp },
  };
}
