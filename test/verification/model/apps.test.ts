import { KubectlV35Layer } from '@aws-cdk/lambda-layer-kubectl-v35';
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { modelOfApp, modelOfTemplates, shown } from './models';
import { IrsaTestStack } from '../../../bin/irsa-test-stack';
import { IrsaCluster, KubernetesObjects, PodCredentials, ServiceAccountRole, ServiceAccountSet, ServiceAccountSubject, ServiceAccountWithRole } from '../../../lib';
import { Model } from '../../../lib/verification/private/model/model';
import { equal } from '../../../lib/verification/private/values/pattern';
import { largeDefinition } from '../../kubernetes/large-objects';
import { newCluster, newStack } from '../../stacks';

process.env.JSII_DEPRECATED = 'quiet'; // aws-cdk itself uses its deprecated OIDC provider

const ENV = { account: '123456789012', region: 'eu-central-1' };

/** The role whose ARN an annotation or association has. */
function roleOf({ roles }: Model, roleArn: Model['roles'][number]['arn'] | undefined) {
  return roles.find(({ arn }) => roleArn && equal(arn, roleArn) === 'yes');
}

/** The conditions of the trust policy of a role. */
const conditionsOf = (model: Model, roleArn: Model['roles'][number]['arn'] | undefined) =>
  shown(roleOf(model, roleArn)!.trustPolicy.document).Statement.map(({ Condition }: any) => Condition);

const account = ({ serviceAccounts }: Model, name: string) => serviceAccounts.find((candidate) => candidate.name.literal === name)!;

describe('IrsaTestStack', () => {
  const app = (allowPodImdsAccess?: boolean) => {
    const scope = new App();
    new IrsaTestStack(scope, 'IrsaTestStack', { env: { account: '123456789012', region: 'us-west-2' }, allowPodImdsAccess });
    return modelOfApp(scope);
  };

  test('is known completely', () => {
    const model = app();
    expect(shown(model.clusters)).toEqual([expect.objectContaining({ id: 'irsa-test', arn: 'arn:aws:eks:us-west-2:123456789012:cluster/irsa-test' })]);
    expect(model.clusters[0]).not.toHaveProperty('otherNodes');
    expect(model.clusters[0]).not.toHaveProperty('otherObjects');
    expect(shown(model.serviceAccounts)).toMatchObject([{ cluster: 'irsa-test', namespace: 'default', name: 's3-reader-sa' }]);
    expect(shown(model.workloads)).toMatchObject([
      { kind: 'Job', namespace: 'default', name: 's3-listonly', serviceAccountName: 's3-reader-sa', hostNetwork: 'no', fargate: false },
    ]);
    expect(shown(model.nodegroups)).toMatchObject([{ cluster: 'irsa-test', name: 'nodegroup', podsReachMetadata: 'no' }]);
    expect(model.findings).toEqual([]);
  });

  test('has a role that only the tokens of the account can assume', () => {
    const model = app();
    const { roleArn } = account(model, 's3-reader-sa');
    const issuer = shown(model.oidcProviders[0].issuer);
    expect(conditionsOf(model, roleArn)).toEqual([
      { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: 'system:serviceaccount:default:s3-reader-sa' } },
    ]);
    expect(roleOf(model, roleArn)!.policies).toMatchObject([{ name: 'AmazonS3ReadOnlyAccess' }]);
    expect(equal(model.oidcProviders[0].issuer, model.clusters[0].issuer!)).toBe('yes');
  });

  test('lets pods reach the instance metadata with a raised hop limit', () => {
    expect(app(true).nodegroups).toMatchObject([{ podsReachMetadata: 'yes', why: expect.stringMatching(/^the hop limit is 2 in launch template ClusterNodegroupnodegroup/) }]);
  });
});

