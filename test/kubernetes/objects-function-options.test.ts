import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IrsaCluster, IrsaClusterProps, KubernetesObjects, ObjectsFunctionOptions } from '../../lib';
import { deployed } from '../deployed';
import { ExistingCluster, newCluster, newStack, version } from '../stacks';

const { PRIVATE } = eks.EndpointAccess;
const ACCOUNT = '123456789012';
const lambdaRole = (stack: Stack, id = 'Role') => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

/** A cluster whose function has these options, and the resulting resources. */
function defined(objectsFunction: (stack: Stack) => ObjectsFunctionOptions, props: Partial<IrsaClusterProps> = {}, stack = newStack()) {
  const cluster = newCluster(stack, { ...props, objectsFunction: objectsFunction(stack) });
  const template = Template.fromStack(stack);
  const ofType = (type: string): any[] => Object.values(template.findResources(type)).map(({ Properties }) => Properties);
  const functions = ofType('AWS::Lambda::Function');
  return { stack, cluster, template, ofType, functions, handler: functions.find(({ Handler }) => Handler === 'index.handler') };
}

describe('subnets', () => {
  const vpcOf = (stack: Stack) => new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 2,
    subnetConfiguration: [
      { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
      { name: 'Nodes', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      { name: 'Function', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    ],
  });
  const selecting = (subnets: ec2.SubnetSelection | ((vpc: ec2.IVpc) => ec2.SubnetSelection), props: Partial<IrsaClusterProps> = {}) => {
    const stack = newStack();
    const vpc = vpcOf(stack);
    return () => defined(() => ({ subnets: typeof subnets === 'function' ? subnets(vpc) : subnets }), { ...props, vpc }, stack).handler.VpcConfig;
  };

  test.each([['public', {}], ['private', { endpointAccess: PRIVATE }]])('can be a selection, for an endpoint that is %s', (_, props) => {
    expect(selecting({ subnetGroupName: 'Function' }, props)()).toEqual({
      SecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^Cluster/), 'ClusterSecurityGroupId'] }],
      SubnetIds: [1, 2].map((i) => ({ Ref: expect.stringMatching(`VpcFunctionSubnet${i}`) })),
    });
  });

  test('can be listed one by one', () => {
    expect(selecting((vpc) => ({ subnets: [vpc.privateSubnets[1]] }))().SubnetIds).toEqual([{ Ref: expect.stringMatching('VpcNodesSubnet2') }]);
  });

  test('are an error if the selection is empty', () => {
    expect(selecting({ subnets: [] })).toThrow('Stack/Cluster: objectsFunction.subnets must be a selection of 1 to 16 subnets: it selects 0');
  });

  test('are at most 16', () => {
    const subnets = (count: number) => (vpc: ec2.IVpc) => (
      { subnets: Array.from({ length: count }, (_, i) => ec2.Subnet.fromSubnetId(vpc, `Subnet${i}`, `subnet-${i}`)) });
    expect(selecting(subnets(16))().SubnetIds).toHaveLength(16);
    expect(selecting(subnets(17))).toThrow('Stack/Cluster: objectsFunction.subnets must be a selection of 1 to 16 subnets: it selects 17');
  });

  test('are an error if they are public', () => {
    expect(selecting({ subnetType: ec2.SubnetType.PUBLIC })).toThrow('Stack/Cluster: objectsFunction.subnets must be private or isolated subnets: '
      + 'the function has no public IP address, so it cannot reach the internet from a public subnet');
  });

  test('need a VPC', () => {
    const withSubnets = new ExistingCluster(newStack(), 'Existing');
    Object.assign(withSubnets._definition, { objectsFunction: { subnets: { subnetGroupName: 'Function' } } });
    expect(() => new KubernetesObjects(Stack.of(withSubnets), 'Objects', { cluster: withSubnets }))
      .toThrow('Stack/Existing: vpc must be known if objectsFunction.subnets is set: the function that applies objects runs in it');
  });

  test('by default need a VPC if the endpoint is restricted', () => {
    const restricted = new ExistingCluster(newStack(), 'Existing');
    Object.assign(restricted._definition, { hasUnrestrictedEndpoint: false });
    expect(() => new KubernetesObjects(Stack.of(restricted), 'Objects', { cluster: restricted }))
      .toThrow('Stack/Existing: vpc must be known if the API server does not accept connections from the whole internet: the function that applies objects runs in it');
  });

  test('by default need private or isolated subnets in the VPC if the endpoint is restricted', () => {
    const restricted = new ExistingCluster(newStack(), 'Existing');
    const vpc = new ec2.Vpc(restricted, 'Vpc', { subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC }] });
    Object.assign(restricted, { vpc });
    Object.assign(restricted._definition, { hasUnrestrictedEndpoint: false });
    expect(() => new KubernetesObjects(Stack.of(restricted), 'Objects', { cluster: restricted }))
      .toThrow('Stack/Existing: vpc must be a VPC with private or isolated subnets if the API server does not accept connections from the whole internet: '
        + 'the function that applies objects runs in them');
  });
});

