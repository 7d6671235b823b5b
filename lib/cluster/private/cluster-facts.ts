import { CfnResource } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';

/** What a node of an image of the caller's must be told of its cluster, as Amazon EKS would tell it. */
export interface ClusterFacts {
  readonly name: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  /** The addresses of services; undefined where Amazon EKS chooses them, since CloudFormation does not tell. */
  readonly serviceCidr?: string;
}

export function clusterFacts(cluster: eks.ICluster): ClusterFacts {
  const resource = cluster.node.defaultChild;
  return {
    name: cluster.clusterName,
    endpoint: cluster.clusterEndpoint,
    certificateAuthority: cluster.clusterCertificateAuthorityData,
    serviceCidr: isCluster(resource) ? serviceCidr(cluster.ipFamily, resource) : undefined,
  };
}

/** By its type: newer versions of aws-eks-v2 have a class of their own for it. */
const isCluster = (resource: unknown): resource is CfnCluster => CfnResource.isCfnResource(resource) && resource.cfnResourceType === 'AWS::EKS::Cluster';

function serviceCidr(family: eks.IpFamily | undefined, cluster: CfnCluster): string | undefined {
  const network = cluster.kubernetesNetworkConfig as CfnCluster.KubernetesNetworkConfigProperty | undefined;
  return family === eks.IpFamily.IP_V6 ? cluster.attrKubernetesNetworkConfigServiceIpv6Cidr : network?.serviceIpv4Cidr;
}

/** `key=value:Effect`, as kubelets have taints; the API of EKS has its own words for effects. */
export function kubeletTaints(taints: eks.TaintSpec[]): { key: string; value: string; effect: string }[] {
  const effects = {
    [eks.TaintEffect.NO_SCHEDULE]: 'NoSchedule',
    [eks.TaintEffect.PREFER_NO_SCHEDULE]: 'PreferNoSchedule',
    [eks.TaintEffect.NO_EXECUTE]: 'NoExecute',
  };
  return taints.map(({ key, value = '', effect }) => ({ key: key!, value, effect: effects[effect!] }));
}
