import { noPodIdentityAgent } from './pod-identity-agent';
import { AccessPlace } from '../../../access-reason';
import { Findings } from '../../findings/findings';
import { listOf, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textAfter, textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { Cluster } from '../model';
import { clustersOfTags } from '../nodes/cluster-tags';
import { NodeSources, otherNodesOf } from '../nodes/other-nodes';
import { SELF_MANAGED } from '../nodes/self-managed-nodes';
import { ReadObjects, nameInArn } from '../objects/applied-objects';
import { issuerOf } from '../roles/oidc-providers';
import { ROLE } from '../roles/role-policies';
import { readTrustPolicy } from '../roles/roles';
import { StackResource, StackResources } from '../stack-resources';

/** The URLs of the issuers of clusters that the templates do not create, by the name of the cluster. */
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
  const created = createdClusters(resources);
  const known = new Set(created.map(({ name }) => name.key));
  const others = namedClusters(resources).filter(({ cluster: { name } }) => !known.has(name.key));
  const named = new Map(others.map((naming) => [naming.cluster.name.key, naming]));
  for (const { cluster: { name }, place } of named.values()) {
    findings.add('cluster-not-in-templates', `the cluster ${name} is not in the templates, so they do not show all of its nodes and service accounts`, place);
  }
  const stated = clustersOfIssuers(resources, issuers).filter(({ name }) => !known.has(name.key) && !named.has(name.key));
  const existing = [...[...named.values()].map(({ cluster }) => cluster), ...stated];
  const all = [...created, ...existing.map((cluster) => withIssuer(cluster, issuers))];
  return (all.length > 0 ? all : clusterOfRoles(resources)).map((cluster) => {
    const otherNodes = cluster.place ? otherNodesOf(cluster.name, sources) : 'the cluster is not in the templates';
    const otherObjects = incomplete.find(({ cluster: name }) => name.key === cluster.name.key)?.why;
    return { ...cluster, ...(otherNodes && { otherNodes }), ...(otherObjects && { otherObjects }) };
  });
}

/** Clusters of CloudFormation, and of the custom resource of aws-eks in aws-cdk. */
const createdClusters = (resources: StackResources): Identity[] => resources.ofType('AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster').map((resource) => {
  const noAgent = noPodIdentityAgent({ name: resource.ref, resource }, resources);
  return {
    name: resource.ref,
    arn: resource.attribute('Arn'),
    issuer: issuerOf(resource.attribute('OpenIdConnectIssuerUrl')),
    account: resource.pseudoParameter('AccountId'),
    region: resource.pseudoParameter('Region'),
    place: resource.place(),
    ...(noAgent && { noPodIdentityAgent: noAgent }),
  };
});

/** Where resources name their cluster, by type. */
const NAMES: { readonly [type: string]: readonly string[] } = {
  'AWS::EKS::Nodegroup': ['ClusterName'],
  'AWS::EKS::Addon': ['ClusterName'],
  'AWS::EKS::AccessEntry': ['ClusterName'],
  'AWS::EKS::FargateProfile': ['ClusterName'],
  'AWS::EKS::PodIdentityAssociation': ['ClusterName'],
  'Custom::AWSCDK-EKS-FargateProfile': ['Config', 'clusterName'],
  'Custom::AWSCDK-EKS-KubernetesResource': ['ClusterName'],
  'Custom::AWSCDK-EKS-KubernetesPatch': ['ClusterName'],
  'Custom::AWSCDK-EKS-HelmChart': ['ClusterName'],
};

/** Where they have its ARN. */
const ARNS: { readonly [type: string]: readonly string[] } = {
  'Custom::KubernetesObjects': ['Cluster'],
  'AWS::Batch::ComputeEnvironment': ['EksConfiguration', 'EksClusterArn'],
};

/** A cluster, and where it is named. */
interface Naming { readonly cluster: Identity; readonly place: AccessPlace }

function namedClusters(resources: StackResources): Naming[] {
  const byName = resources.ofType(...Object.keys(NAMES)).flatMap((resource) => {
    const path = NAMES[resource.type];
    const name = textOf(resource.property(...path));
    return name ? [{ cluster: namedCluster(name, resource), place: resource.place(['Properties', ...path].join('.')) }] : [];
  });
  const byArn = resources.ofType(...Object.keys(ARNS)).flatMap((resource) => {
    const path = ARNS[resource.type];
    const arn = textOf(resource.property(...path));
    return arn ? [{ cluster: { ...namedCluster(nameInArn(arn), resource), arn }, place: resource.place(['Properties', ...path].join('.')) }] : [];
  });
  const byTag = resources.ofType(...SELF_MANAGED).flatMap((resource) => clustersOfTags(listOf(resource.property('Tags')), [])
    .filter(({ isCertain }) => isCertain)
    .map(({ name }) => ({ cluster: namedCluster(name, resource), place: resource.place('Properties.Tags') })));
  return [...byName, ...byArn, ...byTag];
}

const withIssuer = (cluster: Identity, issuers: StatedIssuers): Identity => {
  const url = Object.entries(issuers).find(([name]) => name === cluster.name.literal)?.[1];
  return url === undefined ? cluster : { ...cluster, issuer: issuerOf(Text.of(url)) };
};

/** The clusters whose stated issuers roles trust. */
const clustersOfIssuers = (resources: StackResources, issuers: StatedIssuers): Identity[] => Object.entries(issuers).flatMap(([name, url]) => {
  const issuer = issuerOf(Text.of(url));
  const role = resources.ofType(ROLE).find((candidate) => trustedIssuers(candidate).some((trusted) => trusted.key === issuer.key));
  return role ? [namedCluster(Text.of(name), role)] : [];
});

/** Templates that have only roles for a cluster do not name it, but its issuer. */
function clusterOfRoles(resources: StackResources): Identity[] {
  const role = resources.ofType(ROLE).find((candidate) => trustedIssuers(candidate).some((issuer) => issuer.startsWith('oidc.eks.')));
  return role ? [namedCluster(Text.unknown(new Unknown('cluster of the roles', { label: 'ClusterName' })), role)] : [];
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
function trustedIssuers(role: StackResource): Text[] {
  const { document } = readTrustPolicy(role, new Findings());
  const statements = document instanceof ResolvedMap ? listOf(document.get('Statement')) : [];
  const providers = statements.flatMap((statement) => (statement instanceof ResolvedMap ? listOf(statement.at('Principal', 'Federated')) : []));
  return providers.flatMap((provider) => (provider instanceof Text && textAfter(provider, ':oidc-provider/') || []));
}

/** A resource is in the account and region of its cluster. */
function namedCluster(name: Text, resource: StackResource): Identity {
  const [partition, region, account] = (['Partition', 'Region', 'AccountId'] as const).map((parameter) => resource.pseudoParameter(parameter));
  return { name, account, region, arn: Text.join([Text.of('arn'), partition, Text.of('eks'), region, account, Text.join([Text.of('cluster/'), name])], ':') };
}
