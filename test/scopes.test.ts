import { App, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { IrsaCluster, KubernetesObjects, ServiceAccountWithRole } from '../lib';
import { deployed, deployedObjects, deployedTrust } from './deployed';
import { newCluster, newStack, version } from './stacks';

const templateOf = (stack: Stack) => Template.fromStack(stack).toJSON();
const roleOf = ({ role }: ServiceAccountWithRole) => role.node.defaultChild as iam.CfnRole;
const idOf = (resource: CfnResource): string => Stack.of(resource).resolve(resource.logicalId);
const subjectOf = (account: ServiceAccountWithRole) => {
  const stack = Stack.of(account);
  const [{ Condition }] = JSON.parse(deployed(stack, stack.resolve(roleOf(account).assumeRolePolicyDocument))).Statement;
  return Condition.StringEquals['oidc.eks.us-west-2.amazonaws.com/id/T1:sub'];
};
const account = (scope: Construct, id: string, cluster: IrsaCluster, serviceAccountName = 'reader', namespace?: string) =>
  new ServiceAccountWithRole(scope, id, { cluster, serviceAccountName, namespace });

describe.each<[string, (stack: Stack) => [Stack, Stack]]>([
  ['a stack and one nested in it', (stack) => [stack, new NestedStack(stack, 'Accounts')]],
  ['a stack and one nested deeper in it', (stack) => [stack, new NestedStack(new NestedStack(stack, 'Outer'), 'Accounts')]],
  ['a nested stack and its parent', (stack) => [new NestedStack(stack, 'Clusters'), stack]],
  ['two nested stacks', (stack) => [new NestedStack(stack, 'Clusters'), new NestedStack(stack, 'Accounts')]],
  ['a nested stack and another stack', (stack) => [new NestedStack(stack, 'Clusters'), newStack('Other', {}, stack.node.root)]],
  ['a stack and one nested in another', (stack) => [stack, new NestedStack(newStack('Other', {}, stack.node.root), 'Accounts')]],
])('a cluster and an account in %s', (_, stacks) => {
  const [clusterStack, stack] = stacks(newStack());
  const cluster = newCluster(clusterStack);
  const reader = account(stack, 'Reader', cluster, 'reader', 'reports');

  test('are connected by the trust policy', () => {
    const issuer = 'oidc.eks.us-west-2.amazonaws.com/id/T1';
    expect(deployedTrust(stack)).toEqual({
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
        Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: 'system:serviceaccount:reports:reader' } },
      }],
    });
    expect(deployedObjects(stack)).toContainEqual(expect.objectContaining({
      kind: 'ServiceAccount',
      metadata: { name: 'reader', namespace: 'reports', annotations: { 'eks.amazonaws.com/role-arn': `<${idOf(roleOf(reader))}.Arn>` } },
    }));
  });

  test('use the same function, and wait until it is ready', () => {
    const [functionId] = Object.entries<any>(templateOf(clusterStack).Resources)
      .filter(([, { Type, Properties }]) => Type === 'AWS::Lambda::Function' && Properties.Handler === 'framework.onEvent').map(([id]) => id);
    const sets = Object.entries<any>(Template.fromStack(stack).findResources('Custom::KubernetesObjects'));
    expect(sets).toHaveLength(2);
    for (const [id, { Properties }] of sets) {
      expect(deployed(stack, Properties.ServiceToken)).toBe(`<${functionId}.Arn>`);
      expect(waits(stack, id)).toBe(true);
    }
  });

  /** Whether a resource, its nested stack, or the stack around that waits for the function. */
  function waits(own: Stack, id: string): boolean {
    const ready = (clusterStack.nestedStackResource ?? cluster.node.findAll().find((it) => it instanceof lambda.CfnEventInvokeConfig)) as CfnResource;
    return [templateOf(own).Resources[id].DependsOn ?? []].flat().includes(idOf(ready))
      || own.dependencies.includes(Stack.of(ready))
      || own.nestedStackParent !== undefined && waits(own.nestedStackParent, idOf(own.nestedStackResource as CfnResource));
  }
});

