import { CfnDynamicReference, CfnDynamicReferenceService, CfnParameter, Fn, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { IrsaClusterAttributes, IrsaCluster, KubernetesObjects } from '../../lib';
import { newCluster, newStack } from '../stacks';

const LITERAL = { clusterEndpoint: 'https://A.gr7.us-west-2.eks.amazonaws.com', clusterCertificateAuthorityData: Buffer.from('-----BEGIN CERTIFICATE-----').toString('base64') };
const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const objects = [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'reports' } }];

const comparisonIn = (stack: Stack) => Object.values<any>(Template.fromStack(stack).findResources('AWS::Lambda::Function'))
  .find(({ Properties: { Handler } }) => Handler === 'index.handler').Properties.Environment.Variables.CLUSTER_COMPARISON;

const warningsIn = (stack: Stack) => Annotations.fromStack(stack).findWarning('/Stack/Prod', Match.stringLikeRegexp('cdk-irsa:cluster-address')).map(({ entry }) => entry.data);

function imported(attributes: (stack: Stack) => Partial<IrsaClusterAttributes>): Stack {
  const stack = newStack();
  const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', issuerUrl: ISSUER, ...LITERAL, ...attributes(stack) });
  new KubernetesObjects(stack, 'Objects', { cluster, objects });
  return stack;
}

const parameter = (stack: Stack) => new CfnParameter(stack, 'Address').valueAsString;
const DECIDED_AT_DEPLOYMENT: [string, (stack: Stack) => Partial<IrsaClusterAttributes>][] = [
  ['endpoint is a parameter', (stack) => ({ clusterEndpoint: parameter(stack) })],
  ['endpoint has a parameter in it', (stack) => ({ clusterEndpoint: `https://${parameter(stack)}` })],
  ['certificate authority is a parameter', (stack) => ({ clusterCertificateAuthorityData: parameter(stack) })],
  ['endpoint is a parameter with a pattern', (stack) => ({ clusterEndpoint: new CfnParameter(stack, 'Address', { allowedPattern: 'https://[A-Za-z0-9.-]+' }).valueAsString })],
  ['endpoint has a parameter with a pattern in it', (stack) => ({ clusterEndpoint: `https://${new CfnParameter(stack, 'Address', { allowedPattern: '[a-z0-9.-]+' }).valueAsString}` })],
  ['certificate authority is a parameter with a pattern', (stack) => ({
    clusterCertificateAuthorityData: new CfnParameter(stack, 'Address', { allowedPattern: '[A-Za-z0-9+/=]+' }).valueAsString,
  })],
  ['endpoint has the name of another resource', (stack) => ({ clusterEndpoint: `https://${new Bucket(stack, 'Bucket', { bucketName: parameter(stack) }).bucketName}` })],
  ['endpoint is in the Parameter Store', (stack) => ({ clusterEndpoint: ssm.StringParameter.valueForStringParameter(stack, '/prod/endpoint') })],
  ['endpoint is imported', () => ({ clusterEndpoint: Fn.importValue('Endpoint') })],
  ['endpoint is a dynamic reference', () => ({ clusterEndpoint: new CfnDynamicReference(CfnDynamicReferenceService.SSM, '/prod/endpoint').toString() })],
  ['endpoint is an unknown token', () => ({ clusterEndpoint: Token.asString({ 'Fn::GetAtt': ['Other', 'Endpoint'] }) })],
];

test.each(DECIDED_AT_DEPLOYMENT)('the function compares the address with Amazon EKS if the %s', (_, attributes) => {
  const stack = imported(attributes);
  expect(comparisonIn(stack)).toBe('required');
  expect(warningsIn(stack)).toEqual([]);
});

describe('in a VPC', () => {
  const vpcWith = (stack: Stack, ...subnetTypes: ec2.SubnetType[]) => new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 1, subnetConfiguration: [ec2.SubnetType.PUBLIC, ...subnetTypes].map((subnetType) => ({ name: subnetType, subnetType })),
  });
  const { PRIVATE_WITH_EGRESS, PRIVATE_ISOLATED } = ec2.SubnetType;
  const clusterIn = (...subnetTypes: ec2.SubnetType[]) => imported((stack) => {
    const vpc = vpcWith(stack, ...subnetTypes);
    return { clusterEndpoint: parameter(stack), vpc, clusterSecurityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc }) };
  });

  test('with a route to the internet, the function must compare', () => {
    const stack = clusterIn(PRIVATE_WITH_EGRESS);
    expect(comparisonIn(stack)).toBe('required');
    expect(warningsIn(stack)).toEqual([]);
  });

  test.each([[[PRIVATE_ISOLATED]], [[PRIVATE_WITH_EGRESS, PRIVATE_ISOLATED]]])('with subnets %j, the function compares if it can, and there is a warning', (subnetTypes) => {
    const stack = clusterIn(...subnetTypes);
    expect(comparisonIn(stack)).toBe('if-reachable');
    expect(warningsIn(stack)).toEqual(['clusterEndpoint or clusterCertificateAuthorityData is known only at deployment, and the function that applies objects may run in '
      + 'subnets that cannot reach the Amazon EKS API, so it cannot verify them: whoever sets them can get a token of the function; use literals, or let the function reach the API, '
      + 'for example through an interface endpoint, and acknowledge this warning [ack: cdk-irsa:cluster-address]']);
  });

  test('literals need no warning', () => {
    const stack = imported((scope) => {
      const vpc = vpcWith(scope, PRIVATE_ISOLATED);
      return { vpc, clusterSecurityGroup: new ec2.SecurityGroup(scope, 'Group', { vpc }) };
    });
    expect([comparisonIn(stack), warningsIn(stack)]).toEqual([undefined, []]);
  });
});

test('the function compares nothing if the address is a literal', () => {
  expect(comparisonIn(imported(() => ({})))).toBeUndefined();
});

test('the function compares nothing for a cluster of the app', () => {
  const stack = newStack();
  newCluster(stack).addKubernetesObjects('Objects', { objects });
  expect(comparisonIn(stack)).toBeUndefined();
});
