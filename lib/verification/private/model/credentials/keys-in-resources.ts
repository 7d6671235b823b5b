import { readsOfKept } from './kept-secrets';
import { READS_OF_PROPERTIES } from './properties-reads';
import { readsOf } from './readable-resources';
import { readsOfSent } from './sent-values';
import { KeyCopy } from '../identities';
import { StackResource } from '../stack-resource';

/** Resources from which others are applied to a cluster, in any namespace. */
const OF_CLUSTERS = ['Custom::AWSCDK-EKS-HelmChart', 'Custom::AWSCDK-EKS-KubernetesPatch'];

/** Types with user data, which is in the instance metadata. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const OF_INSTANCES = /^AWS::(AutoScaling|EC2)::/;

/** The copy of the key of a user that is in the properties of a resource. */
export function copyIn(holder: StackResource): KeyCopy {
  const place = holder.place();
  const copy = { where: holder.logicalId, place };
  if (OF_CLUSTERS.includes(holder.type)) {
    const cluster = holder.cluster('ClusterName');
    return { ...copy, heldBy: cluster ? { cluster } : 'everyone', reads: READS_OF_PROPERTIES };
  }
  const reads = readsOf(holder);
  const isOnInstances = OF_INSTANCES.test(holder.type);
  const all = [...reads ?? [], ...READS_OF_PROPERTIES, ...readsOfKept(holder), ...readsOfSent(holder)];
  return { ...copy, reads: all, ...isOnInstances && { isOnInstances }, ...!reads && { heldBy: 'everyone' } };
}

/** What `cfn-init` reads on an instance, without a role. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-init.html */
export const copyInMetadata = (holder: StackResource): KeyCopy => ({
  where: `the metadata of ${holder.logicalId}`,
  place: holder.place('Metadata'),
  reads: [{ action: 'cloudformation:DescribeStackResource' }],
  isOnInstances: true,
});
