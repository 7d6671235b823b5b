import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IIrsaCluster, IrsaAddon, IrsaAddonOptions, IrsaCluster } from '../../lib';
import { deployed } from '../deployed';
import { newStack } from '../stacks';

export const ENV = { account: '123456789012', region: 'eu-central-1' };
export const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';
export const inEnv = (app?: App) => newStack('Stack', { env: ENV }, app);

export const existing = (stack: Stack, more = {}): IIrsaCluster =>
  IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', issuerUrl: `https://${ISSUER}`, ...more });

/** A stack with one add-on in a cluster that exists. */
export function stackWith(options: IrsaAddonOptions, more = {}): Stack {
  const stack = inEnv();
  new IrsaAddon(stack, 'Addon', { cluster: existing(stack, more), ...options });
  return stack;
}

export const addonsIn = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::EKS::Addon'));
export const rolesIn = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
export const propertiesOf = (stack: Stack) => deployed(stack, addonsIn(stack)[0].Properties);
export const policiesIn = (stack: Stack) => deployed(stack, rolesIn(stack)[0].Properties.ManagedPolicyArns ?? []);

export const OWN_POLICY = { inlinePolicies: { Own: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: ['*'] })] }) } };
