import { CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ExistingObjects, ServiceAccountSet } from '../../lib';
import { deployedObjects } from '../deployed';
import { newCluster, newStack } from '../stacks';

export function define(existing?: ExistingObjects) {
  const stack = newStack();
  const cluster = newCluster(stack);
  return { stack, cluster, set: new ServiceAccountSet(stack, 'Team', { cluster, existing }) };
}

export const policy = iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess');
export const inline = new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] })] });

export const addTo = (set: ServiceAccountSet, serviceAccountName: string, options: object = {}) =>
  set.addServiceAccountWithRole(serviceAccountName.toUpperCase(), { serviceAccountName, ...options });

/** Adds accounts a-0, a-1, and so on, with managed or inline policies, which are not separate resources. */
export const fill = (set: ServiceAccountSet, count: number, first = 0) => Array.from({ length: count }, (_, i) =>
  addTo(set, `a-${first + i}`, i % 2 ? { managedPolicies: [policy] } : { inlinePolicies: { Own: inline } }));

export const idOf = (construct: IConstruct) => Stack.of(construct).resolve((construct.node.defaultChild as CfnResource).logicalId);
export const idOfSet = (set: ServiceAccountSet) => idOf(set.node.findChild('Objects').node.findChild('Resource'));
export const resourcesOf = (stack: Stack): { [id: string]: any } => Template.fromStack(stack).toJSON().Resources;
export const accountsIn = (stack: Stack) => deployedObjects(stack).filter(({ kind }) => kind === 'ServiceAccount');
