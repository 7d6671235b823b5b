import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IrsaClusterProps, IrsaNodegroup, IrsaNodegroupOptions } from '../../lib';
import { newCluster, newStack } from '../stacks';

export interface Defined {
  readonly stack: Stack;
  readonly nodegroup: IrsaNodegroup;
  readonly template: Template;
}

/** A nodegroup at `Stack/Cluster/Nodes`. */
export function define(
  options: IrsaNodegroupOptions | ((stack: Stack) => IrsaNodegroupOptions) = {}, props: Partial<IrsaClusterProps> = {},
): Defined {
  const stack = newStack();
  const nodegroup = newCluster(stack, props).addNodegroup('Nodes', typeof options === 'function' ? options(stack) : options);
  return { stack, nodegroup, template: Template.fromStack(stack) };
}

/** The LaunchTemplateData of a nodegroup. */
export function launchTemplateData(...args: Parameters<typeof define>): any {
  const [{ Properties }] = Object.values<any>(define(...args).template.findResources('AWS::EC2::LaunchTemplate'));
  return Properties.LaunchTemplateData;
}

export const types = (...names: string[]) => names.map((name) => new ec2.InstanceType(name));