describe('one stack in two stages', () => {
  const app = new App();
  const [beta, prod] = ['Beta', 'Prod'].map((stage) => {
    const stack = newStack('Irsa', {}, new Stage(app, stage));
    const cluster = newCluster(stack, { nodegroups: [{}] });
    account(stack, 'Reader', cluster);
    account(stack, 'Reporter', cluster, 'reporter', 'reports');
    return stack;
  });

  test('has two names', () => {
    expect([beta, prod].map(({ stackName }) => stackName)).toEqual(['Beta-Irsa', 'Prod-Irsa']);
  });

  // the IDs of the accounts contain a hash of the path of the cluster
  test('has the same logical IDs', () => {
    expect(Object.keys(templateOf(prod).Resources)).toEqual(Object.keys(templateOf(beta).Resources));
  });
});

test('each of two clusters in one stack has its own accounts', () => {
  const stack = newStack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const readers = ['Blue', 'Green'].map((color) => account(stack, `${color}Reader`, new IrsaCluster(stack, color, { version, vpc })));
  const { Resources } = templateOf(stack);
  readers.forEach((reader, i) => {
    const role = idOf(roleOf(reader));
    const [own, other] = i === 0 ? [/"Blue\w*"/g, /"Green/] : [/"Green\w*"/g, /"Blue/];
    const trust = JSON.stringify(Resources[role].Properties.AssumeRolePolicyDocument);
    expect(trust.match(own)).toHaveLength(2); // as the principal, and in the issuer
    expect(trust).not.toMatch(other);
    const manifest = JSON.stringify({ ...Resources[role.replace(/Role$/, '')], Metadata: undefined });
    expect(manifest.match(own)).toHaveLength(3); // the function, its readiness, and the cluster
    expect(manifest).not.toMatch(other);
    expect(manifest).toContain(`"${role}"`);
  });
});

test('accounts whose namespace and name look the same when joined stay separate', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  const names = [['a', 'b-c'], ['a', 'b.c'], ['a', 'bc'], ['a-b', 'c'], ['ab', 'c'], ['other', 'b-c']];
  const accounts = names.map(([namespace, name], i) => account(stack, `Account${i}`, cluster, name, namespace));
  expect(accounts.map(subjectOf)).toEqual(names.map(([namespace, name]) => `system:serviceaccount:${namespace}:${name}`));
  expect(deployedObjects(stack).filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => [
    metadata.namespace, metadata.name, metadata.annotations['eks.amazonaws.com/role-arn'],
  ])).toEqual(expect.arrayContaining(names.map((name, i) => [...name, `<${idOf(roleOf(accounts[i]))}.Arn>`])));
  expect(new Set(accounts.map((it) => idOf(roleOf(it)))).size).toBe(names.length);
});

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const LOGICAL_ID = /^[A-Za-z0-9]{1,255}$/;

test('the longest names of a namespace and an account are within the limits', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  const namespace = 'n'.repeat(63);
  const labels = [63, 63, 63, 60].map((length, i) => 'abcd'[i].repeat(length)).join('.');
  const accounts = [`${labels}x`, `${labels}y`].map((name, i) => account(stack, `Account${i}`, cluster, name, namespace));
  expect(accounts.map(subjectOf)).toEqual(['x', 'y'].map((last) => `system:serviceaccount:${namespace}:${labels}${last}`));
  expect(labels).toHaveLength(252);
  expect(Object.keys(templateOf(stack).Resources).filter((id) => !LOGICAL_ID.test(id))).toEqual([]);
  for (const it of accounts) {
    expect(deployed(stack, stack.resolve(roleOf(it).assumeRolePolicyDocument)).length).toBeLessThanOrEqual(2048);
    expect(roleOf(it).description!.length).toBeLessThanOrEqual(1000);
  }
});

