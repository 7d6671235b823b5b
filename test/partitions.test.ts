import { App, Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { context } from '../cdk.json';
import { IrsaCluster, ServiceAccountWithRole } from '../lib';
import { deployed, deployedTrust, Place } from './deployed';
import { newCluster, newStack, version } from './stacks';

const PLACES: Place[] = [
  { partition: 'aws', region: 'us-west-2', urlSuffix: 'amazonaws.com' },
  { partition: 'aws-cn', region: 'cn-north-1', urlSuffix: 'amazonaws.com.cn' },
  { partition: 'aws-us-gov', region: 'us-gov-west-1', urlSuffix: 'amazonaws.com' },
  { partition: 'aws-iso', region: 'us-iso-east-1', urlSuffix: 'c2s.ic.gov' },
];
const ACCOUNT = '123456789012';

/** What is known about the environment at synthesis. Feature flags also decide whether the partition is a literal. */
const FORMS: [string, (region: string) => Environment | undefined, { [flag: string]: unknown }][] = [
  ['a stack for anywhere', () => undefined, {}],
  ['a stack for a region', (region) => ({ region }), {}],
  ['a stack for a region and an account', (region) => ({ region, account: ACCOUNT }), {}],
  ['a stack for anywhere, with the flags of a new app', () => undefined, context],
  ['a stack for a region, with the flags of a new app', (region) => ({ region }), context],
  ['a stack for a region and an account, with the flags of a new app', (region) => ({ region, account: ACCOUNT }), context],
];

const managed = (...names: string[]) => names.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name));
const unique = (values: Iterable<string>) => [...new Set(values)].sort();

/** One of each construct. */
function define(env: Environment | undefined, flags: { [flag: string]: unknown }): Stack {
  const stack = newStack('Stack', { env }, new App({ context: flags }));
  const cluster = newCluster(stack, {
    ipFamily: eks.IpFamily.IP_V6,
    nodegroups: [{ managedPolicies: managed('AmazonEC2ContainerRegistryReadOnly', 'AmazonEKSWorkerNodePolicy'), preBootstrapCommands: ['date'] }],
  });
  new IrsaCluster(stack, 'Ipv4', { version, nodegroups: [{}] });
  const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', managedPolicies: managed('AmazonS3ReadOnlyAccess') });
  s3.Bucket.fromBucketName(stack, 'Bucket', 'reports').grantRead(reader);
  cluster.addKubernetesObjects('Config', { objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { cluster: cluster.eksCluster.clusterArn } }] });
  return stack;
}

describe.each(PLACES)('in $partition', (place) => {
  const { partition, region, urlSuffix } = place;
  const issuer = `oidc.eks.${region}.${urlSuffix}/id/T1`;

  describe.each(FORMS)('%s', (_, env, flags) => {
    let stack: Stack;
    let resources: any[];
    let text: string;
    beforeAll(() => {
      stack = define(env(region), flags);
      resources = deployed(stack, Object.values(Template.fromStack(stack).toJSON().Resources), place);
      text = JSON.stringify(resources);
    });
    const ofType = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

    test('does not depend on a list of regions', () => {
      expect(Template.fromStack(stack).toJSON().Mappings).toBeUndefined();
    });

    test('contains only ARNs of this partition', () => {
      const arns = unique(text.match(/\barn:[^"\\]*/g)!);
      const right = new RegExp(`^arn:${partition}:[a-z0-9]+:(${region}|\\*)?:(${ACCOUNT}|aws|\\*)?:.`);
      expect(arns.filter((arn) => !right.test(arn))).toEqual([]);
      expect(arns).toEqual(expect.arrayContaining([
        `arn:${partition}:ec2:*:*:network-interface/*`,
        `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
        `arn:${partition}:iam::${ACCOUNT}:oidc-provider/${issuer}`,
        `arn:${partition}:iam::aws:policy/AmazonS3ReadOnlyAccess`,
        `arn:${partition}:s3:::reports`,
        `arn:${partition}:s3:::reports/*`,
      ]));
    });

    test('gives nodes the managed policies of this partition, including one for Amazon ECR', () => {
      const nodegroups = Object.values<any>(Template.fromStack(stack).findResources('AWS::EKS::Nodegroup'));
      const roles = nodegroups.map(({ Properties: { NodeRole } }) => Template.fromStack(stack).toJSON().Resources[NodeRole['Fn::GetAtt'][0]]);
      expect(roles.map(({ Properties }) => deployed(stack, Properties.ManagedPolicyArns, place))).toEqual([
        ['AmazonEKSWorkerNodePolicy', 'AmazonSSMManagedInstanceCore', 'AmazonEC2ContainerRegistryReadOnly'],
        ['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore'],
      ].map((names) => names.map((name) => `arn:${partition}:iam::aws:policy/${name}`)));
    });

    // IAM accepts these in every partition. In China, it also accepts ec2.amazonaws.com.cn, which EKS required for nodes in 2022.
    test('trusts services by the names that they have in every partition', () => {
      const statements = ofType('AWS::IAM::Role').flatMap(({ AssumeRolePolicyDocument: { Statement } }) => Statement ?? []);
      expect(unique(statements.map(({ Principal }: any) => Principal.Service))).toEqual(['ec2.amazonaws.com', 'eks.amazonaws.com', 'lambda.amazonaws.com']);
      expect(ofType('AWS::Lambda::Permission')).toEqual([]);
    });

    test('trusts the service account with the issuer of this region', () => {
      expect(deployedTrust(stack, place).Statement).toEqual([{
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: `arn:${partition}:iam::${ACCOUNT}:oidc-provider/${issuer}` },
        Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: 'system:serviceaccount:default:reader' } },
      }]);
      expect(ofType('AWS::IAM::OIDCProvider').map(({ ClientIdList }) => ClientIdList)).toEqual([['sts.amazonaws.com'], ['sts.amazonaws.com']]);
    });

    test('uses AWS STS and Amazon EKS of this region', () => {
      expect(ofType('AWS::Lambda::Function').map(({ Environment: environment }) => environment?.Variables)).toContainEqual(
        expect.objectContaining({ STS_HOST: `sts.${region}.${urlSuffix}`, EKS_ENDPOINT: `https://eks.${region}.${urlSuffix}` }));
    });

    test('contains no other host name', () => {
      expect(unique(text.match(/[\w.-]+\.(amazonaws\.com(\.cn)?|c2s\.ic\.gov)\b/g)!)).toEqual([
        'ec2.amazonaws.com',
        'eks.amazonaws.com',
        `eks.${region}.${urlSuffix}`,
        'lambda.amazonaws.com',
        `oidc.eks.${region}.${urlSuffix}`,
        'sts.amazonaws.com',
        `sts.${region}.${urlSuffix}`,
      ]);
    });
  });
});
