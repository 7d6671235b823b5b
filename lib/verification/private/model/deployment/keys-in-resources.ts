import { actionNames } from '../../aws-data/actions';
import { Text } from '../../values/text';
import { KeyCopy, KeyRead } from '../identities';
import { prefixOf } from '../services';
import { StackResource } from '../stack-resources';

/** Resources from which others are applied to a cluster, in any namespace. */
const OF_CLUSTERS = ['Custom::AWSCDK-EKS-HelmChart', 'Custom::AWSCDK-EKS-KubernetesPatch'];

/** The copy of the key of a user that is in the properties of a resource. */
export function copyIn(holder: StackResource): KeyCopy {
  const place = holder.place();
  const copy = { where: holder.logicalId, place };
  if (OF_CLUSTERS.includes(holder.type)) {
    const cluster = holder.cluster('ClusterName');
    return { ...copy, heldBy: cluster ? { cluster } : 'everyone' };
  }
  const reads = readsOf(holder);
  const isOnInstances = OF_INSTANCES.test(holder.type);
  return reads ? { ...copy, reads, ...isOnInstances && { isOnInstances } } : { ...copy, heldBy: 'everyone' };
}

/** What `cfn-init` reads on an instance, without a role. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-init.html */
export const copyInMetadata = (holder: StackResource): KeyCopy => ({
  where: `the metadata of ${holder.logicalId}`,
  place: holder.place('Metadata'),
  reads: [{ action: 'cloudformation:DescribeStackResource' }],
  isOnInstances: true,
});

/** Types with user data, which is in the instance metadata. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const OF_INSTANCES = /^AWS::(AutoScaling|EC2)::/;

/** Requests that read a resource without naming it, such as all parameters below a path. */
const ANYWHERE = ['ssm:GetParametersByPath', 'cloudformation:DescribeStacks'];

const READS: { readonly [type: string]: readonly string[] } = {
  'AWS::CloudFormation::Stack': ['cloudformation:DescribeStacks'],
  'AWS::SSM::Parameter': ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'],
  'AWS::SecretsManager::Secret': ['secretsmanager:GetSecretValue', 'secretsmanager:PutResourcePolicy'],
};

/** What may be read: a resource, or a store outside the templates. */
export interface Readable { readonly type: string; readonly arn?: Text; readonly name?: Text }

/** The requests that read a resource; undefined for one of which it is not known who reads it, such as a custom resource. */
export function readsOf({ type, arn }: Readable): KeyRead[] | undefined {
  const [vendor, service = ''] = type.split('::');
  const prefix = vendor === 'AWS' ? prefixOf(service) : undefined;
  const known = Object.hasOwn(READS, type) ? READS[type] : undefined;
  const actions = known ?? (prefix === undefined ? undefined : readingActions(prefix));
  return actions?.map((action) => ({ action, ...(arn && !ANYWHERE.includes(action) && { arn }) }));
}

const readingActions = (prefix: string): string[] =>
  actionNames().filter((action) => action.startsWith(`${prefix}:`) && /^(BatchGet|Describe|Get|List|Search)/.test(action.slice(prefix.length + 1)));
