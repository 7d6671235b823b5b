import { accessAfter, Change } from './app';
import { gainedBy, lines, lostBy } from './differences';
import { AccessDiff } from '../../../lib/verification/access-diff';

describe('permissions that are not read', () => {
  const bus = (Principal: string, StatementId = 'all'): Change => (resources) => resources.Bus = {
    Type: 'AWS::Events::EventBusPolicy', Properties: { StatementId, Statement: { Effect: 'Allow', Principal, Action: 'events:PutEvents', Resource: '*' } },
  };
  const what = 'unread-policy: the permissions of Bus, of type AWS::Events::EventBusPolicy, are not read: they can allow actions of events';

  test('broaden access if they are new', () => {
    expect(lines(gainedBy(bus('111122223333')))).toEqual([`UNKNOWN templates: ${what}`]);
    expect(gainedBy(bus('111122223333')).broadens).toBe(true);
  });

  test('broaden access if they change', () => {
    const diff = AccessDiff.between(accessAfter(bus('111122223333')), accessAfter(bus('*')));
    expect(lines(diff)).toEqual([`UNKNOWN templates: what is not read has changed: ${what}`]);
    expect(diff.broadens).toBe(true);
    expect(diff.changes[0].place).toEqual({ template: 'App', logicalId: 'Bus' });
  });

  test('broaden access if they are gone, because they may have denied something', () => {
    expect(lines(lostBy(bus('*')))).toEqual([`UNKNOWN templates: no longer there: ${what}`]);
    expect(lostBy(bus('*')).broadens).toBe(true);
  });

  test.each<[string, (value: string) => Change]>([
    ['a resource with a policy', (Name) => (resources) => resources.Bus = { Type: 'AWS::Oam::Sink', Properties: { Name, Policy: {} } }],
    ['a resource without a policy', (Name) => (resources) => resources.Bus = { Type: 'AWS::Oam::Sink', Properties: { Name } }],
  ])('are the same where only something else changes in %s', (_, change) => {
    expect(lines(AccessDiff.between(accessAfter(change('a')), accessAfter(change('b'))))).toEqual([]);
  });
});

const acl = (AccessControl: string): Change => ({ Reports }) => Reports.Properties = { AccessControl, OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } };

test.each<[string, Change, Change]>([
  ['a public access control list', acl('PublicRead'), acl('PublicReadWrite')],
  ['a policy of the stream of a table', ...['dynamodb:GetRecords', 'dynamodb:*'].map((Action): Change => (resources) => resources.Table = {
    Type: 'AWS::DynamoDB::Table', Properties: { StreamSpecification: { ResourcePolicy: { PolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action, Resource: '*' } } } } },
  }) as [Change, Change]],
  ['one of several inline policies with one name', ...['sqs:ListQueues', 'sqs:*'].map((Action): Change => ({ Reader }) => Reader.Properties.Policies.push({
    PolicyName: 'read', PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } },
  })) as [Change, Change]],
  ['a policy for a role that only the deployment knows', ...['sqs:ListQueues', 'sqs:*'].map((Action): Change => (resources, template) => {
    template.Parameters = { Name: { Type: 'String' } };
    resources.Reader.Properties.RoleName = 'reader';
    resources.Policy = { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: { Ref: 'Name' }, PolicyName: 'x', PolicyDocument: { Statement: { Effect: 'Allow', Action, Resource: '*' } } } };
  }) as [Change, Change]],
])('%s that changes may broaden access', (_, before, after) => {
  const diff = AccessDiff.between(accessAfter(before), accessAfter(after));
  expect(lines(diff)).toContainEqual(expect.stringMatching(/^UNKNOWN .*not known/));
  expect(diff.broadens).toBe(true);
  expect(AccessDiff.between(accessAfter(before), accessAfter(before)).broadens).toBe(false);
});

describe('parts of templates that are not read', () => {
  const macro = (topic: string): Change => (resources, template) => {
    template.Transform = 'MyMacro';
    resources.Topic = { Type: 'AWS::SNS::Topic', Properties: { DisplayName: topic } };
  };
  const loop = (action: string): Change => (resources, template) => {
    template.Transform = 'AWS::LanguageExtensions';
    resources['Fn::ForEach::Policies'] = ['Name', ['a'], { 'X${Name}': { Type: 'AWS::IAM::RolePolicy', Properties: { Action: action } } }];
  };
  const nested = (url: string): Change => (resources) => resources.Nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } };
  const included = (location: string): Change => (resources) => resources.Bus = { 'Type': 'AWS::SNS::Topic', 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: location } } };
  const wrongAssociation = (ServiceAccount: string): Change => (resources) => resources.Association = { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: 'prod', ServiceAccount } };

  test.each<[string, (content: string) => Change, string]>([
    ['a template with a macro', macro, 'transform'],
    ['a loop', loop, 'unread-resources'],
    ['a nested stack whose template is missing', nested, 'unread-nested-stack'],
    ['a resource with a macro', included, 'transform'],
    ['an association that cannot be read', wrongAssociation, 'unreadable-association'],
  ])('%s that changes may broaden access', (_, change, id) => {
    const diff = AccessDiff.between(accessAfter(change('a')), accessAfter(change('b')));
    expect(lines(diff)).toEqual([expect.stringContaining(`UNKNOWN templates: what is not read has changed: ${id}: `)]);
    expect(diff.broadens).toBe(true);
    expect(lines(AccessDiff.between(accessAfter(change('a')), accessAfter(change('a'))))).toEqual([]);
    expect(lines(lostBy(change('a')))).toEqual([expect.stringContaining(`UNKNOWN templates: no longer there: ${id}: `)]);
  });

  test('are the same where only metadata changes, or what the transform for serverless applications leaves alone', () => {
    const withMetadata = (path: string): Change => (resources, template) => {
      macro('a')(resources, template);
      resources.Topic.Metadata = { 'aws:asset:path': path };
    };
    const serverless = (topic: string): Change => (resources, template) => {
      macro(topic)(resources, template);
      template.Transform = 'AWS::Serverless-2016-10-31';
    };
    expect(lines(AccessDiff.between(accessAfter(withMetadata('a')), accessAfter(withMetadata('b'))))).toEqual([]);
    expect(lines(AccessDiff.between(accessAfter(serverless('a')), accessAfter(serverless('b'))))).toEqual([]);
  });

  test('are no difference if they are assumed to change nothing', () => {
    const assumed = (change: Change) => accessAfter(change).assume({ unreadPartsChangeNothing: true });
    expect(lines(AccessDiff.between(assumed(macro('a')), assumed(macro('b'))))).toEqual([]);
    expect(lines(AccessDiff.between(assumed(() => {}), assumed(loop('b'))))).toEqual([]);
  });
});
