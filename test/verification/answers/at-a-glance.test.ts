import { accessAfter, Change } from '../diff/app';

const statement = (Action: string, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const policyOf = (...Statement: object[]) => ({ PolicyDocument: { Version: '2012-10-17', Statement } });

/** What the role Reader can do at a glance, after a change of its properties and of the template. */
function glance(change: (properties: any, template: any) => void): string[] {
  const onReader: Change = (resources, template) => {
    template.Parameters = { Stage: { Type: 'String' }, Size: { Type: 'String' } };
    template.Conditions = {
      IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      IsDev: { 'Fn::Not': [{ Condition: 'IsProd' }] },
      IsLarge: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] },
    };
    Object.assign(resources.Reader.Properties, { Policies: [], PermissionsBoundary: undefined });
    change(resources.Reader.Properties, template);
  };
  const [pods] = accessAfter(onReader).principals;
  const { roles: [{ atAGlance }], atAGlance: ofAll } = pods.row;
  expect(ofAll).toEqual(atAGlance);
  return atAGlance;
}

/** A policy of the role that the template has under a condition. */
const conditional = (Condition: string, ...statements: object[]) => (_: unknown, { Resources }: any) => Resources.Policy =
  { Type: 'AWS::IAM::Policy', Condition, Properties: { PolicyName: 'a', Roles: [{ Ref: 'Reader' }], ...policyOf(...statements) } };

describe('a policy with a condition of the template', () => {
  test('shows with its condition', () => {
    expect(glance(conditional('IsProd', statement('s3:PutObject')))).toEqual(['s3: PutObject, if IsProd (${Stage} is "prod")']);
    expect(glance(conditional('IsDev', statement('s3:PutObject')))).toEqual(['s3: PutObject, if IsProd (${Stage} is not "prod")']);
  });

  test('shows with its condition only, if another one matters to other policies', () => {
    const both = (properties: any, template: any) => {
      properties.Policies = [{ PolicyName: 'b', ...policyOf({ 'Fn::If': ['IsLarge', statement('sqs:SendMessage'), statement('sns:Publish')] }) }];
      conditional('IsProd', statement('s3:PutObject'))(properties, template);
    };
    expect(glance(both)).toEqual([
      'sqs: SendMessage, if IsLarge (${Size} is "large")', 's3: PutObject, if IsProd (${Stage} is "prod")', 'sns: Publish, if IsLarge (${Size} is not "large")',
    ]);
  });

  test('shows without it what the role can do in any case', () => {
    const both = (properties: any, template: any) => {
      properties.Policies = [{ PolicyName: 'b', ...policyOf(statement('s3:GetObject')) }];
      conditional('IsProd', statement('s3:GetObject'), statement('s3:PutObject'))(properties, template);
    };
    expect(glance(both)).toEqual(['s3: GetObject', 's3: PutObject, if IsProd (${Stage} is "prod")']);
  });

  test('shows that it depends on conditions, if one alone does not decide', () => {
    const either = (properties: any, { Conditions, Resources }: any) => {
      Conditions.IsBig = { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsLarge' }] };
      conditional('IsBig', statement('s3:PutObject'))(properties, { Resources });
    };
    expect(glance(either)).toEqual(['s3: PutObject, under some conditions']);
  });

  test.each<[string, object]>([
    ['AmazonS3ReadOnlyAccess', { ManagedPolicyArns: [{ 'Fn::If': ['IsProd', 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess', { Ref: 'AWS::NoValue' }] }] }],
    ['denied: s3:*', { Policies: [{ 'Fn::If': ['IsProd', { PolicyName: 'a', ...policyOf(statement('s3:*', { Effect: 'Deny' })) }, { Ref: 'AWS::NoValue' }] }] }],
    ['limited by permissions boundary PowerUserAccess', { PermissionsBoundary: { 'Fn::If': ['IsProd', 'arn:aws:iam::aws:policy/PowerUserAccess', { Ref: 'AWS::NoValue' }] } }],
  ])('is also shown for %s', (what, properties) => {
    expect(glance((own) => Object.assign(own, properties))).toEqual([`${what}, if IsProd (\${Stage} is "prod")`]);
  });
});

describe('what a role is denied', () => {
  test.each<[string, object]>([
    ['denied: s3:*', {}],
    ['denied in some cases: s3:*', { Resource: 'arn:aws:s3:::secret/*' }],
    ['denied in some cases: s3:*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    ['denied: all but s3:*', { Action: undefined, NotAction: 's3:*' }],
  ])('shows as %s with %p', (denied, more) => {
    const Deny = statement('s3:*', { Effect: 'Deny', ...more });
    expect(glance((own) => own.Policies = [{ PolicyName: 'a', ...policyOf(statement('s3:PutObject'), Deny) }])).toEqual(['s3: PutObject', denied]);
  });
});
