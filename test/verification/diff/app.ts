import { PodAccess } from '../../../lib/verification/pod-access';

/** A Kubernetes object in namespace default, as JSON. */
export const object = (kind: string, name: string, more: object) => JSON.stringify({ apiVersion: 'v1', kind, metadata: { name, namespace: 'default' }, ...more });

/** The pods of service account default/reader can read reports, and cannot act as their nodes. */
const RESOURCES = {
  Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod' } },
  Agent: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'eks-pod-identity-agent' } },
  Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }, ClientIdList: ['sts.amazonaws.com'] } },
  Reader: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        'Fn::Sub': ['{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"${Provider}"},'
          + '"Condition":{"StringEquals":{"${Issuer}:aud":"sts.amazonaws.com","${Issuer}:sub":"system:serviceaccount:default:reader"}}}]}',
        { Issuer: { 'Fn::Select': [1, { 'Fn::Split': [':oidc-provider/', { Ref: 'Provider' }] }] }, Provider: { Ref: 'Provider' } }],
      },
      PermissionsBoundary: { Ref: 'Boundary' },
      Policies: [{
        PolicyName: 'read',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Reports', 'Arn'] }, '*']] } },
            { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::secret/*' },
          ],
        },
      }],
    },
  },
  Boundary: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
  },
  Reports: { Type: 'AWS::S3::Bucket' },
  Account: {
    Type: 'Custom::KubernetesObjects',
    Properties: {
      Cluster: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
      Objects: [{
        Json: object('ServiceAccount', 'reader', { metadata: { name: 'reader', namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': null } } }),
        Values: [{ Path: '/metadata/annotations/eks.amazonaws.com~1role-arn', Value: { 'Fn::GetAtt': ['Reader', 'Arn'] } }],
      }],
    },
  },
  Pods: { Type: 'Custom::KubernetesObjects', Properties: { Cluster: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, Objects: [object('Pod', 'reports', { spec: { serviceAccountName: 'reader' } })] } },
  NodeRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }] },
      Policies: [{ PolicyName: 'pull', PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: '*' } } }],
    },
  },
  LaunchTemplate: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpPutResponseHopLimit: 1, HttpTokens: 'required' } } } },
  Nodes: {
    Type: 'AWS::EKS::Nodegroup',
    Properties: {
      ClusterName: { Ref: 'Cluster' },
      NodeRole: { 'Fn::GetAtt': ['NodeRole', 'Arn'] },
      LaunchTemplate: { Id: { Ref: 'LaunchTemplate' }, Version: { 'Fn::GetAtt': ['LaunchTemplate', 'LatestVersionNumber'] } },
    },
  },
};

export type Change = (resources: any, template: any) => void;

/** The template, after a change. */
export function templateAfter(change: Change = () => {}): object {
  const template = { Resources: structuredClone(RESOURCES) };
  change(template.Resources, template);
  return template;
}

/** The access that the template gives, after a change. */
export const accessAfter = (change?: Change): PodAccess => PodAccess.fromTemplates({ App: templateAfter(change) });
