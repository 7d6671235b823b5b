import { CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IConstruct } from 'constructs';
import { ServiceAccountWithRole, ServiceAccountWithRoleProps } from '../../lib';
import { deployedObjects } from '../deployed';
import { newCluster, newStack } from '../stacks';

/** A service account in a stack of its own. */
export function define(props: Partial<ServiceAccountWithRoleProps> = {}) {
  const stack = newStack();
  const cluster = props.cluster ?? newCluster(stack);
  return { stack, cluster, account: new ServiceAccountWithRole(stack, 'Reader', { serviceAccountName: 'reader', ...props, cluster }) };
}

/** The logical ID of a construct's resource. */
export const idOf = (construct: IConstruct) => Stack.of(construct).resolve((construct.node.defaultChild as CfnResource).logicalId);
/** The object of the service account that a stack applies. */
export const accountIn = (stack: Stack) => deployedObjects(stack).find(({ kind }) => kind === 'ServiceAccount')!;
/** The logical IDs of the sets that contain an object of a kind. */
export const logicalIds = (stack: Stack, kind: string) => Object.entries<any>(Template.fromStack(stack).findResources('Custom::KubernetesObjects'))
  .filter(([, { Properties }]) => JSON.stringify(Properties.Objects).includes(`kind\\":\\"${kind}\\"`)).map(([id]) => id);
