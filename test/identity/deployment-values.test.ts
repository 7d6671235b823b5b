import { App, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ACCOUNT, given, newStack, parameter, prod, reading, SUBJECTS } from './given-values';
import { PodCredentials, policies, ServiceAccountRole } from '../../lib';
import { deployed, OREGON } from '../deployed';

describe('the ARN of a token', () => {
  test.each<[string, (stack: Stack, arn: string) => unknown]>([
    ['in a session policy', (stack, arn) => {
      const sessionPolicy = new iam.PolicyDocument({ statements: [reading(`${arn}/*`)] });
      new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS, podCredentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }) });
    }],
    ['in a controller policy', (stack, arn) => new ServiceAccountRole(stack, 'Role', {
      cluster: prod(stack), subjects: SUBJECTS, controllerPolicies: [new policies.PrometheusWritePolicy({ workspaceArns: [arn] })],
    })],
    ['of a target role', (stack, arn) => new ServiceAccountRole(stack, 'Role', {
      cluster: prod(stack), subjects: SUBJECTS, podCredentials: PodCredentials.podIdentity({ targetRole: iam.Role.fromRoleArn(stack, 'Target', arn) }),
    })],
  ])('%s must be one, and only its wildcards are escaped', (_, define) => {
    const stack = newStack();
    define(stack, parameter(stack));
    const resources = Object.values<any>(Template.fromStack(stack).toJSON().Resources).filter(({ Type }) => /Policy|Association/.test(Type));
    const read = (document: any) => JSON.stringify(typeof document === 'string' ? JSON.parse(document) : document ?? {});
    const properties = (value: string) =>
      resources.map(({ Properties: { Policy, PolicyDocument } }) => read(deployed(stack, Policy ?? PolicyDocument, given(value)))).join();
    expect(() => properties('*')).toThrow('Fn::Select cannot select nonexistent value at index 5');
    expect(properties('arn:aws:service:us-west-2:123456789012:a:b*')).toContain('arn:aws:service:us-west-2:123456789012:a:b${*}');
  });
});

test('a value that AWS limits is not escaped, also that of another stack of the app', () => {
  const app = new App();
  const [stack, other] = ['Stack', 'Other'].map((id) => new Stack(app, id, { env: { account: ACCOUNT, region: 'us-west-2' } }));
  const role = new iam.Role(other, 'Nodes', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const open = new iam.Role(other, 'Open', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'), path: parameter(other) });
  new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS, controllerPolicies: [new policies.KarpenterPolicy({ nodeRoles: [role, open] })] });
  const statements = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(statements.find(({ Action }) => Action === 'iam:PassRole').Resource).toEqual([
    { 'Fn::ImportValue': expect.stringMatching(/^Other:/) }, { 'Fn::Sub': ['${Value}${Value2}', { Value: expect.anything(), Value2: { 'Fn::Join': expect.anything() } }] },
  ]);
});

test('an output of a nested stack in Fn::Sub is an attribute with a dot', () => {
  const stack = newStack();
  const controllerPolicies = [new policies.CustomControllerPolicy({ statements: [reading(Fn.sub('arn:aws:s3:::${Nested.Outputs.Bucket}/*'))] })];
  new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS, controllerPolicies });
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  expect(JSON.stringify(Properties.PolicyDocument)).toContain('{"Fn::GetAtt":["Nested","Outputs.Bucket"]}');
});

test('the ARN of a log group of the app keeps its meaning in texts', () => {
  const stack = newStack();
  const logs = new LogGroup(stack, 'Audit').logGroupArn;
  const sessionPolicy = new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['logs:*'], resources: [logs, `arn:aws:s3:::${parameter(stack)}`] })] });
  const role = new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS, podCredentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }) });
  role.addTrustPolicyStatements(new iam.PolicyStatement({
    actions: ['sts:AssumeRole'], principals: [new iam.ServicePrincipal('logs.amazonaws.com')], conditions: { ArnLike: { 'aws:SourceArn': logs }, StringEquals: { 'sts:ExternalId': parameter(stack, 'Account') } },
  }));
  const { Resources } = Template.fromStack(stack).toJSON();
  const texts = ['AssumeRolePolicyDocument', 'Policy'].flatMap((property) => Object.values<any>(Resources).map(({ Properties }) => Properties[property])).filter((text) => text?.['Fn::Sub']);
  const arn = { 'Fn::GetAtt': [expect.stringMatching(/^Audit/), 'Arn'] }; // ends with :*
  expect(texts.map((text) => Object.values(text['Fn::Sub'][1]))).toEqual([expect.arrayContaining([arn]), expect.arrayContaining([arn])]);
  expect(texts.map((text) => deployed(stack, text, { ...OREGON, parameters: { Given: '*', Account: '*' } }))).toEqual([expect.stringContaining('"$\\u007b*}"'), expect.stringContaining(':::$\\u007b*}"')]);
});

describe('wildcards that the app writes', () => {
  const resourceOf = (resource: (value: string) => string, unmet: string[] = []) => {
    const stack = newStack();
    const controllerPolicies = [new policies.CustomControllerPolicy({ statements: [reading(resource(parameter(stack)))] })];
    new ServiceAccountRole(stack, 'Role', { cluster: prod(stack), subjects: SUBJECTS, controllerPolicies });
    const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
    return deployed(stack, Properties.PolicyDocument, { ...given('*'), unmet }).Statement[0].Resource;
  };

  test('keep their meaning beside a value of the deployment', () => {
    expect(resourceOf((value) => `arn:aws:s3:::${value}/\${aws:PrincipalTag/team}/*`)).toBe('arn:aws:s3:::${*}/${aws:PrincipalTag/team}/*');
  });

  test('keep their meaning in Fn::Sub', () => {
    expect(resourceOf(() => Fn.sub('arn:${AWS::Partition}:s3:::${Given}/${Name}/${!aws:username}/*', { Name: Fn.ref('Given') }))).toBe('arn:aws:s3:::${*}/${*}/${aws:username}/*');
  });

  test.each<[string[], string]>([[[], 'arn:aws:s3:::*'], [['All'], 'arn:aws:s3:::${*}/*']])('keep their meaning if Fn::If chooses them', (unmet, expected) => {
    expect(resourceOf((value) => Fn.conditionIf('All', 'arn:aws:s3:::*', `arn:aws:s3:::${value}/*`).toString(), unmet)).toBe(expected);
    expect(resourceOf((value) => `arn:aws:s3:::${Fn.conditionIf('All', '*', `${value}/*`)}`, unmet)).toBe(expected);
  });
});
