import { FargateProfiles } from './fargate-profiles';
import { LaunchTemplates } from './launch-templates';
import { ClusterId } from '../../values/cluster-id';
import { parseJson } from '../../values/json-text';
import { equal, Pattern } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';
import { Nodegroup } from '../model';
import { KubernetesObject } from '../objects/kubernetes-object';
import { StackResource, StackResources } from '../stack-resources';

/** What can add nodes to a cluster that are not in nodegroups of the templates. */
export interface NodeSources {
  readonly resources: StackResources;
  readonly objects: readonly KubernetesObject[];
  readonly nodegroups: readonly Nodegroup[];
  readonly fargate: FargateProfiles;
}

/** Why a cluster can have nodes that the nodegroups of the templates do not show, or undefined if nothing indicates such nodes. */
export const otherNodesOf = (cluster: ClusterId, sources: NodeSources): string | undefined =>
  byAccessEntry(cluster, sources) ?? byKarpenter(cluster, sources) ?? byAutoScaling(cluster, sources) ?? byAwsAuth(cluster, sources)
    ?? byNeed(cluster, sources);

/** `EC2` is the type of EKS Auto Mode. @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
const TYPES_OF_NODES = ['EC2_LINUX', 'EC2_WINDOWS', 'HYBRID_LINUX', 'HYPERPOD_LINUX'];

function byAccessEntry(cluster: ClusterId, { resources, nodegroups }: NodeSources): string | undefined {
  const roles = nodegroups.map(({ roleArn }) => roleArn);
  const entry = resources.ofType('AWS::EKS::AccessEntry').find((resource) => mayBe(cluster, resource.cluster('ClusterName'))
    && TYPES_OF_NODES.includes(literalOf(resource.property('Type')) ?? 'STANDARD') && !isOneOf(roles, resource.property('PrincipalArn')));
  return entry && `the access entry ${entry.logicalId} lets nodes join that are not in a nodegroup of the templates`;
}

/** @see https://karpenter.sh/docs/concepts/nodeclasses/ */
function byKarpenter(cluster: ClusterId, { resources, objects }: NodeSources): string | undefined {
  const object = objects.find((candidate) => mayBe(cluster, candidate.cluster) && KARPENTER.includes(candidate.group) && !isOfAutoMode(candidate));
  if (object) {
    return `${object.kind} ${object.name} lets Karpenter create nodes`;
  }
  const chart = resources.ofType('Custom::AWSCDK-EKS-HelmChart').find((resource) =>
    mayBe(cluster, resource.cluster('ClusterName')) && literalOf(resource.property('Chart'))?.includes('karpenter'));
  return chart && `the Helm chart ${chart.logicalId} installs Karpenter, which creates nodes`;
}

const KARPENTER = ['karpenter.sh', 'karpenter.k8s.aws'];

/** Whether a node pool creates nodes of EKS Auto Mode. @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-pool.html */
const isOfAutoMode = (object: KubernetesObject) => literalOf(object.at('spec', 'template', 'spec', 'nodeClassRef', 'group')) === 'eks.amazonaws.com';

/** Instances are in the account and Region of their cluster. @see https://docs.aws.amazon.com/eks/latest/userguide/worker.html */
function byAutoScaling(cluster: ClusterId, { resources }: NodeSources): string | undefined {
  const launchTemplates = new LaunchTemplates(resources);
  const managed = resources.ofType('AWS::EKS::Nodegroup').map((resource) => launchTemplates.find(resource.property('LaunchTemplate')));
  const ofType = (...types: string[]) => resources.ofType(...types).filter((resource) => mayBe(cluster, resource.clusterNamed(cluster.name)));
  const resource = ofType('AWS::AutoScaling::AutoScalingGroup').find((group) => isTaggedFor(cluster, group))
    ?? ofType('AWS::EC2::LaunchTemplate').find((template) => !managed.includes(template) && isBootstrap(cluster, template.decoded('LaunchTemplateData', 'UserData')))
    ?? ofType('AWS::AutoScaling::LaunchConfiguration', 'AWS::EC2::Instance').find((other) => isBootstrap(cluster, other.decoded('UserData')));
  return resource && `${resource.logicalId} creates nodes that are not in a nodegroup`;
}

const isTaggedFor = (cluster: ClusterId, group: StackResource) => listOf(group.property('Tags')).some((tag) =>
  tag instanceof ResolvedMap && mayEqual(Text.join([Text.of('kubernetes.io/cluster/'), cluster.name]), tag.get('Key')));

const BOOTSTRAP = /bootstrap|node\.eks\.aws|settings\.kubernetes/i;

/** Whether user data may let an instance join a cluster. */
function isBootstrap(cluster: ClusterId, userData: Text | undefined): boolean {
  const anything = Pattern.glob(Text.of('*'));
  return userData !== undefined && BOOTSTRAP.test(`${userData}`) && Pattern.join([anything, Pattern.exact(cluster.name), anything]).matches(userData) !== 'no';
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html */
function byAwsAuth(cluster: ClusterId, { objects, nodegroups, fargate }: NodeSources): string | undefined {
  const known = [...nodegroups.map(({ roleArn }) => roleArn), ...fargate.podExecutionRoles];
  const isForOthers = (object: KubernetesObject) => mayBe(cluster, object.cluster) && object.kind === 'ConfigMap' && object.name?.literal === 'aws-auth'
    && mapsOtherNodes(object.at('data', 'mapRoles'), known);
  return objects.some(isForOthers) ? 'the ConfigMap aws-auth lets nodes join that are not in a nodegroup of the templates' : undefined;
}

function mapsOtherNodes(mapRoles: Resolved, known: readonly Text[]): boolean {
  if (!(mapRoles instanceof Text)) {
    return false;
  }
  const parsed = parseJson(mapRoles); // aws-cdk writes JSON, which is YAML, too
  return 'problem' in parsed
    ? `${mapRoles}`.includes(NODES)
    : listOf(parsed.value).some((role) => role instanceof ResolvedMap && listOf(role.get('groups')).some((group) => literalOf(group) === NODES)
      && !isOneOf(known, role.get('rolearn')));
}

const NODES = 'system:nodes';

/** A cluster and its nodes can be in different templates. For example, eksctl creates a stack for each nodegroup. */
function byNeed(cluster: ClusterId, { nodegroups, fargate }: NodeSources): string | undefined {
  const certain = [...nodegroups.filter(({ mayBeMissing }) => !mayBeMissing), ...fargate.selectors];
  return certain.some((nodes) => nodes.cluster.is(cluster) === 'yes') ? undefined : 'the templates have no nodes for it, and its pods must run somewhere';
}

const mayBe = (cluster: ClusterId, other: ClusterId | undefined) => other !== undefined && other.is(cluster) !== 'no';

/** Names that are known only at deployment may be of the cluster. */
const mayEqual = (text: Text, value: Resolved) => value instanceof Text && equal(text, value) !== 'no';

const isOneOf = (texts: readonly Text[], value: Resolved) => texts.some((text) => value instanceof Text && equal(text, value) === 'yes');
