import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { ALLOW_ALL, messages, modelOf, modelOfApp, role, shown } from '../models';

const PARAMETERS = { Parameters: { Given: { Type: 'String' } } };

function policiesOf(resources: Parameters<typeof modelOf>[0], more?: object) {
  const { roles } = modelOf(resources, more);
  return shown(roles.find(({ label }) => label === 'Role')!.policies);
}

const attached = (Type: string, properties: object, PolicyDocument: unknown = ALLOW_ALL) => ({ Type, Properties: { PolicyDocument, ...properties } });
const S3 = 'iam::aws:policy/AmazonS3ReadOnlyAccess';

test('a role has its inline policies', () => {
  expect(policiesOf({ Role: role({ Policies: [{ PolicyName: 'all', PolicyDocument: ALLOW_ALL }] }) })).toEqual([{
    name: 'inline policy "all"',
    place: { template: 'stack', logicalId: 'Role', path: 'Properties.Policies[0].PolicyDocument' },
    document: ALLOW_ALL,
  }]);
});

test.each<[string, object, string]>([
  ['AWS::IAM::Policy', { PolicyName: 'all', Roles: [{ Ref: 'Role' }] }, 'inline policy "all"'],
  ['AWS::IAM::RolePolicy', { PolicyName: 'all', RoleName: { Ref: 'Role' } }, 'inline policy "all"'],
  ['AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'Role' }] }, 'managed policy Attached'],
])('a policy of type %s is one of the role that it names, and of no other', (type, properties, name) => {
  const model = modelOf({ Role: role(), Other: role(), Attached: attached(type, properties) });
  const place = { template: 'stack', logicalId: 'Attached', path: 'Properties.PolicyDocument' };
  expect(shown(model.roles.map(({ policies }) => policies))).toMatchObject([[{ name, place, document: ALLOW_ALL }], []]);
});

test('a role and a policy can name each other by a literal name', () => {
  expect(policiesOf({ Role: role({ RoleName: 'reader' }), Policy: attached('AWS::IAM::Policy', { PolicyName: 'all', Roles: ['reader', 'writer'] }) }))
    .toMatchObject([{ document: ALLOW_ALL }]);
});

test('the name of a role is not distinguished by case', () => {
  expect(policiesOf({ Role: role({ RoleName: 'reader' }), Policy: attached('AWS::IAM::RolePolicy', { PolicyName: 'all', RoleName: 'Reader' }) }))
    .toMatchObject([{ document: ALLOW_ALL }]);
});

test.each<[string, ReturnType<typeof role>, unknown]>([
  ['its reference', role(), { Ref: 'Role' }],
  ['its name', role({ RoleName: 'reader' }), 'reader'],
  ['its path and name', role({ RoleName: 'reader', Path: '/tenants/' }), 'tenants/reader'],
])('a policy that AWS Budgets may attach to a role, by %s, is unknown', (_, Role, name) => {
  const Definition = { IamActionDefinition: { PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll', Roles: [name] } };
  const resources = { Role, Other: role(), Action: { Type: 'AWS::Budgets::BudgetsAction', Properties: { ActionType: 'APPLY_IAM_POLICY', Definition } } };
  const { roles } = modelOf(resources);
  expect(shown(roles.map(({ policies }) => policies))).toMatchObject([[{ unknown: 'AWS Budgets attaches it when the budget of Action is exceeded' }], []]);
});

test('a role names managed policies of the templates and of AWS', () => {
  expect(policiesOf({
    Role: role({ ManagedPolicyArns: [{ Ref: 'Own' }, `arn:aws:${S3}`, { 'Fn::GetAtt': 'Own.PolicyArn' }] }),
    Own: attached('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'own' }),
  })).toMatchObject([
    { name: 'managed policy own', document: ALLOW_ALL },
    { name: 'AmazonS3ReadOnlyAccess', place: { path: 'Properties.ManagedPolicyArns[1]' }, document: { Statement: [{ Action: 's3:Get*' }] } },
    { name: 'managed policy own', document: ALLOW_ALL },
  ]);
});

test('in a stack without region, the managed policies of AWS are those of the partition aws, and a finding says so', () => {
  const model = modelOf({ Role: role({ ManagedPolicyArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:${S3}` }] }) });
  expect(shown(model.roles[0].policies)).toMatchObject([{ name: 'AmazonS3ReadOnlyAccess', document: { Statement: [{ Action: 's3:Get*' }] } }]);
  expect(messages(model, 'partition-assumed')).toEqual([expect.stringMatching(/^a stack has no region, so its partition is unknown: AWS managed policies are/)]);
});

test.each<[string, unknown, string]>([
  ['another partition', `arn:aws-cn:${S3}`, `arn:aws-cn:${S3} is not known`],
  ['a managed policy that is not in the templates', 'arn:aws:iam::123456789012:policy/x', 'managed policy arn:aws:iam::123456789012:policy/x is not in the templates'],
  ['a parameter', { Ref: 'Given' }, 'managed policy ${Given} is not in the templates'],
])('the policy of %s is unknown', (_, arn, unknown) => {
  const model = modelOf({ Role: role({ ManagedPolicyArns: [arn] }) }, PARAMETERS);
  expect(model.roles[0].policies).toEqual([expect.objectContaining({ unknown })]);
  expect(messages(model, 'unknown-managed-policy')).toEqual([unknown]);
});

test('a list of managed policies that is a parameter is unknown', () => {
  expect(policiesOf({ Role: role({ ManagedPolicyArns: { Ref: 'Given' } }) }, { Parameters: { Given: { Type: 'CommaDelimitedList' } } }))
    .toEqual([expect.objectContaining({ unknown: expect.any(String) })]);
});

test('a policy whose role is known only at deployment may be a policy of each role', () => {
  expect(policiesOf({ Role: role(), Policy: attached('AWS::IAM::Policy', { PolicyName: 'all', Roles: [{ Ref: 'Given' }] }) }, PARAMETERS)).toEqual([{
    name: 'inline policy "all"',
    place: expect.objectContaining({ logicalId: 'Policy' }),
    unknown: 'it is attached to role ${Given}, which may be Role',
    unread: expect.anything(),
  }]);
});

test('a policy of a role that is not in the templates is not one of a role with a generated name', () => {
  expect(policiesOf({ Role: role(), Policy: attached('AWS::IAM::Policy', { PolicyName: 'all', Roles: ['imported'] }) })).toEqual([]);
});

test('a role has its permissions boundary', () => {
  const model = modelOf({
    Bounded: role({ PermissionsBoundary: { Ref: 'Boundary' } }),
    ByAws: role({ PermissionsBoundary: `arn:aws:${S3}` }),
    Unknown: role({ PermissionsBoundary: 'arn:aws:iam::123456789012:policy/x' }),
    Without: role(),
    Boundary: attached('AWS::IAM::ManagedPolicy', {}),
  });
  expect(shown(model.roles.flatMap(({ boundary }) => boundary ?? []))).toMatchObject([
    { document: ALLOW_ALL }, { name: 'AmazonS3ReadOnlyAccess' }, { unknown: expect.stringContaining('is not in the templates') },
  ]);
  expect(model.roles.find(({ label }) => label === 'Without')!.boundary).toBeUndefined();
});

test('a broken policy is unknown', () => {
  expect(policiesOf({ Role: role({ Policies: ['text', { PolicyName: 'empty' }] }) })).toEqual([
    { name: 'inline policy "0"', place: expect.anything(), unknown: 'it is not JSON at character 1', unread: 'text' },
    { name: 'inline policy "empty"', place: expect.anything(), unknown: 'it has no document' },
  ]);
});

describe('a policy that names a role by a literal, in a stack without an account,', () => {
  const inStacks = (name: string) => {
    const app = new App();
    new CfnResource(new Stack(app, 'A', { env: { account: '111122223333' } }), 'Role', { type: 'AWS::IAM::Role', properties: role({ RoleName: 'reader' }).Properties });
    const { Type, Properties } = attached('AWS::IAM::RolePolicy', { PolicyName: 'all', RoleName: name });
    new CfnResource(new Stack(app, 'B'), 'Policy', { type: Type, properties: Properties });
    return shown(modelOfApp(app).roles[0].policies);
  };

  test('may be a policy of the role with this name', () => {
    expect(inStacks('reader')).toEqual([expect.objectContaining({ name: 'inline policy "all"', unknown: 'it is attached to role reader, which may be Role' })]);
  });

  test('is not one of a role with another name', () => {
    expect(inStacks('writer')).toEqual([]);
  });
});

describe('two inline policies with one name, of which IAM keeps one,', () => {
  const DENY_ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };
  const policy = (PolicyName: unknown, document: object = DENY_ALL) => attached('AWS::IAM::RolePolicy', { PolicyName, RoleName: { Ref: 'Role' } }, document);
  const Role = role({ Policies: [{ PolicyName: 'all', PolicyDocument: ALLOW_ALL }] });
  const why = 'the role Role has several policies with the name of inline policy "all", of which IAM keeps only one';

  test('are unknown, and a finding says so', () => {
    const model = modelOf({ Role, Policy: policy('all') });
    expect(shown(model.roles[0].policies)).toEqual([expect.objectContaining({ name: 'inline policy "all"', unknown: why })]);
    expect(messages(model, 'same-policy-name')).toEqual([`${why}: give each its own name`]);
  });

  test.each<[string, unknown]>([
    ['only the deployment knows', { Ref: 'Name' }],
    ['differs by case only', 'All'],
  ])('are unknown if a name %s', (_, name) => {
    const { roles: [{ policies }] } = modelOf({ Role, Policy: policy(name) }, { Parameters: { Name: { Type: 'String' } } });
    expect(shown(policies)).toEqual([expect.objectContaining({ unknown: expect.stringMatching(/^the role Role has several policies that may have one name, such as inline policy "all" and /) })]);
  });

  test('may be in another role, which may be this one', () => {
    const Named = role({ RoleName: 'reader', Policies: [{ PolicyName: 'all', PolicyDocument: ALLOW_ALL }] });
    const Policy = attached('AWS::IAM::RolePolicy', { PolicyName: 'all', RoleName: { Ref: 'Name' } }, DENY_ALL);
    const { roles: [{ policies }] } = modelOf({ Named, Policy }, { Parameters: { Name: { Type: 'String' } } });
    expect(shown(policies)).toEqual([expect.objectContaining({ unknown: 'the role Named has several policies with the name of inline policy "all", of which IAM keeps only one' })]);
  });

  test.each<[string, unknown, unknown]>([
    ['with another name', 'all', 'other'],
    ['with another end', { 'Fn::Sub': '${AWS::StackName}-all' }, { 'Fn::Sub': '${AWS::StackName}-other' }],
    ['with a part that CloudFormation generates', 'all', { 'Fn::Sub': 'read-${Role}' }],
  ])('but not %s', (_, one, other) => {
    const Own = role({ Policies: [{ PolicyName: one, PolicyDocument: ALLOW_ALL }] });
    expect(policiesOf({ Role: Own, Policy: policy(other) })).toHaveLength(2);
  });

  test('but not a managed policy with this name', () => {
    expect(policiesOf({ Role, Policy: attached('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'all', Roles: [{ Ref: 'Role' }] }) })).toHaveLength(2);
  });
});
