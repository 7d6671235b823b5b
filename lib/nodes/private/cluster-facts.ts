import { CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { refusalWithoutValue } from '../../private/errors';

/** What a node with a custom image must know of its cluster. On its own images, Amazon EKS says it. */
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
    name: checked('cluster.clusterName', cluster.clusterName),
    endpoint: checked('cluster.clusterEndpoint', cluster.clusterEndpoint),
    certificateAuthority: checked('cluster.clusterCertificateAuthorityData', cluster.clusterCertificateAuthorityData),
    serviceCidr: isCluster(resource) ? serviceCidr(cluster.ipFamily, resource) : undefined,
  };
}

/** By its type: newer versions of aws-eks-v2 have a class of their own for it. */
const isCluster = (resource: unknown): resource is CfnCluster => CfnResource.isCfnResource(resource) && resource.cfnResourceType === 'AWS::EKS::Cluster';

/**
 * The node writes these into the configuration of its kubelet without any escape, so that only Amazon EKS may say what they are.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/kubeconfig.template.yaml
 */
function checked(property: string, value: string): string {
  const { firstToken, length } = Tokenization.reverseString(value);
  if (Token.isUnresolved(value) && !(length === 1 && Reference.isReference(firstToken) && isCluster(firstToken.target))) {
    throw refusalWithoutValue(property, 'a literal, or that of a cluster of this app, beside machineImage',
      'a node runs what is in it; look it up with aws eks describe-cluster');
  }
  return value;
}

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
