import { isNodeClassOfAutoMode, readOtherAutoModeNodes } from './auto-mode-nodes';
import { readBatchNodes } from './batch-nodes';
import { readHyperPodNodes } from './hyperpod-nodes';
import { METADATA_OF_AUTO_MODE, metadataOfAmiType } from './instance-metadata';
import { readKarpenterNodes } from './karpenter-nodes';
import { propertiesOfNodegroup } from './labels-and-taints';
import { LaunchTemplates } from './launch-templates';
import { Launches } from './launches';
import { readSelfManagedNodes } from './self-managed-nodes';
import { launchesWindows } from './windows';
import { Findings } from '../../findings/findings';
import { Pattern } from '../../values/pattern';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, isSet, textOf } from '../../values/text-parts';
import { Truth } from '../../values/truth';
import { KubernetesObject } from '../kubernetes-object';
import { Nodegroup } from '../model';
import { ROLE } from '../roles/holder-kinds';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The nodes of the templates that have one role and one setting of the instance metadata: managed nodegroups, the nodes of EKS Auto Mode,
 * self-managed nodes, and those of AWS Batch, Karpenter and Amazon SageMaker HyperPod.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-nodegroup.html
 */
export function readNodegroups(resources: StackResources, objects: readonly KubernetesObject[], findings: Findings): Nodegroup[] {
  const [launchTemplates, launches] = [new LaunchTemplates(resources), new Launches(resources)];
  const clusters = resources.ofType('AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster').map(({ ref }) => ref);
  const ofServices = [
    ...resources.ofType('AWS::EKS::Nodegroup').flatMap((resource) => readNodegroup(resource, launchTemplates, findings)),
    ...resources.ofType('AWS::EKS::Cluster').filter((resource) => isSet(resource.property('ComputeConfig', 'Enabled')) !== 'no').map(readAutoMode),
    ...objects.filter(isNodeClassOfAutoMode).map((object) => readNodeClass(object, resources)),
    ...readBatchNodes(resources, launches),
    ...readKarpenterNodes(resources, objects),
    ...readHyperPodNodes(resources),
  ];
  const others = readOtherAutoModeNodes(resources, objects.filter(({ mayBeMissing }) => !mayBeMissing), ofServices);
  return [...ofServices, ...others, ...readSelfManagedNodes(resources, launches, clusters, ofServices)];
}

function readNodegroup(resource: StackResource, launchTemplates: LaunchTemplates, findings: Findings): Nodegroup[] {
  const [cluster, roleArn] = [resource.cluster('ClusterName'), textOf(resource.property('NodeRole'))];
  if (!cluster || !roleArn) {
    const message = `the nodegroup ${resource.logicalId} has no ClusterName or no NodeRole: it is left out`;
    findings.addGap('unreadable-nodegroup', message, resource.place(), cluster ? { cluster } : 'everything');
    return [];
  }
  const launchTemplate = resource.property('LaunchTemplate');
  const { logicalId } = resource;
  const name = textOf(resource.property('NodegroupName')) ?? resource.attribute('NodegroupName');
  const metadata = launchTemplate === undefined ? metadataOfAmiType(resource.property('AmiType')) : launchTemplates.metadata(launchTemplate, resource);
  const launch = launchTemplates.find(launchTemplate, resource);
  const isWindows = launch !== undefined && launchesWindows(launch) ? 'yes' : isOfWindows(resource.property('AmiType'));
  const properties = propertiesOfNodegroup(resource, name, isWindows);
  return [{ cluster, label: logicalId, name, roleArn, ...isWindows !== 'no' && { isWindows }, ...metadata, ...properties, place: resource.place() }];
}

const isOfWindows = (amiType: Resolved): Truth => (amiType instanceof Text ? Pattern.glob(Text.of('WINDOWS_*')).matches(amiType) : 'no');

/** @see https://docs.aws.amazon.com/eks/latest/userguide/auto-learn-iam.html */
const readAutoMode = (resource: StackResource): Nodegroup => ({
  cluster: resource.clusterNamed(resource.ref),
  label: 'EKS Auto Mode',
  name: Text.of('EKS Auto Mode'),
  roleArn: textOf(resource.property('ComputeConfig', 'NodeRoleArn')) ?? derived(resource.ref, 'node role of EKS Auto Mode'),
  isAutoMode: true,
  ...isSet(resource.property('ComputeConfig', 'Enabled')) === 'unknown' && { mayBeMissing: true },
  ...METADATA_OF_AUTO_MODE,
  place: resource.place('Properties.ComputeConfig'),
});

/** A node class names its role, without the path. */
function readNodeClass(object: KubernetesObject, resources: StackResources): Nodegroup {
  const { cluster, mayBeMissing, place } = object;
  const name = object.name ?? Text.of('NodeClass');
  const role = textOf(object.at('spec', 'role'));
  const resource = role && resources.ofType(ROLE).find(({ ref }) => ref.key === role.key);
  return {
    cluster,
    label: `node class ${name}`,
    name,
    roleArn: resource?.attribute('Arn') ?? derived(role ?? name, 'role of the node class'),
    isAutoMode: true,
    mayBeMissing,
    ...METADATA_OF_AUTO_MODE,
    place,
  };
}
