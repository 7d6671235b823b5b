import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { verification } from '../../../lib';
import { accountRole, allow, arnOf, clusterTemplate, podIdentityTrust, role } from '../templates';

const { PodAccess } = verification;
const trustIn = (principal: object, action: string | string[] = 'sts:AssumeRole') => ({ Effect: 'Allow', Action: action, Principal: principal });
const LAMBDA = trustIn({ Service: 'lambda.amazonaws.com' });
const LIST = 'sqs:ListQueues';
const byToken = allow(LIST, '*', { Condition: { Null: { 'aws:FederatedProvider': 'false' } } });
const read = (resources: object, sections?: object) => PodAccess.fromTemplates(clusterTemplate(resources, sections));
const outcome = (resources: object, action = LIST, name = 'Role') => read(resources).roleNamed(name).decide(action).outcome;

describe('the role of a construct is a principal:', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'us-west-2' } });
  const bucket = new s3.Bucket(stack, 'Bucket');
  const code = lambda.Code.fromInline('exports.handler = () => {};');
  const fn = new lambda.Function(stack, 'Export', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code });
  const named = new iam.Role(stack, 'Named', { roleName: 'reports', assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });
  bucket.grantRead(fn);
  const access = PodAccess.fromStack(stack);
  const object = { resource: bucket.arnForObjects('*') };
  const isThatOfTheFunction = (principal: verification.PrincipalAccess) => {
    expect(principal.name).toBe(`sessions of role ${stack.resolve((fn.role!.node.defaultChild as iam.CfnRole).logicalId)}`);
    principal.assertAllowed('s3:GetObject', object);
    principal.assertDenied('s3:PutObject', object);
  };

  test.each<[string, () => verification.PrincipalAccess]>([
    ['a function that has exactly one', () => access.role(fn)],
    ['the role itself', () => access.role(fn.role!)],
    ['the path of the function', () => access.roleNamed('Stack/Export')],
    ['the path of the role', () => access.roleNamed('Stack/Export/ServiceRole')],
    ['the path of its resource', () => access.roleNamed('Stack/Export/ServiceRole/Resource')],
    ['its logical ID', () => access.roleNamed(stack.resolve((fn.role!.node.defaultChild as iam.CfnRole).logicalId))],
  ])('%s', (_, find) => isThatOfTheFunction(find()));

  test.each(['reports', 'arn:aws:iam::111122223333:role/reports', 'Stack/Named'])('by its name, its ARN or its path: %s', (name) => {
    access.roleNamed(name).assertDenied('s3:GetObject', object);
    expect(access.trustPolicyNamed(name).role).toBe(access.trustPolicyOf(named).role);
  });

  test.each<[string, () => unknown, string]>([
    ['a misspelled path', () => access.roleNamed('Stack/Exprot'), 'role Stack/Exprot is not in the templates: the templates have Stack/Named/Resource, Stack/Export/ServiceRole/Resource'],
    ['a misspelled name', () => access.roleNamed('report'), 'role report is not in the templates: the templates have reports, '],
    ['several roles', () => access.roleNamed('Stack'), 'Stack names several roles: pass one of Stack/Export/ServiceRole/Resource, Stack/Named/Resource'],
    ['a construct without a role', () => access.role(bucket), 'Stack/Bucket has no role: pass the construct that creates the role'],
    ['a role that is only imported', () => access.role(iam.Role.fromRoleName(stack, 'Imported', 'other')), 'Stack/Imported has no role: pass the construct that creates the role'],
    ['a name for a construct', () => access.role('Export' as any), 'the argument of role must be a construct: for a logical ID or a name, use roleNamed'],
    ['a construct for a name', () => access.roleNamed(fn as any), 'role is an object, but must be a string'],
    ['a role of another app', () => access.role(new iam.Role(new Stack(new App(), 'Other'), 'Role', { assumedBy: new iam.AnyPrincipal() })), 'Other/Role is not in the templates that were read'],
    ['a role that is defined later', () => access.role(new iam.Role(stack, 'Later', { assumedBy: new iam.AnyPrincipal() })),
      'Stack/Later/Resource is not in the templates that PodAccess.fromStack read: define it before you call PodAccess.fromStack'],
  ])('it is an error to ask about %s', (_, work, message) => {
    expect(work).toThrow(message);
  });
});

test('an explanation names the role and the statement', () => {
  const text = `${read({ Role: role(LAMBDA, allow(LIST)) }).roleNamed('Role').decide(LIST)}`;
  expect(text.split('\n').slice(0, 6).join('\n')).toBe(`\
ALLOWED: sessions of role Role are allowed sqs:ListQueues
  ALLOWED with role Role, by its own session
    whoever has a session of role Role
      at stack: Role
    policies of role Role allow it
      Allow sqs:ListQueues on * in inline policy "own"`);
});

