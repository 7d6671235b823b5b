import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { IrsaTestStack, IrsaTestStackProps } from '../../bin/irsa-test-stack';
import { context } from '../../cdk.json';
import { deployedObjects, deployedTrust } from '../deployed';
import { scriptsOf } from '../nodes/user-data';

function define(props: IrsaTestStackProps = {}) {
  const stack = new IrsaTestStack(new App({ context }), 'IrsaTestStack', { env: { region: 'us-west-2' }, ...props });
  return { stack, template: Template.fromStack(stack) };
}

test('the template is the reviewed one', () => {
  expect(define().template.toJSON()).toMatchSnapshot();
});

test('the trust policy trusts only the reader', () => {
  const issuer = 'oidc.eks.us-west-2.amazonaws.com/id/T1';
  expect(deployedTrust(define().stack)).toEqual({
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
      Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: 'system:serviceaccount:default:s3-reader-sa' } },
    }],
  });
});

test('only CloudFormation creates the trust policy and the OIDC provider, and nothing needs kubectl', () => {
  const { template } = define();
  for (const type of ['Custom::AWSCDKCfnJson', 'Custom::AWSCDKOpenIdConnectProvider', 'AWS::Lambda::LayerVersion']) {
    template.resourceCountIs(type, 0);
  }
  template.resourceCountIs('AWS::IAM::OIDCProvider', 1);
});

test('the app looks up nothing in an AWS account', () => {
  const { stack } = define({ env: { account: '123456789012', region: 'us-west-2' } });
  expect((App.of(stack) as App).synth().manifest.missing).toBeUndefined();
});

test('the assets are small', () => {
  const directory = (App.of(define().stack) as App).synth().directory;
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => /^asset\..*\.js$/.test(name));
  expect(files.map((name) => gzipSync(readFileSync(join(directory, name))).length).reduce((sum, size) => sum + size)).toBeLessThan(60_000);
});

test('the nodegroup is the one of the walkthrough', () => {
  const { template } = define();
  template.resourceCountIs('AWS::EKS::Nodegroup', 1);
  template.hasResourceProperties('AWS::EKS::Nodegroup', {
    NodegroupName: 'nodegroup',
    AmiType: 'AL2023_x86_64_STANDARD',
    InstanceTypes: ['t3.medium'],
    ScalingConfig: { DesiredSize: 3, MaxSize: 3, MinSize: 3 },
    Subnets: [1, 2, 3].map((i) => ({ Ref: Match.stringLikeRegexp(`VpcPrivateSubnet${i}`) })),
  });
  const policies = ['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonSSMManagedInstanceCore', 'AmazonEC2ContainerRegistryReadOnly'];
  template.hasResourceProperties('AWS::IAM::Role', {
    ManagedPolicyArns: policies.map((name) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]] })),
  });
});

test('its user data is the command of the walkthrough, with one shebang', () => {
  const [{ Properties }] = Object.values<any>(define().template.findResources('AWS::EC2::LaunchTemplate'));
  expect(scriptsOf(Properties.LaunchTemplateData.UserData['Fn::Base64'])).toEqual([`#!/bin/bash
sudo yum install -y https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/linux_amd64/amazon-ssm-agent.rpm
sudo systemctl enable amazon-ssm-agent
sudo systemctl start amazon-ssm-agent
`]);
});

test('the Job lists the buckets as the reader, is hardened, and can write to its home directory', () => {
  const [job] = deployedObjects(define().stack).filter(({ kind }) => kind === 'Job');
  expect(job).toMatchObject({
    metadata: { name: 's3-listonly' },
    spec: {
      backoffLimit: 0,
      template: {
        spec: {
          serviceAccountName: 's3-reader-sa',
          restartPolicy: 'Never',
          containers: [{
            image: 'amazon/aws-cli',
            command: ['aws', 's3', 'ls'],
            env: [{ name: 'HOME', value: '/home/reader' }],
            volumeMounts: [{ mountPath: '/home/reader', name: 'home' }],
            securityContext: { runAsNonRoot: true, runAsUser: 1000, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
          }],
          volumes: [{ name: 'home', emptyDir: {} }],
        },
      },
    },
  });
});

test('the Job waits for the service account and for the nodes', () => {
  const sets = Object.values<any>(define().template.findResources('Custom::KubernetesObjects'));
  const job = sets.find(({ Properties }) => JSON.stringify(Properties.Objects).includes('s3-listonly'));
  for (const waited of [/^ServiceAccountDefaultS3ReaderSa[0-9A-F]{8}$/, /^ServiceAccountDefaultS3ReaderSa[0-9A-F]{8}Role$/, /^ClusterNodegroupnodegroupNodegroup/]) {
    expect(job.DependsOn).toContainEqual(expect.stringMatching(waited));
  }
});

test('adminPrincipalArn gives a person access to the cluster', () => {
  const principal = 'arn:aws:iam::123456789012:role/admin';
  define({ adminPrincipalArn: principal }).template.hasResourceProperties('AWS::EKS::AccessEntry', { PrincipalArn: principal });
});

test('kubernetesVersion sets the version of the cluster', () => {
  define({ kubernetesVersion: '1.35' }).template.hasResourceProperties('AWS::EKS::Cluster', { Version: '1.35' });
});
