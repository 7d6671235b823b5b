import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ENV, newApp, OrdinaryApp } from './app';
import EKSCTL from './eksctl.json';
import { ClusterAutoscalerStack } from '../../../bin/cluster-autoscaler-stack';
import { IrsaTestStack } from '../../../bin/irsa-test-stack';
import { PodIdentityTestStack } from '../../../bin/pod-identity-test-stack';
import { IrsaCluster, policies, ServiceAccountRole, ServiceAccountSubject, verification } from '../../../lib';

const { PodAccess } = verification;

/** Roles of a cluster whose charts and objects Argo CD applies. */
export function gitOps(): OrdinaryApp {
  const stack = new Stack(newApp(), 'Roles', { env: ENV });
  const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', {
    clusterName: 'production', issuerUrl: 'https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE1539D4633E53DE1B71EXAMPLE',
  });
  const bucket = new s3.Bucket(stack, 'Backups');
  const velero = new ServiceAccountRole(stack, 'Velero', { cluster, subjects: [ServiceAccountSubject.exact('velero', 'velero')] });
  bucket.grantReadWrite(velero);
  const secret = new secretsmanager.Secret(stack, 'Database');
  const secrets = new ServiceAccountRole(stack, 'ExternalSecrets', { cluster, controllerPolicies: [new policies.ExternalSecretsPolicy({ secrets: [secret] })] });
  return {
    access: PodAccess.fromStack(stack),
    granted: [
      { action: 's3:PutObject', resource: bucket.arnForObjects('*'), of: 'its bucket' },
      { action: 'secretsmanager:GetSecretValue', resource: secret.secretArn, of: 'its secret' },
    ],
    otherPods: [
      { namespace: 'velero', serviceAccountName: 'velero', annotatedRoleArn: velero.roleArn },
      { namespace: 'external-secrets', serviceAccountName: 'external-secrets', annotatedRoleArn: secrets.roleArn },
      { serviceAccountName: 'default' },
    ],
  };
}

const REPOSITORY = { env: { account: ENV.account, region: 'us-west-2' } };

/** The example of this repository. */
export function irsaTest(): OrdinaryApp {
  const app = newApp();
  const stack = new IrsaTestStack(app, 'IrsaTestStack', REPOSITORY);
  new PodIdentityTestStack(app, 'PodIdentityTestStack', { ...REPOSITORY, cluster: stack.cluster });
  return { access: PodAccess.fromStack(stack), otherPods: [{ serviceAccountName: 'default' }] };
}

/** The second example of this repository. */
export function clusterAutoscaler(): OrdinaryApp {
  const access = PodAccess.fromStack(new ClusterAutoscalerStack(newApp(), 'ClusterAutoscalerStack', REPOSITORY));
  const resource = 'arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:*:autoScalingGroupName/eks-nodes';
  const context = { 'aws:ResourceTag/eks:cluster-name': ['autoscaler-test'] };
  return { access, granted: [{ action: 'autoscaling:SetDesiredCapacity', resource, context }, { action: 'autoscaling:DescribeAutoScalingGroups' }], otherPods: [{ serviceAccountName: 'default' }] };
}

/** Templates of a cluster, its nodes and the role of a service account, in the shape of those of eksctl, which creates the provider and the account itself. */
export function eksctl(): OrdinaryApp {
  const access = PodAccess.fromTemplates(EKSCTL).assume({
    parameters: { 'AWS::AccountId': ENV.account, 'AWS::Region': ENV.region },
    attributes: { 'ControlPlane.OpenIdConnectIssuerUrl': 'https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE2539D4633E53DE1B71EXAMPLE' },
    oidcProvidersExist: true,
  });
  return {
    access,
    granted: [{ action: 's3:PutObject', resource: 'arn:aws:s3:::builds/1' }],
    otherPods: [{ namespace: 'ci', serviceAccountName: 'builder', annotatedRoleArn: `arn:aws:iam::${ENV.account}:role/ci-builder` }, { serviceAccountName: 'default' }],
  };
}