describe('constructs of this library', () => {
  test('accounts of a set are read in a stack other than that of the cluster', () => {
    const app = new App();
    const cluster = newCluster(newStack('Cluster', { env: ENV }, app));
    const set = new ServiceAccountSet(newStack('Apps', { env: ENV }, app), 'Set', { cluster });
    ['a', 'b'].forEach((name) => set.addServiceAccountWithRole(name, { serviceAccountName: name, namespace: 'reports' }));
    const model = modelOfApp(app);
    expect(shown(model.serviceAccounts)).toMatchObject([{ namespace: 'reports', name: 'a' }, { namespace: 'reports', name: 'b' }]);
    for (const { name, cluster: id, roleArn } of model.serviceAccounts) {
      expect(id.is(model.clusters[0].id)).toBe('yes');
      expect(Object.values(conditionsOf(model, roleArn)[0].StringEquals)).toContain(`system:serviceaccount:reports:${name}`);
    }
    expect(model.clusters).toHaveLength(1);
  });

  test('an account in a nested stack is read', () => {
    const stack = newStack('Stack', { env: ENV });
    const cluster = newCluster(stack);
    new ServiceAccountWithRole(new NestedStack(stack, 'Nested'), 'Reader', { cluster, serviceAccountName: 'reader' });
    const model = modelOfApp(stack.node.root as App);
    expect(account(model, 'reader').cluster.is(model.clusters[0].id)).toBe('yes');
    expect(roleOf(model, account(model, 'reader').roleArn)).toBeDefined();
  });

  test('an association has its target role', () => {
    const stack = newStack('Stack', { env: ENV });
    const target = iam.Role.fromRoleArn(stack, 'Target', 'arn:aws:iam::210987654321:role/target');
    new ServiceAccountRole(stack, 'Reader', {
      cluster: newCluster(stack, { podCredentials: PodCredentials.podIdentity() }),
      subjects: [ServiceAccountSubject.exact('reports', 'reader')],
      podCredentials: PodCredentials.podIdentity({ targetRole: target }),
    });
    const model = modelOfApp(stack.node.root as App);
    expect(shown(model.associations)).toMatchObject([
      { namespace: 'reports', serviceAccount: 'reader', targetRoleArn: 'arn:aws:iam::210987654321:role/target' },
    ]);
    expect(roleOf(model, model.associations[0].roleArn)!.label).toMatch(/^Reader/);
  });

  test('an account of an imported cluster is read', () => {
    const stack = newStack('Stack', { env: ENV });
    const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', issuerUrl: 'https://oidc.eks.eu-central-1.amazonaws.com/id/E1' });
    new ServiceAccountRole(stack, 'Reader', { cluster, subjects: [ServiceAccountSubject.exact('reports', 'reader')], podCredentials: PodCredentials.podIdentity() });
    const model = modelOfApp(stack.node.root as App);
    expect(shown(model.clusters)).toMatchObject([
      { id: 'prod', arn: 'arn:aws:eks:eu-central-1:123456789012:cluster/prod', otherNodes: 'the cluster is not in the templates' },
    ]);
    expect(shown(model.associations)).toMatchObject([{ cluster: 'prod', disableSessionTags: 'no' }]);
  });

  test('compressed objects are read', () => {
    const stack = newStack('Stack', { env: ENV });
    const cluster = newCluster(stack);
    const large = { ...largeDefinition('large', 150_000), apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader' } };
    new KubernetesObjects(stack, 'Large', { cluster, objects: [large] });
    expect(JSON.stringify((stack.node.root as App).synth().getStackByName('Stack').template)).toContain('"Gzip"');
    expect(shown(modelOfApp(stack.node.root as App).serviceAccounts)).toMatchObject([{ namespace: 'default', name: 'reader' }]);
  });
});

describe.each<[string, (stack: Stack) => eks.Cluster | eksv2.Cluster]>([
  ['aws-eks', (stack) => new eks.Cluster(stack, 'Cluster', { version: eks.KubernetesVersion.of('1.35'), kubectlLayer: new KubectlV35Layer(stack, 'Layer') })],
  ['aws-eks-v2', (stack) => new eksv2.Cluster(stack, 'Cluster', {
    version: eksv2.KubernetesVersion.of('1.35'),
    defaultCapacityType: eksv2.DefaultCapacityType.NODEGROUP,
    kubectlProviderOptions: { kubectlLayer: new KubectlV35Layer(stack, 'Layer') },
  })],
])('constructs of %s', (_, newAwsCluster) => {
  function define(more: (cluster: any, stack: Stack) => void = () => undefined) {
    const stack = newStack('Stack', { env: ENV });
    const cluster = newAwsCluster(stack);
    more(cluster, stack);
    return modelOfApp(stack.node.root as App);
  }

  test('accounts with IRSA are read, although a function makes the trust policy', () => {
    const model = define((cluster) => cluster.addServiceAccount('Reader', { name: 'reader', namespace: 'reports' })
      .role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess')));
    const { roleArn, cluster, namespace } = account(model, 'reader');
    const issuer = shown(model.clusters[0].issuer);
    expect(cluster.is(model.clusters[0].id)).toBe('yes');
    expect(shown(namespace)).toBe('reports');
    expect(conditionsOf(model, roleArn)).toEqual([
      { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: 'system:serviceaccount:reports:reader' } },
    ]);
    expect(roleOf(model, roleArn)!.policies).toMatchObject([{ name: 'AmazonS3ReadOnlyAccess', document: expect.anything() }]);
    expect(shown(model.oidcProviders)).toMatchObject([{ issuer, audiences: ['sts.amazonaws.com'] }]);
  });

  test('accounts with EKS Pod Identity are read', () => {
    const model = define((cluster) => cluster.addServiceAccount('Reader', { name: 'reader', identityType: 'POD_IDENTITY' }));
    expect(shown(model.associations)).toMatchObject([{ namespace: 'default', serviceAccount: 'reader' }]);
    expect(roleOf(model, model.associations[0].roleArn)).toBe(roleOf(model, account(model, 'reader').roleArn));
  });

  test('pods can use the role of the default capacity', () => {
    const model = define();
    expect(model.nodegroups).toMatchObject([{ podsReachMetadata: 'yes', why: 'there is no launch template, and the default hop limit of AL2_x86_64 is 2' }]);
    expect(roleOf(model, model.nodegroups[0].roleArn)!.policies.map(({ name }) => name)).toContain('AmazonEKSWorkerNodePolicy');
    expect(model.clusters[0].otherNodes).toBeUndefined();
  });

  test('an Auto Scaling group has nodes with its role', () => {
    const model = define((cluster) => cluster.addAutoScalingGroupCapacity('Group', { instanceType: new ec2.InstanceType('m5.large') }));
    const group = model.nodegroups.find(({ label }) => /^ClusterGroupASG/.test(label))!;
    expect(shown(group)).toMatchObject({ cluster: shown(model.clusters[0].id), podsReachMetadata: 'unknown', why: expect.stringMatching(/^the template does not show HttpTokens/) });
    expect(group.mayBeMissing).toBeUndefined();
    expect(roleOf(model, group.roleArn)!.policies.map(({ name }) => name)).toContain('AmazonEKSWorkerNodePolicy');
    expect(model.clusters[0].otherNodes).toBeUndefined();
  });

  test('workloads run on Fargate if a profile selects them', () => {
    const pod = (namespace: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace }, spec: { containers: [] } });
    const model = define((cluster) => {
      cluster.addFargateProfile('Profile', { selectors: [{ namespace: 'serverless' }] });
      cluster.addManifest('Pods', pod('serverless'), pod('default'));
    });
    expect(model.workloads).toMatchObject([{ fargate: true }, { fargate: false }]);
    expect(model.clusters[0].otherNodes).toBeUndefined();
  });

  test('a Helm chart makes the objects incomplete', () => {
    const model = define((cluster) => cluster.addHelmChart('Chart', { chart: 'own' }));
    expect(model.clusters[0].otherObjects).toMatch(/^the objects of the Helm chart ClusterchartChart\w+ are not read$/);
  });
});