describe('below ten constructs with IDs of 60 characters', () => {
  const LIMITS: { [property: string]: number } = {
    'AWS::EC2::LaunchTemplate.LaunchTemplateName': 128,
    'AWS::EC2::SecurityGroup.GroupDescription': 255,
    'AWS::EC2::SecurityGroup.GroupName': 255,
    'AWS::EKS::Cluster.Name': 100,
    'AWS::EKS::Nodegroup.NodegroupName': 63,
    'AWS::IAM::Policy.PolicyName': 128,
    'AWS::IAM::Role.Description': 1000,
    'AWS::IAM::Role.RoleName': 64,
    'AWS::Lambda::Function.Description': 256,
    'AWS::Lambda::Function.FunctionName': 64,
    'AWS::Logs::LogGroup.LogGroupName': 512,
    'AWS::SSM::Parameter.Name': 1011,
  };
  const long = (start: string) => start.padEnd(60, 'x');

  const app = new App();
  const stack = newStack(long('Stack'), {}, app);
  const vpc = new ec2.Vpc(stack, 'Vpc'); // aws-cdk uses the path as the Name tag of these
  const scope = [...Array(10).keys()].reduce<Construct>((parent, i) => new Construct(parent, long(`Level${i}`)), stack);
  const cluster = newCluster(scope, { vpc, nodegroups: [{}] });
  new s3.Bucket(stack, 'Bucket').grantRead(account(scope, long('Reader'), cluster, 'reader', 'reports'));
  new KubernetesObjects(scope, long('Config'), { cluster, objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' } }] });
  const others = [newStack('Other', {}, app), new NestedStack(stack, long('Nested'))];
  others.forEach((other, i) => account(other, 'Writer', cluster, `writer-${i}`, 'reports'));

  test('IDs are within the limits, including those of exports and parameters', () => {
    for (const { Resources, Outputs = {}, Parameters = {} } of [stack, ...others].map(templateOf)) {
      expect(Object.keys({ ...Resources, ...Outputs, ...Parameters }).filter((id) => !LOGICAL_ID.test(id))).toEqual([]);
      expect(Object.values<any>(Outputs).filter(({ Export }) => Export?.Name.length > 255)).toEqual([]);
    }
    expect(others.map((other) => deployedTrust(other).Statement[0].Condition.StringEquals['oidc.eks.us-west-2.amazonaws.com/id/T1:sub']))
      .toEqual(['system:serviceaccount:reports:writer-0', 'system:serviceaccount:reports:writer-1']);
  });

  test('names that CloudFormation does not generate are within the limits', () => {
    const literals = Object.values<any>(templateOf(stack).Resources).flatMap(({ Type, Properties }) => Object.entries(Properties ?? {})
      .filter(([property, value]) => typeof value === 'string' && (/Name$/.test(property) || `${Type}.${property}` in LIMITS))
      .map(([property, value]): [string, string] => [`${Type}.${property}`, value as string]));
    expect(literals.filter(([property, { length }]) => !(length <= LIMITS[property]))).toEqual([]);
    expect(new Set(literals.map(([property]) => property))).toEqual(new Set([
      'AWS::EC2::SecurityGroup.GroupDescription', 'AWS::IAM::Policy.PolicyName', 'AWS::IAM::Role.Description', 'AWS::Lambda::Function.Description',
    ]));
  });

  // aws-cdk uses the path of the launch template as the Name tag of the launch template, its instances and its volumes
  test('tags of nodes are within the limits', () => {
    const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::EC2::LaunchTemplate'));
    const tags = [Properties, Properties.LaunchTemplateData].flatMap(({ TagSpecifications }) => TagSpecifications.flatMap(({ Tags }: any) => Tags));
    expect(tags.filter(({ Value }) => Value.length > 256)).toEqual([]);
  });
});
