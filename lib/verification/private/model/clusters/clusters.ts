import { hasAutoMode, roleOfCluster } from './auto-mode';
import { nodesWithoutAgent, noPodIdentity, noPodIdentityAgent } from './pod-identity-agent';
import { useOfAwsAuth } from './use-of-aws-auth';
import { Findings } from '../../findings/findings';
import { ClusterId } from '../../values/cluster-id';
import { isOfEks } from '../../values/issuer-of-eks';
import { listOf, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textAfter, textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { CLUSTER_TYPES } from '../cluster-ids';
import { Cluster, Nodegroup } from '../model';
import { clustersOfTags } from '../nodes/cluster-tags';
import { NodeSources, otherNodesOf } from '../nodes/other-nodes';
import { SELF_MANAGED } from '../nodes/self-managed-nodes';
import { ReadObjects, clusterWithArn } from '../objects/applied-objects';
import { ROLE } from '../roles/holder-kinds';
import { issuerOf } from '../roles/oidc-providers';
import { readTrustPolicy } from '../roles/roles';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The URLs of the issuers of clusters that the templates do not create, by the name or the ARN of the cluster. */
export interface StatedIssuers { readonly [cluster: string]: string }

/** What is known about a cluster, except its nodes and objects. */
type Identity = Omit<Cluster, 'otherNodes' | 'otherObjects'>;

/**
 * The clusters that the templates create, and those that they only name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-cluster.html
 */
export function readClusters(
  resources: StackResources, sources: NodeSources, incomplete: ReadObjects['incomplete'], issuers: StatedIssuers, findings: Findings,
): Cluster[] {
  const created = createdClusters(resources, sources.nodegroups);
  const named = [...new Map(namedClusters(resources).filter(({ id }) => !id.isCreated).map((cluster) => [cluster.id, cluster])).values()];
  for (const { id, namedAt } of named) {
    findings.add('cluster-not-in-templates', `the cluster ${id} is not in the templates, so they do not show all of its nodes and service accounts`, namedAt);
  }
  const names = new Set([...created, ...named].flatMap(({ id, arn }) => [id.name.literal, arn.literal]));
  const unnamed = Object.entries(issuers).filter(([name]) => !names.has(name));
  const existing = [...named, ...unnamed.flatMap(([name, url]) => clusterOfIssuer(name, url, resources))];
  const all = [...created, ...existing.map((cluster) => withIssuer(cluster, issuers))];
  return (all.length > 0 ? all : clusterOfRoles(resources)).map((cluster) => {
    const otherNodes = cluster.place ? otherNodesOf(cluster.id, sources) : 'the cluster is not in the templates';
    const otherObjects = incomplete.find(({ cluster: id }) => id.is(cluster.id) !== 'no')?.why;
    const podExecutionRoles = sources.fargate.podExecutionRoles.filter((one) => one.cluster?.is(cluster.id) !== 'no').map(({ arn }) => arn);
    return {
      ...cluster,
      ...(podExecutionRoles.length > 0 && { podExecutionRoles }),
      ...(otherNodes && { otherNodes }),
      ...(otherObjects && { otherObjects }),
    };
  });
}

function createdClusters(resources: StackResources, nodegroups: readonly Nodegroup[]): Identity[] {
  return resources.ofType(...CLUSTER_TYPES).map((resource) => {
    const id = resource.clusterNamed(resource.ref);
    const noAgent = noPodIdentityAgent({ id, resource }, resources);
    const withoutAgent = nodesWithoutAgent({ id, resource }, resources, nodegroups);
    const [roleArn, unavailable, awsAuth] = [roleOfCluster(resource), noPodIdentity({ id, resource }), useOfAwsAuth(resource)];
    return {
      id,
      arn: resource.attribute('Arn'),
      issuer: issuerOf(resource.attribute('OpenIdConnectIssuerUrl')),
      namedAt: resource.place(),
      place: resource.place(),
      ...(roleArn && { roleArn }),
      autoMode: hasAutoMode(resource),
      ...(unavailable && { noPodIdentity: unavailable }),
      ...(awsAuth && { awsAuth }),
      ...(noAgent && { noPodIdentityAgent: noAgent }),
      ...(withoutAgent.length > 0 && { nodesWithoutAgent: withoutAgent }),
    };
  });
}

/** Where resources name their cluster, by type. */
const NAMES: { readonly [type: string]: readonly string[] } = {
  'AWS::EKS::Nodegroup': ['ClusterName'],
  'AWS::EKS::Addon': ['ClusterName'],
  'AWS::EKS::AccessEntry': ['ClusterName'],
  'AWS::EKS::FargateProfile': ['ClusterName'],
  'AWS::EKS::PodIdentityAssociation': ['ClusterName'],
  'AWS::EMRContainers::VirtualCluster': ['ContainerProvider', 'Id'],
  'Custom::AWSCDK-EKS-FargateProfile': ['Config', 'clusterName'],
  'Custom::AWSCDK-EKS-KubernetesResource': ['ClusterName'],
  'Custom::AWSCDK-EKS-KubernetesPatch': ['ClusterName'],
  'Custom::AWSCDK-EKS-HelmChart': ['ClusterName'],
};

/** Where they have its ARN. */
const ARNS: { readonly [type: string]: readonly string[] } = {
  'Custom::KubernetesObjects': ['Cluster'],
  'AWS::Batch::ComputeEnvironment': ['EksConfiguration', 'EksClusterArn'],
  'AWS::SageMaker::Cluster': ['Orchestrator', 'Eks', 'ClusterArn'],
};

function namedClusters(resources: StackResources): Identity[] {
  const byName = resources.ofType(...Object.keys(NAMES)).flatMap((resource) => {
    const path = NAMES[resource.type];
    const id = resource.cluster(...path);
    return id ? [{ ...namedCluster(id, resource), namedAt: resource.place(['Properties', ...path].join('.')) }] : [];
  });
  const byArn = resources.ofType(...Object.keys(ARNS)).flatMap((resource) => {
    const path = ARNS[resource.type];
    const arn = textOf(resource.property(...path));
    return arn ? [{ ...namedCluster(clusterWithArn(arn, resource), resource), arn, namedAt: resource.place(['Properties', ...path].join('.')) }] : [];
  });
  const byTag = resources.ofType(...SELF_MANAGED).flatMap((resource) => clustersOfTags(listOf(resource.property('Tags')), [])
    .filter(({ isCertain }) => isCertain)
    .map(({ name }) => ({ ...namedCluster(resource.clusterNamed(name), resource), namedAt: resource.place('Properties.Tags') })));
  return [...byName, ...byArn, ...byTag];
}

const withIssuer = (cluster: Identity, issuers: StatedIssuers): Identity => {
  const names = [cluster.arn.literal, cluster.id.name.literal];
  const [, url] = Object.entries(issuers).find(([name]) => names.includes(name)) ?? [];
  return url === undefined ? cluster : { ...cluster, issuer: issuerOf(Text.of(url)) };
};

/** The cluster whose stated issuer a role trusts. */
function clusterOfIssuer(name: string, url: string, resources: StackResources): Identity[] {
  const issuer = issuerOf(Text.of(url));
  const role = resources.ofType(ROLE).find((candidate) => trustedIssuers(candidate).some((trusted) => trusted.key === issuer.key));
  if (!role) {
    return [];
  }
  const text = Text.of(name);
  return [name.startsWith('arn:') ? { ...namedCluster(clusterWithArn(text, role), role), arn: text } : namedCluster(role.clusterNamed(text), role)];
}

/** Templates that have only roles for a cluster do not name it, but its issuer. */
function clusterOfRoles(resources: StackResources): Identity[] {
  const role = resources.ofType(ROLE).find((candidate) => trustedIssuers(candidate).some((issuer) => isOfEks(issuer) === 'yes'));
  return role ? [namedCluster(role.clusterNamed(Text.unknown(new Unknown('cluster of the roles', { label: 'ClusterName' }))), role)] : [];
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
function trustedIssuers(role: StackResource): Text[] {
  const { document } = readTrustPolicy(role, new Findings());
  const statements = document instanceof ResolvedMap ? listOf(document.get('Statement')) : [];
  const providers = statements.flatMap((statement) => (statement instanceof ResolvedMap ? listOf(statement.at('Principal', 'Federated')) : []));
  return providers.flatMap((provider) => (provider instanceof Text && textAfter(provider, ':oidc-provider/') || []));
}

/** A cluster that a resource names. */
function namedCluster(id: ClusterId, resource: StackResource): Identity {
  const { name, account, region } = id;
  const arn = Text.join([Text.of('arn'), resource.pseudoParameter('Partition'), Text.of('eks'), region, account, Text.join([Text.of('cluster/'), name])], ':');
  return { id, arn, namedAt: resource.place() };
}