test('a service account in a stack of eksctl is read', () => {
  const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';
  const model = modelOfTemplates({
    'eksctl-prod-addon-iamserviceaccount-reports-reader': {
      AWSTemplateFormatVersion: '2010-09-09',
      Resources: {
        Role1: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: [{
                Effect: 'Allow',
                Action: ['sts:AssumeRoleWithWebIdentity'],
                Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
                Condition: { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: 'system:serviceaccount:reports:reader' } },
              }],
            },
            ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'],
          },
        },
        Policy1: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: { 'Fn::Sub': '${AWS::StackName}-Policy1' },
            PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['*'] }] },
            Roles: [{ Ref: 'Role1' }],
          },
        },
      },
      Outputs: { Role1: { Value: { 'Fn::GetAtt': 'Role1.Arn' } } },
    },
  });
  expect(shown(model.roles)).toMatchObject([{
    label: 'Role1',
    trustPolicy: { document: { Statement: [{ Condition: { StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:reports:reader' } } }] } },
    policies: [
      { name: 'inline policy "${AWS::StackName}-Policy1"', document: { Statement: [{ Action: ['s3:PutObject'] }] } },
      { name: 'AmazonS3ReadOnlyAccess' },
    ],
  }]);
  expect(model.findings).toEqual([]);
});
