import { isLiteral } from './names';
import { refusal, refusalWithoutValue } from '../../private/errors';
import { ClusterAttributes } from '../existing-cluster-options';

/** The beginning of a PEM certificate, base64-encoded. */
const PEM = 'LS0tLS1CRUdJTi';

/** Refuses attributes that cannot be those of an EKS cluster, because they would fail only when the function uses them. */
export function checkAttributes(attributes: ClusterAttributes): void {
  const { clusterName, clusterArn, clusterEndpoint, clusterCertificateAuthorityData, vpc, clusterSecurityGroup } = attributes;
  if (isLiteral(clusterEndpoint) && !/^https:\/\/[\w.-]+(:\d+)?$/.test(clusterEndpoint)) {
    throw refusal('clusterEndpoint', clusterEndpoint, 'https:// and a host', 'it is the output of aws eks describe-cluster --query cluster.endpoint');
  }
  if (isLiteral(clusterCertificateAuthorityData) && !clusterCertificateAuthorityData.startsWith(PEM)) {
    throw refusalWithoutValue('clusterCertificateAuthorityData', 'a base64-encoded PEM certificate',
      'it is the output of aws eks describe-cluster --query cluster.certificateAuthority.data');
  }
  if (isLiteral(clusterArn) && isLiteral(clusterName) && !clusterArn.endsWith(`:cluster/${clusterName}`)) {
    throw refusal('clusterArn', clusterArn, `the ARN of cluster ${clusterName}`);
  }
  if (clusterSecurityGroup && !vpc) {
    throw refusalWithoutValue('vpc', 'set together with clusterSecurityGroup', 'otherwise, the function that applies Kubernetes objects runs outside the VPC');
  }
}