test.each([[undefined, 30], [logs.RetentionDays.ONE_YEAR, 365]])('logRetention %s keeps the logs of both functions for %d days', (logRetention, days) => {
  const { ofType, functions } = defined(() => ({ logRetention }));
  expect(ofType('AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays)).toEqual([days, days]);
  expect(functions.map(({ LoggingConfig }) => LoggingConfig.LogGroup.Ref)).toEqual([expect.stringMatching('HandlerLog'), expect.stringMatching('FrameworkLog')]);
});

describe('encryptionKey', () => {
  const ofKey = { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] };
  const decrypt = { Action: 'kms:Decrypt', Effect: 'Allow', Resource: ofKey };

  test('encrypts the logs and the environment of both functions', () => {
    const { ofType, functions } = defined((stack) => ({ encryptionKey: new kms.Key(stack, 'Key') }));
    expect(ofType('AWS::Logs::LogGroup').map(({ KmsKeyId }) => KmsKeyId)).toEqual([ofKey, ofKey]);
    expect(functions.map(({ KmsKeyArn }) => KmsKeyArn)).toEqual([ofKey, ofKey]);
    expect(functions.map(({ Environment }) => Object.keys(Environment.Variables).length)).toEqual([5, 1]);
  });

  test('can be used for decryption by the roles of both functions', () => {
    const { ofType } = defined((stack) => ({ encryptionKey: new kms.Key(stack, 'Key') }));
    const decrypting = ofType('AWS::IAM::Policy').filter(({ PolicyDocument }) => PolicyDocument.Statement.some(({ Action }: any) => Action === 'kms:Decrypt'));
    expect(decrypting).toHaveLength(2);
    for (const { PolicyDocument } of decrypting) {
      expect(PolicyDocument.Statement).toContainEqual(decrypt);
    }
  });

  test.each([
    ['aws', 'us-west-2', 'amazonaws.com'], ['aws-cn', 'cn-north-1', 'amazonaws.com.cn'],
  ])('can be used by CloudWatch Logs in the account and region, in %s', (partition, region, urlSuffix) => {
    const { stack, ofType } = defined((scope) => ({ encryptionKey: new kms.Key(scope, 'Key') }));
    const [{ KeyPolicy }] = ofType('AWS::KMS::Key');
    expect(deployed(stack, KeyPolicy.Statement, { partition, region, urlSuffix })).toContainEqual({
      Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      Effect: 'Allow',
      Principal: { Service: `logs.${region}.${urlSuffix}` },
      Resource: '*',
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${ACCOUNT}:*` } },
    });
  });

  test.each([['a known environment', { account: ACCOUNT, region: 'eu-central-1' }], ['any environment', undefined]])(
    'can belong to another stack, for %s', (_, env) => {
      const app = new App();
      const keys = newStack('Keys', { env }, app);
      const { template } = defined(() => ({ encryptionKey: new kms.Key(keys, 'Key') }), {}, newStack('Stack', { env }, app));
      template.resourceCountIs('AWS::KMS::Key', 0);
      expect(JSON.stringify(Template.fromStack(keys))).toContain('kms:EncryptionContext:aws:logs:arn');
    });

  test('gets a warning if it is imported, because its key policy must allow CloudWatch Logs', () => {
    const { stack } = defined((scope) => ({ encryptionKey: kms.Key.fromKeyArn(scope, 'Key', `arn:aws:kms:us-west-2:${ACCOUNT}:key/k1`) }));
    Annotations.fromStack(stack).hasWarning('/Stack/Cluster/KubernetesObjectsProvider', Match.stringLikeRegexp(
      'objectsFunction.encryptionKey is imported: the deployment fails unless its key policy allows CloudWatch Logs to use it'));
  });

  test('gets no warning if the app defines it', () => {
    const { stack } = defined((scope) => ({ encryptionKey: new kms.Key(scope, 'Key') }));
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('encryptionKey'));
  });
});

describe('role', () => {
  const inVpc = { subnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } };
  const actionsOf = (policy: any): string[] => policy.PolicyDocument.Statement.flatMap(({ Action }: any) => Action);
  const handlerPolicies = (ofType: (type: string) => any[]) => ofType('AWS::IAM::Policy').filter(({ PolicyName }) => PolicyName.includes('HandlerPolicy'));
  const NETWORK = ['ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses'];
  const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

  test('is the role of the function that applies objects, and of no other function', () => {
    const { functions } = defined((stack) => ({ role: lambdaRole(stack) }));
    expect(functions.map(({ Role }) => Role['Fn::GetAtt'][0])).toEqual([expect.stringMatching(/^Role/), expect.not.stringMatching(/^Role/)]);
  });

  test('is the role that gets access to the cluster', () => {
    const { template, handler } = defined((stack) => ({ role: lambdaRole(stack) }));
    template.hasResourceProperties('AWS::EKS::AccessEntry', { PrincipalArn: handler.Role });
  });

  test('gets the permissions that the function needs outside of a VPC', () => {
    const { ofType } = defined((stack) => ({ role: lambdaRole(stack) }));
    expect(handlerPolicies(ofType).map(actionsOf)).toEqual([['eks:DescribeCluster', ...LOGS]]);
  });

  test('gets the permissions that the function needs in a VPC and with a key', () => {
    const { ofType } = defined((stack) => ({ ...inVpc, role: lambdaRole(stack), encryptionKey: new kms.Key(stack, 'Key') }));
    expect(handlerPolicies(ofType).map(actionsOf)).toEqual([['eks:DescribeCluster', 'kms:Decrypt', ...LOGS, ...NETWORK]]);
  });

  test('gets its permissions before the function is created, because Lambda checks those for a VPC', () => {
    const { template } = defined((stack) => ({ ...inVpc, role: lambdaRole(stack) }));
    template.hasResource('AWS::Lambda::Function', {
      Properties: { Handler: 'index.handler' }, DependsOn: Match.arrayWith([Match.stringLikeRegexp('HandlerPolicy')]),
    });
  });

  test('can belong to another stack, with a key in the stack of the cluster', () => {
    const app = new App();
    const role = lambdaRole(newStack('Roles', {}, app));
    const { ofType } = defined((stack) => ({ ...inVpc, role, encryptionKey: new kms.Key(stack, 'Key') }), {}, newStack('Stack', {}, app));
    const [{ Roles }] = handlerPolicies(ofType);
    expect(Roles).toEqual([{ 'Fn::ImportValue': expect.stringMatching(/^Roles:/) }]);
    Template.fromStack(Stack.of(role)).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('gets the same permissions if it is imported', () => {
    const { ofType } = defined((stack) => ({ ...inVpc, role: iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/team/objects`) }));
    expect(handlerPolicies(ofType)).toEqual([expect.objectContaining({ Roles: ['objects'] })]);
    expect(handlerPolicies(ofType).map(actionsOf)).toEqual([['eks:DescribeCluster', ...LOGS, ...NETWORK]]);
  });

  test('stays unchanged if it is imported as immutable', () => {
    const { ofType, handler } = defined((stack) => ({ role: iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/objects`, { mutable: false }) }));
    expect(handlerPolicies(ofType)).toEqual([]);
    expect(handler.Role).toBe(`arn:aws:iam::${ACCOUNT}:role/objects`);
  });

  test('is an error if it belongs to another AWS account', () => {
    const stack = newStack('Stack', { env: { account: ACCOUNT, region: 'us-west-2' } });
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::999999999999:role/objects');
    expect(() => newCluster(stack, { objectsFunction: { role } })).toThrow(
      `Stack/Cluster: objectsFunction.role is "arn:aws:iam::999999999999:role/objects", but must be in AWS account ${ACCOUNT}, the account of the cluster`);
  });

  test.each(['ec2.amazonaws.com', 'edgelambda.amazonaws.com'])('is an error if Lambda cannot assume it, for example because it trusts %s', (service) => {
    const role = (stack: Stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal(service) });
    expect(() => defined((stack) => ({ role: role(stack) }))).toThrow('[Stack/Cluster/KubernetesObjectsProvider] '
      + 'objectsFunction.role must be a role that trusts lambda.amazonaws.com: Stack/Role does not');
  });

  test('can trust other principals in addition to Lambda, and can trust Lambda later', () => {
    const composite = (stack: Stack) => new iam.Role(stack, 'Role', {
      assumedBy: new iam.CompositePrincipal(new iam.AccountRootPrincipal(), new iam.ServicePrincipal('lambda.amazonaws.com')),
    });
    expect(() => defined((stack) => ({ role: composite(stack) }))).not.toThrow();
    const stack = newStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    newCluster(stack, { objectsFunction: { role } });
    role.assumeRolePolicy!.addStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.ServicePrincipal('lambda.amazonaws.com')] }));
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('can be the role of two clusters', () => {
    const stack = newStack();
    const role = lambdaRole(stack);
    const clusters = ['Blue', 'Green'].map((id) => new IrsaCluster(stack, id, { version, objectsFunction: { role } }));
    const template = Template.fromStack(stack);
    const policies = Object.values<any>(template.findResources('AWS::IAM::Policy', { Properties: { PolicyName: Match.stringLikeRegexp('HandlerPolicy') } }));
    expect(policies.map(({ Properties: { PolicyDocument } }) => PolicyDocument.Statement[0])).toEqual(clusters.map(({ clusterArn }) => (
      { Action: 'eks:DescribeCluster', Effect: 'Allow', Resource: stack.resolve(clusterArn) })));
    template.resourceCountIs('AWS::EKS::AccessEntry', 2);
  });
});