test('the row of a role has what its sessions lead to', () => {
  const second = role(trustIn({ AWS: arnOf('Role') }), allow(LIST));
  const { row } = read({ Role: role(LAMBDA), Second: second }).roleNamed('Role');
  expect(row).toMatchObject({ kind: 'RoleSession', cluster: '', name: 'Role', isDefinedElsewhere: false });
  expect(row.roles.map(({ role: name, by, isDefault }) => [name, by, isDefault])).toEqual([['Role', 'its own session', true], ['Second', 'sts:AssumeRole from Role', false]]);
});

test.each<[string, object, string]>([
  ['nothing', { Role: role(LAMBDA) }, 'DENIED'],
  ['it', { Role: role(LAMBDA, allow(LIST)) }, 'ALLOWED'],
  ['a role that may do it', { Role: role(LAMBDA), Second: role(trustIn({ AWS: arnOf('Role') }), allow(LIST)) }, 'ALLOWED'],
  ['to raise its permissions', { Role: role(LAMBDA, allow('iam:PutRolePolicy')) }, 'UNKNOWN'],
  ['it with a tag of the role, whose sessions nobody tags', { Role: tagged(LAMBDA) }, 'ALLOWED'],
  ['it with a tag of the role, whose sessions others tag', { Role: tagged(trustIn({ AWS: 'arn:aws:iam::444455556666:root' }, ['sts:AssumeRole', 'sts:TagSession'])) }, 'UNKNOWN'],
  ['it with a tag of the role, whose sessions EKS Pod Identity tags otherwise', { Role: tagged(podIdentityTrust()) }, 'ALLOWED'],
  ['it to those who came by a token, and none do', { Role: role(LAMBDA, byToken) }, 'DENIED'],
  ['it to those who came by a token, and some may', { Role: { ...role({}), Properties: { ...role({}, byToken).Properties, AssumeRolePolicyDocument: accountRole('default:app').Properties.AssumeRolePolicyDocument } } }, 'UNKNOWN'],
  ['it to those who came by a token, and everyone may, as only the deployment knows', { Role: role(trustIn({ AWS: { 'Fn::ImportValue': 'Callers' } }, 'sts:*'), byToken) }, 'UNKNOWN'],
  ['it, and its trust policy cannot be read', { Role: role('{', allow(LIST)) }, 'ALLOWED'],
])('sessions of a role that allows %s', (_, resources, expected) => {
  expect(outcome(resources)).toBe(expected);
});

function tagged(trust: object) {
  const { Type, Properties } = role(trust, allow(LIST, '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }));
  return { Type, Properties: { ...Properties, Tags: [{ Key: 'team', Value: 'red' }] } };
}

describe('a role that can act in a cluster', () => {
  const entry = { Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Role') } } };
  const app = { Role: role(LAMBDA), Reader: accountRole('default:app', allow('sqs:ListQueues')) };

  test('might get tokens of its pods', () => {
    const decision = read({ ...app, ...entry }).roleNamed('Role').decide(LIST);
    expect([decision.outcome, decision.missing]).toEqual(['UNKNOWN', [
      'whether sessions of role Role act in the cluster with role Role, which has access to it, run pods or get tokens of other pods, and with them the credentials of role Reader',
    ]]);
    read({ ...app, ...entry }).assume({ noOtherCredentials: true }).roleNamed('Role').assertDenied(LIST);
    read(app).roleNamed('Role').assertDenied(LIST);
  });

  test('depends on what is not read of the cluster, and others do not', () => {
    const chart = { Chart: { Type: 'Custom::AWSCDK-EKS-KubernetesPatch', Properties: { ClusterName: { Ref: 'Cluster' } } } };
    const gap = { Other: { Type: 'AWSQS::Kubernetes::Resource', Properties: { ClusterName: { Ref: 'Cluster' } } } };
    expect(outcome({ ...app, ...chart, ...gap })).toBe('DENIED');
    expect(outcome({ ...app, ...gap, ...entry }, 's3:ListAllMyBuckets')).toBe('UNKNOWN');
  });
});

test('a role that exists under a condition only is denied what it would allow', () => {
  const sections = { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } };
  const access = read({ Role: { ...role(LAMBDA, allow(LIST)), Condition: 'IsProd' } }, sections);
  expect(access.roleNamed('Role').decide(LIST).outcome).toBe('UNKNOWN');
  access.assume({ parameters: { Stage: 'prod' } }).roleNamed('Role').assertAllowed(LIST);
});
