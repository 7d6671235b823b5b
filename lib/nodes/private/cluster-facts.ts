import { CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { refusalWithoutValue } from '../../private/errors';

/** What a node with a custom image must know about its cluster. With Amazon EKS images, Amazon EKS adds it to the user data. */
export interface ClusterFacts {
  readonly name: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  /** The CIDR block of services; undefined if Amazon EKS selects it, because CloudFormation does not return it. */
  readonly serviceCidr?: string;
}

export function clusterFacts(cluster: eks.ICluster): ClusterFacts {
  const resource = cluster.node.defaultChild;
  return {
    name: checkedFact('cluster.clusterName', cluster.clusterName),
    endpoint: checkedFact('cluster.clusterEndpoint', cluster.clusterEndpoint),
    certificateAuthority: checkedFact('cluster.clusterCertificateAuthorityData', cluster.clusterCertificateAuthorityData),
    serviceCidr: isCluster(resource) ? serviceCidr(cluster.ipFamily, resource) : undefined,
  };
}

/** By its resource type, because newer versions of aws-eks-v2 have their own class for it. */
const isCluster = (resource: unknown): resource is CfnCluster => CfnResource.isCfnResource(resource) && resource.cfnResourceType === 'AWS::EKS::Cluster';

/**
 * The node writes these values into the configuration of its kubelet without escaping them, so they must be literals or come from Amazon EKS.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/kubeconfig.template.yaml
 */
function checkedFact(property: string, value: string): string {
  const { firstToken, length } = Tokenization.reverseString(value);
  if (Token.isUnresolved(value) && !(length === 1 && Reference.isReference(firstToken) && isCluster(firstToken.target))) {
    throw refusalWithoutValue(property, 'a literal or an attribute of a cluster in this app if machineImage is set',
      'the node writes it into a file without escaping it; look it up with aws eks describe-cluster');
  }
  return value;
}

function serviceCidr(family: eks.IpFamily | undefined, cluster: CfnCluster): string | undefined {
  const network = cluster.kubernetesNetworkConfig as CfnCluster.KubernetesNetworkConfigProperty | undefined;
  return family === eks.IpFamily.IP_V6 ? cluster.attrKubernetesNetworkConfigServiceIpv6Cidr : network?.serviceIpv4Cidr;
}

/** Taints in the form that the kubelet uses. The EKS API has different names for the effects. */
export function kubeletTaints(taints: eks.TaintSpec[]): { key: string; value: string; effect: string }[] {
  const effects = {
    [eks.TaintEffect.NO_SCHEDULE]: 'NoSchedule',
    [eks.TaintEffect.PREFER_NO_SCHEDULE]: 'PreferNoSchedule',
    [eks.TaintEffect.NO_EXECUTE]: 'NoExecute',
  };
  return taints.map(({ key, value = '', effect }) => ({ key: key!, value, effect: effects[effect!] }));
}
