import { verification } from '../../../lib';
import { write } from '../../files';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const { PodAccess } = verification;
const SECTIONS = { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } };
const either = (first: unknown, second: unknown) => ({ 'Fn::If': ['IsProd', first, second] });
const EC2 = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };

describe('parameters of a nested stack', () => {
  const TEMPLATE = { Parameters: { Act: { Type: 'String', Default: 's3:PutObject' } }, Resources: { It: role(EC2, { ...allow('s3:PutObject'), Action: { Ref: 'Act' } }) } };
  const decide = (properties: object, action: string) => PodAccess.fromAssembly(write({
    'manifest.json': { version: '36.0.0', artifacts: { App: { type: 'aws:cloudformation:stack', environment: 'aws://111122223333/eu-west-1', properties: { templateFile: 'App.json' } } } },
    'App.json': clusterTemplate({
      Nested: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'nested.json', 'aws:asset:property': 'TemplateURL' }, Properties: properties },
    }, SECTIONS).stack,
    'nested.json': TEMPLATE,
  })).assume({ resourcesWithoutPolicy: ['arn:aws:s3:::*'] }).roleNamed('It').decide(action, { resource: 'arn:aws:s3:::reports/x' }).outcome;

  test.each<[string, object, string[]]>([
    ['are those that are given', { Parameters: { Act: 's3:GetObject' } }, ['ALLOWED', 'DENIED', 'DENIED']],
    ['are the defaults if none are given', { Parameters: {} }, ['DENIED', 'DENIED', 'ALLOWED']],
    ['are those of the outcomes of a condition', { Parameters: either({ Act: 's3:GetObject' }, { Act: 's3:DeleteObject' }) }, ['UNKNOWN', 'UNKNOWN', 'DENIED']],
    ['are the defaults in one outcome of a condition', { Parameters: either({ Act: 's3:GetObject' }, {}) }, ['UNKNOWN', 'DENIED', 'UNKNOWN']],
    ['are not known if a macro gives them', { Parameters: { 'Fn::Transform': { Name: 'AWS::Include' } } }, ['UNKNOWN', 'UNKNOWN', 'UNKNOWN']],
    ['are not known if a macro gives the properties', { 'Fn::Transform': { Name: 'AWS::Include' }, 'Parameters': { Act: 's3:GetObject' } }, ['UNKNOWN', 'UNKNOWN', 'UNKNOWN']],
  ])('%s', (_, properties, expected) => {
    expect(['s3:GetObject', 's3:DeleteObject', 's3:PutObject'].map((action) => decide(properties, action))).toEqual(expected);
  });
});

const CLOSED = { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } };

test.each<[string, (data: { UserData: object }) => unknown, string]>([
  ['data', (data) => data, 'UNKNOWN'],
  ['conditional data', (data) => either(data, data), 'UNKNOWN'],
  ['conditional data without user data otherwise', (data) => either(data, CLOSED), 'UNKNOWN'],
  ['conditional user data', (data) => ({ ...CLOSED, UserData: either(data.UserData, data.UserData) }), 'UNKNOWN'],
  ['other data', () => either(CLOSED, CLOSED), 'DENIED'],
])('a pod that can write the script of nodes whose launch template has %s might decide what they run, or not', (_, dataWith, expected) => {
  const data = { ...CLOSED, UserData: { 'Fn::Base64': 'aws s3 cp s3://boot/setup.sh - | bash' } };
  const access = PodAccess.fromTemplates(clusterTemplate({
    Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: dataWith(data) } },
    More: {
      Type: 'AWS::EKS::Nodegroup',
      Properties: {
        ClusterName: { Ref: 'Cluster' },
        NodeRole: arnOf('Admin'),
        AmiType: 'AL2023_x86_64_STANDARD',
        LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
      },
    },
    Admin: role(EC2, allow('sqs:SendMessage')),
    Role: accountRole('default:app', allow('s3:PutObject', 'arn:aws:s3:::boot/*')),
    Objects: objects(account('app', 'Role')),
  }, SECTIONS)).assume({ noOtherNodes: true });
  expect(access.pod({ serviceAccountName: 'app' }).decide('sqs:SendMessage').outcome).toBe(expected);
});
