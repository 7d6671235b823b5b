import { App, CfnResource, custom_resources as custom, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { AwsApi } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as deployment from 'aws-cdk-lib/aws-s3-deployment';
import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const JEWELS = 'arn:aws:s3:::jewels/*';

/** What a pod with a role may do in a stack with something else. */
function outcomeWith(build: (stack: Stack) => void, statement: object, action = 's3:GetObject', resource: string = JEWELS) {
  const stack = new Stack(new App(), 'App', { env: { account: '111122223333', region: 'us-west-2' } });
  const { stack: { Resources } } = clusterTemplate({ Role: accountRole('default:app', statement), Objects: objects(account('app', 'Role')) });
  for (const [id, { Type: type, Properties: properties }] of Object.entries<any>(Resources)) {
    new CfnResource(stack, id, { type, properties }).overrideLogicalId(id);
  }
  new s3.CfnBucket(stack, 'Bucket', { bucketName: 'jewels' });
  build(stack);
  const access = verification.PodAccess.fromStack(stack).assume({ noOtherNodes: true, unreadPartsChangeNothing: true });
  return access.pod({ serviceAccountName: 'app' }).decide(action, { resource }).outcome;
}

const reads = (actions: string[], resource: string) => new iam.PolicyStatement({ actions, resources: [resource] });
const call = (...statements: iam.PolicyStatement[]) => (stack: Stack) => new custom.AwsCustomResource(stack, 'Call', {
  onUpdate: { service: 'S3', action: 'headBucket', parameters: { Bucket: 'jewels' }, physicalResourceId: custom.PhysicalResourceId.of('it') },
  policy: custom.AwsCustomResourcePolicy.fromStatements(statements),
});
const ofJewels = (stack: Stack, assumedBy: iam.IPrincipal) => new iam.Role(stack, 'Jewels', {
  assumedBy, inlinePolicies: { read: new iam.PolicyDocument({ statements: [reads(['s3:GetObject'], JEWELS)] }) },
});
const functionWith = (stack: Stack) => {
  const handler = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.PYTHON_3_13, handler: 'index.handler', code: lambda.Code.fromInline('pass') });
  handler.addToRolePolicy(reads(['s3:GetObject'], JEWELS));
  return handler;
};

test.each<[string, (stack: Stack) => void]>([
  ['an AwsCustomResource', call(reads(['s3:GetObject'], JEWELS))],
  ['an AwsCustomResource that may assume another role', (stack) => {
    call(reads(['sts:AssumeRole'], ofJewels(stack, new iam.AccountPrincipal('111122223333')).roleArn))(stack);
  }],
  ['a custom resource', (stack) => {
    new CustomResource(stack, 'Custom', { serviceToken: functionWith(stack).functionArn });
  }],
  ['a rule that sends a request', (stack) => {
    const target = new AwsApi({ service: 'S3', action: 'getObject', policyStatement: reads(['s3:GetObject'], JEWELS) });
    new events.Rule(stack, 'Rule', { schedule: events.Schedule.rate(Duration.days(1)), targets: [target] });
  }],
  ['a provider of aws-cdk', (stack) => {
    new CustomResource(stack, 'Custom', { serviceToken: new custom.Provider(stack, 'Framework', { onEventHandler: functionWith(stack) }).serviceToken });
  }],
])('a pod that invokes the function of %s might do what its role allows', (_, build) => {
  expect(outcomeWith(build, allow('lambda:InvokeFunction'))).toBe('UNKNOWN');
  expect(outcomeWith(build, allow('lambda:InvokeFunction'), 's3:DeleteBucket', 'arn:aws:s3:::jewels')).toBe('DENIED');
  expect(outcomeWith(build, allow('lambda:InvokeFunction', 'arn:aws:lambda:us-west-2:111122223333:function:other'))).toBe('DENIED');
  expect(outcomeWith(build, allow('lambda:GetFunction'))).toBe('DENIED');
});

test('a pod that invokes the function of a BucketDeployment might change code that others run', () => {
  const build = (stack: Stack) => {
    const code = new s3.Bucket(stack, 'Code', { bucketName: 'code' });
    new deployment.BucketDeployment(stack, 'Site', { sources: [deployment.Source.data('index.html', '')], destinationBucket: code });
    new lambda.CfnFunction(stack, 'Runner', { role: ofJewels(stack, new iam.ServicePrincipal('lambda.amazonaws.com')).roleArn, code: { s3Bucket: 'code', s3Key: 'app.zip' } });
  };
  expect(outcomeWith(build, allow('lambda:InvokeFunction'))).toBe('UNKNOWN');
  expect(outcomeWith(build, allow('lambda:GetFunction'))).toBe('DENIED');
});

test('what a pod gives to a function is data, also if the function of a custom resource may invoke it, or names it', () => {
  const named = (stack: Stack) => {
    const [own, handler] = [functionWith(stack), new lambda.CfnFunction(stack, 'Other', { role: 'arn:aws:iam::111122223333:role/other', code: { zipFile: 'pass' } })];
    handler.environment = { variables: { OWN: own.functionArn } };
    new CustomResource(stack, 'Custom', { serviceToken: handler.attrArn });
  };
  const calling = (stack: Stack) => new custom.AwsCustomResource(stack, 'Call', {
    onUpdate: { service: 'Lambda', action: 'invoke', parameters: { FunctionName: functionWith(stack).functionName }, physicalResourceId: custom.PhysicalResourceId.of('it') },
    policy: custom.AwsCustomResourcePolicy.fromStatements([reads(['lambda:InvokeFunction'], '*')]),
  });
  const statement = allow('lambda:InvokeFunction', { 'Fn::Sub': 'arn:aws:lambda:us-west-2:111122223333:function:${Handler886CB40B}' });
  expect(outcomeWith(named, statement)).toBe('DENIED');
  expect(outcomeWith(calling, statement)).toBe('DENIED');
});

test('what a pod gives to another function is data', () => {
  expect(outcomeWith((stack) => functionWith(stack), allow('lambda:InvokeFunction'))).toBe('DENIED');
});
