import { Aws, Stack, Token } from 'aws-cdk-lib';
import { checkEnvironmentIsKnown } from '../../private/environments';
import { refusalWithoutValue } from '../../private/errors';
import { ISSUER_COMMAND } from '../../private/issuer-command';
import { Audience } from '../internal/audience';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { OidcIssuer } from '../oidc-issuer';

/** An issuer of tokens, its IAM OIDC provider in the AWS account of a role, and the audience of its tokens. */
export interface TrustedIssuer {
  readonly issuer: OidcIssuer;
  readonly openIdConnectProviderArn: string;
  readonly audience: string;
}

/** Where a role and its trust policy are. */
export interface RolePlace {
  /** The AWS account of the role. An imported role can be in another account than the stack, also one that only CloudFormation knows. */
  readonly account: string;
  /** The stack that contains the trust policy. */
  readonly stack: Stack;
}

/**
 * The issuer of a cluster, for a role. A role can trust only a provider in its own AWS account. If the issuer is a literal, the ARN of that
 * provider is known, and a role in another account or region needs no reference to the stack of the cluster.
 *
 * @throws if the cluster has no issuer or audience, if it has no provider in the account of the role, or if the role cannot refer to them.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cross-account-access.html
 */
export function issuerFor(cluster: IIrsaCluster, place: RolePlace): TrustedIssuer {
  const { issuer, openIdConnectProviderArn, audience } = cluster;
  const clusterStack = Stack.of(cluster);
  const account = accountIn(openIdConnectProviderArn) ?? clusterStack.account;
  const isKnown = !Token.isUnresolved(place.account);
  const mayBeElsewhere = place.account !== account && (isKnown || place.account !== place.stack.account);
  const isLiteral = issuer !== undefined && !Token.isUnresolved(issuer.value);
  if (isLiteral && mayBeElsewhere) {
    return trusted(issuer, composedArn(issuer, place), audience);
  }
  if (!issuer) {
    throw refusalWithoutValue('cluster', 'a cluster with a known OIDC issuer', `set issuerUrl of ${cluster.node.path} to the output of ${ISSUER_COMMAND}; ${OR_POD_IDENTITY}`);
  }
  if (!openIdConnectProviderArn) {
    throw refusalWithoutValue('cluster', 'a cluster with an IAM OIDC provider', `set oidcProvider of ${cluster.node.path} to OidcProvider.create(); ${OR_POD_IDENTITY}`);
  }
  if (isLiteral && Token.isUnresolved(openIdConnectProviderArn) && place.stack.environment !== clusterStack.environment) {
    return trusted(issuer, composedArn(issuer, place), audience);
  }
  if (mayBeElsewhere && isKnown && !Token.isUnresolved(account)) {
    throw new Error(`the role is in AWS account ${place.account}, but ${cluster.node.path} is in ${account}, and its issuer is known only at deployment, so that `
      + 'the role cannot refer to it: pin the issuer: set issuerUrl on the cluster');
  }
  if (Token.isUnresolved(issuer.value) || Token.isUnresolved(openIdConnectProviderArn)) {
    checkEnvironmentIsKnown(place.stack, clusterStack);
  }
  return trusted(issuer, mayBeElsewhere ? composedArn(issuer, place) : openIdConnectProviderArn, audience);
}

const OR_POD_IDENTITY = 'or set podCredentials of the role to PodCredentials.podIdentity(), which needs no issuer and no provider';

function trusted(issuer: OidcIssuer, openIdConnectProviderArn: string, audience: string): TrustedIssuer {
  Audience.check('cluster.audience', audience);
  return { issuer, openIdConnectProviderArn, audience };
}

/** The ARN of the provider in the account of the role. CloudFormation completes it for the stack of the role. */
function composedArn(issuer: OidcIssuer, { account, stack }: RolePlace): string {
  return `arn:${Aws.PARTITION}:iam::${account === stack.account ? Aws.ACCOUNT_ID : account}:oidc-provider/${issuer}`;
}

/** The AWS account in the ARN of a provider, if it is a literal. */
const accountIn = (arn = ''): string | undefined => /^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1];
