import { FargateProfiles } from './fargate-profiles';
import { isNodePool, isShown, KARPENTER } from './karpenter-nodes';
import { LaunchTemplates } from './launch-templates';
import { Launches } from './launches';
import { SELF_MANAGED } from './self-managed-nodes';
import { isBootstrap } from './user-data';
import { ClusterId } from '../../values/cluster-id';
import { equal, Pattern } from '../../values/pattern';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { KubernetesObject } from '../kubernetes-object';
import { Nodegroup } from '../model';
import { Mapped, mappedBy } from '../objects/aws-auth';
import { mayInstall } from '../objects/generators';
import { destinationOf } from '../objects/other-clusters';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** What can add nodes to a cluster that are not in nodegroups of the templates. */
export interface NodeSources {
  readonly resources: StackResources;
  readonly objects: readonly KubernetesObject[];
  readonly nodegroups: readonly Nodegroup[];
  readonly fargate: FargateProfiles;
}

/** Why a cluster can have nodes that the nodegroups of the templates do not show, or undefined if nothing indicates such nodes. */
export const otherNodesOf = (cluster: ClusterId, sources: NodeSources): string | undefined =>
  byAccessEntry(cluster, sources) ?? byKarpenter(cluster, sources) ?? byUnusedLaunch(cluster, sources) ?? byAwsAuth(cluster, sources)
    ?? byNeed(cluster, sources);

/** `EC2` is the type of EKS Auto Mode. @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
const TYPES_OF_NODES = ['EC2_LINUX', 'EC2_WINDOWS', 'HYBRID_LINUX', 'HYPERPOD_LINUX'];

function byAccessEntry(cluster: ClusterId, { resources, nodegroups }: NodeSources): string | undefined {
  const roles = rolesOf(cluster, nodegroups);
  const entry = resources.ofType('AWS::EKS::AccessEntry').find((resource) => mayBe(cluster, resource.cluster('ClusterName'))
    && TYPES_OF_NODES.some((type) => isText(resource.property('Type'), type) !== 'no') && !isOneOf(roles, resource.property('PrincipalArn')));
  return entry && `the access entry ${entry.logicalId} lets nodes join that are not in a nodegroup of the templates`;
}

/** The chart of Karpenter alone creates no nodes. Without node pools in the templates, something else must create them. */
function byKarpenter(cluster: ClusterId, { resources, objects }: NodeSources): string | undefined {
  const ofKarpenter = objects.filter((candidate) =>
    mayBe(cluster, candidate.cluster) && KARPENTER.includes(candidate.group) && !isOfAutoMode(candidate));
  const object = ofKarpenter.find((candidate) => !isShown(candidate, objects));
  if (object) {
    return `${object.kind} ${object.name} lets Karpenter create nodes`;
  }
  if (ofKarpenter.some(isNodePool)) {
    return undefined;
  }
  const generator = objects.find((candidate) => mayBe(cluster, destinationOf(candidate)) && mayInstall(candidate, 'karpenter'));
  if (generator) {
    return `${generator.kind} ${generator.name} may install Karpenter, which creates nodes`;
  }
  const chart = resources.ofType('Custom::AWSCDK-EKS-HelmChart').find((resource) =>
    mayBe(cluster, resource.cluster('ClusterName')) && mayBeOfKarpenter(resource.property('Chart')));
  const isKnown = textOf(chart?.property('Chart'))?.literal !== undefined;
  return chart && `the Helm chart ${chart.logicalId} ${isKnown ? 'installs' : 'may install'} Karpenter, which creates nodes`;
}

/** The name of a chart is at the end of its URL. */
const mayBeOfKarpenter = (chart: Resolved): boolean => chart instanceof Text && (`${chart}`.includes('karpenter') || chart.parts.at(-1) instanceof Unknown);

/** Whether a node pool creates nodes of EKS Auto Mode. @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-pool.html */
const isOfAutoMode = (object: KubernetesObject) => isText(object.at('spec', 'template', 'spec', 'nodeClassRef', 'group'), 'eks.amazonaws.com') === 'yes';

/** Launch templates and launch configurations that nothing in the templates uses, but whose instances can join the cluster. */
function byUnusedLaunch(cluster: ClusterId, { resources }: NodeSources): string | undefined {
  const used = launchesIn(resources);
  const resource = resources.ofType('AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration').find((launch) => !used.includes(launch)
    && mayBe(cluster, launch.clusterNamed(cluster.name))
    && isBootstrap(cluster.name, launch.decoded('UserData') ?? launch.decoded('LaunchTemplateData', 'UserData')));
  return resource && `${resource.logicalId} creates nodes that are not in a nodegroup`;
}

/** Whose nodes are those of nodegroups of the model. */
function launchesIn(resources: StackResources): Array<StackResource | undefined> {
  const [launchTemplates, launches] = [new LaunchTemplates(resources), new Launches(resources)];
  return [
    ...resources.ofType('AWS::EKS::Nodegroup').map((resource) => launchTemplates.find(resource.property('LaunchTemplate'), resource)),
    ...resources.ofType(...SELF_MANAGED, 'AWS::Batch::ComputeEnvironment').flatMap((resource) => launches.of(resource)).map(({ resource }) => resource),
  ];
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html */
function byAwsAuth(cluster: ClusterId, { objects, nodegroups, fargate }: NodeSources): string | undefined {
  const known = [...rolesOf(cluster, nodegroups), ...fargate.podExecutionRoles.map(({ arn }) => arn)];
  return objects.some((object) => mayBe(cluster, object.cluster) && mapsOtherNodes(mappedBy(object, 'mapRoles'), known))
    ? 'the ConfigMap aws-auth lets nodes join that are not in a nodegroup of the templates' : undefined;
}

const mapsOtherNodes = (mapped: Mapped | undefined, known: readonly Text[]): boolean => mapped !== undefined && (mapped.principals
  ? mapped.principals.some(({ arn, groups }) => groups.some((group) => isText(group, NODES) !== 'no') && !isOneOf(known, arn))
  : OF_NODES.matches(mapped.text) !== 'no');

const NODES = 'system:nodes';
const OF_NODES = Pattern.glob(Text.of(`*${NODES}*`));

/** A cluster and its nodes can be in different templates. For example, eksctl creates a stack for each nodegroup. Karpenter itself runs on other nodes than its own. */
function byNeed(cluster: ClusterId, { nodegroups, fargate }: NodeSources): string | undefined {
  const certain = [...nodegroups.filter(({ mayBeMissing, isOfKarpenter }) => !mayBeMissing && !isOfKarpenter), ...fargate.selectors];
  return certain.some((nodes) => nodes.cluster.is(cluster) === 'yes') ? undefined : 'the templates have no nodes for it, and its pods must run somewhere';
}

const rolesOf = (cluster: ClusterId, nodegroups: readonly Nodegroup[]): Text[] =>
  nodegroups.filter((nodes) => nodes.cluster.is(cluster) !== 'no').map(({ roleArn }) => roleArn);

const mayBe = (cluster: ClusterId, other: ClusterId | undefined) => other !== undefined && other.is(cluster) !== 'no';

const isOneOf = (texts: readonly Text[], value: Resolved) => texts.some((text) => value instanceof Text && equal(text, value) === 'yes');
