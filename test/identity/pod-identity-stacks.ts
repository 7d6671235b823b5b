import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IIrsaCluster, IrsaCluster, PodCredentials, ServiceAccountRole, ServiceAccountRoleOptions, ServiceAccountSubject } from '../../lib';
import { deployedTrust } from '../deployed';
import { newStack } from '../stacks';

export const ENV = { account: '123456789012', region: 'eu-central-1' };
export const ARN = 'arn:aws:eks:eu-central-1:123456789012:cluster/prod';
export const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';

export const existing = (stack: Stack, more = {}): IIrsaCluster =>
  IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', issuerUrl: `https://${ISSUER}`, ...more });

export const trustIn = (names: string | string[] = 'reader', namespace = 'reports') => ({
  Effect: 'Allow',
  Action: ['sts:AssumeRole', 'sts:TagSession'],
  Principal: { Service: 'pods.eks.amazonaws.com' },
  Condition: {
    StringEquals: {
      'aws:RequestTag/eks-cluster-arn': ARN, 'aws:RequestTag/kubernetes-namespace': namespace, 'aws:RequestTag/kubernetes-service-account': names,
    },
  },
});

export function roleIn(stack: Stack, options: ServiceAccountRoleOptions = {}, cluster = existing(stack)): ServiceAccountRole {
  return new ServiceAccountRole(stack, 'Reader', { cluster, subjects: [ServiceAccountSubject.exact('reports', 'reader')], podCredentials: PodCredentials.podIdentity(), ...options });
}

export const associationsIn = (stack: Stack) => Template.fromStack(stack).findResources('AWS::EKS::PodIdentityAssociation');
export const statementsIn = (stack: Stack) => deployedTrust(stack).Statement;
export const inEnv = (id?: string, app?: App) => newStack(id, { env: ENV }, app);
