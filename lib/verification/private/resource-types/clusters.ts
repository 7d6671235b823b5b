import { byName, regional } from './formats';
import { ResourceFormat, ResourceTypes } from './resource-type';

const ISSUER = '${IssuerHost}/id/${IssuerId}';

function cluster(name: string): ResourceFormat {
  const format = byName(name, `${regional('eks')}cluster/\${${name}}`, { OpenIdConnectIssuerUrl: `https://${ISSUER}`, OpenIdConnectIssuer: ISSUER });
  return { ...format, unique: [name, 'IssuerId'] };
}

const NODEGROUP = `${regional('eks')}nodegroup/\${ClusterName}/\${NodegroupName}/\${Uuid}`;

/** Clusters and their nodegroups. */
export const CLUSTERS: ResourceTypes = {
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-cluster.html
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
   */
  'AWS::EKS::Cluster': { format: cluster('Name'), limitedName: 'Name' },
  /** Of the aws-cdk. @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.Cluster.html */
  'Custom::AWSCDK-EKS-Cluster': { format: cluster('Config.name'), tags: ['Config', 'tags'] },
  'AWS::EKS::IdentityProviderConfig': { matters: 'its users are users of a cluster' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-nodegroup.html */
  'AWS::EKS::Nodegroup': {
    format: {
      arn: NODEGROUP,
      ref: '${Id}',
      attributes: { Arn: NODEGROUP, Id: '${Id}', ClusterName: '${ClusterName}', NodegroupName: '${NodegroupName}' },
      unique: ['Id', 'NodegroupName'],
    },
  },
};
