import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import { IrsaClusterAttributes, IrsaCluster, ServiceAccountSubject } from '../../lib';

export const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/ABC123';
export const env = { account: '123456789012', region: 'eu-central-1' };
export const subjects = [ServiceAccountSubject.exact('reports', 'reader')];
export const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'reports' } };

/** A cluster of another app. */
export const prod = (scope: Stack, attributes: Partial<IrsaClusterAttributes> = {}, id = 'Prod') =>
  IrsaCluster.fromIrsaClusterAttributes(scope, id, { clusterName: 'prod', issuerUrl: `https://${ISSUER}`, ...attributes });

/** What the function that applies objects needs to know, too. */
export const reachable = { clusterEndpoint: 'https://ABC123.gr7.eu-central-1.eks.amazonaws.com', clusterCertificateAuthorityData: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t' };

/** A cluster of aws-eks whose app does not use `awsAuth`. */
export const withoutAwsAuth = (scope: Stack, props: Partial<eksv1.ClusterProps> = {}) => new eksv1.Cluster(scope, 'Theirs', {
  version: eksv1.KubernetesVersion.V1_33,
  defaultCapacity: 0,
  kubectlLayer: { layerVersionArn: 'arn:aws:lambda:eu-central-1:123456789012:layer:kubectl:1' } as any,
  ...props,
});

/** A cluster of aws-eks whose app maps the roles of its nodes in `awsAuth`. */
export const v1Cluster = (scope: Stack, props?: Partial<eksv1.ClusterProps>) => {
  const cluster = withoutAwsAuth(scope, props);
  cluster.awsAuth.addAccount('123456789012');
  return cluster;
};

/** The trust policy of the role for pods. */
export const trustOf = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))
  .map(({ Properties }) => Properties.AssumeRolePolicyDocument).find((document) => JSON.stringify(document).includes('WebIdentity'));
