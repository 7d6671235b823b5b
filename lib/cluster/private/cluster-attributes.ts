import { isLiteral } from './names';
import { refusal, refusalWithoutValue } from '../../private/errors';
import { IrsaClusterAttributes } from '../existing-cluster-options';

/** A base64-encoded PEM certificate, which begins with "-----BEGIN". */
const PEM = /^LS0tLS1CRUdJTi[0-9A-Za-z+/]+={0,2}$/;

/** Refuses attributes that cannot be those of an EKS cluster, because they would fail only when the function uses them. */
export function checkAttributes(attributes: IrsaClusterAttributes): void {
  const { clusterName, clusterArn, clusterEndpoint, clusterCertificateAuthorityData, vpc, clusterSecurityGroup } = attributes;
  if (isLiteral(clusterEndpoint) && !/^https:\/\/[\w.-]+(:\d+)?$/.test(clusterEndpoint)) {
    throw refusal('clusterEndpoint', clusterEndpoint, 'https:// and a host', 'it is the output of aws eks describe-cluster --query cluster.endpoint');
  }
  if (isLiteral(clusterCertificateAuthorityData) && !PEM.test(clusterCertificateAuthorityData)) {
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
