import { Stack } from 'aws-cdk-lib';
import * as eksV1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaCluster, KubernetesObjects, ServiceAccountWithRole } from '../../../lib';
import { version } from '../../stacks';
import { kubectlLayer } from '../ordinary-apps/app';

/** A cluster with a nodegroup, and what one defines in it, whatever library defines it. */
export interface Platform {
  readonly clusterName: string;
  /** The ARN of its IAM OIDC provider. */
  readonly provider: string;
  /** The issuer, as in condition keys. */
  readonly issuer: string;
  apply(id: string, document: object): void;
  /** The role of a service account. */
  accountRole(id: string): iam.IRole;
  /** Undefined if the library has no charts. */
  addChart?(id: string, values: object): void;
}

/** @param reachable whether pods can act as the nodes. */
type DefinePlatform = (stack: Stack, id: string, reachable?: boolean) => Platform;

const charts = (cluster: eksV1.Cluster | eks.Cluster) => (id: string, values: { readonly [name: string]: unknown }) => {
  cluster.addHelmChart(id, { chart: 'aws-load-balancer-controller', repository: 'https://aws.github.io/eks-charts', namespace: 'kube-system', values });
};

const ofAwsCdk = (cluster: eksV1.Cluster | eks.Cluster): Platform => {
  const { clusterName, openIdConnectProvider: { openIdConnectProviderArn: provider, openIdConnectProviderIssuer: issuer } } = cluster;
  return {
    clusterName,
    provider,
    issuer,
    apply: (name, document) => cluster.addManifest(name, document),
    accountRole: (name) => cluster.addServiceAccount(name, { name: 'own' }).role,
    addChart: charts(cluster),
  };
};

const awsEks: DefinePlatform = (stack, id, reachable = false) => {
  const cluster = new eksV1.Cluster(stack, id, {
    version: eksV1.KubernetesVersion.of('1.35'), kubectlLayer: kubectlLayer(stack), defaultCapacity: 0,
  });
  cluster.addNodegroupCapacity('Nodes', { amiType: reachable ? eksV1.NodegroupAmiType.AL2_X86_64 : eksV1.NodegroupAmiType.AL2023_X86_64_STANDARD });
  return ofAwsCdk(cluster);
};

const awsEksV2: DefinePlatform = (stack, id, reachable = false) => {
  const cluster = new eks.Cluster(stack, id, {
    version: eks.KubernetesVersion.of('1.35'),
    kubectlProviderOptions: { kubectlLayer: kubectlLayer(stack) },
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
  cluster.addNodegroupCapacity('Nodes', { amiType: reachable ? eks.NodegroupAmiType.AL2_X86_64 : eks.NodegroupAmiType.AL2023_X86_64_STANDARD });
  return ofAwsCdk(cluster);
};

const thisLibrary: DefinePlatform = (stack, id, reachable = false) => {
  const cluster = new IrsaCluster(stack, id, { version, nodegroups: [{ nodegroupName: 'nodes', allowPodImdsAccess: reachable }] });
  return {
    clusterName: cluster.clusterName,
    provider: cluster.openIdConnectProviderArn!,
    issuer: cluster.issuer!.value,
    apply: (name, document: any) => new KubernetesObjects(stack, name, { cluster, objects: [document] }),
    accountRole: (name) => new ServiceAccountWithRole(stack, name, { cluster, serviceAccountName: 'own' }).role,
  };
};

/** The libraries that define clusters. */
export const PLATFORMS: { readonly [library: string]: DefinePlatform } = { 'aws-eks': awsEks, 'aws-eks-v2': awsEksV2, 'this library': thisLibrary };
