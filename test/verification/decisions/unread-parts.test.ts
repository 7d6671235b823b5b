import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const { PodAccess } = verification;
const ROLES = { Objects: objects(account('app', 'Role')), Role: accountRole('default:app', allow('sqs:ListQueues')) };
const read = (resources: object, sections?: object) => PodAccess.fromTemplates(clusterTemplate({ ...ROLES, ...resources }, sections));
const transformed = (Type: string, properties: object = {}) => ({ X: { Type, Properties: { ...properties, 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } } } });

const UNREAD: Array<[string, object, object | undefined, string]> = [
  ['a macro', {}, { Transform: 'MyMacro' }, 'has the transform MyMacro'],
  ['serverless resources', {}, { Transform: 'AWS::Serverless-2016-10-31' }, 'has the transform AWS::Serverless-2016-10-31'],
  ['a loop', { 'Fn::ForEach::Policies': ['Name', ['a'], {}] }, { Transform: 'AWS::LanguageExtensions' }, 'Fn::ForEach::Policies of stack makes resources at deployment'],
  ['a missing nested stack', { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Role: { Ref: 'Role' } } } } }, undefined, 'The template of the nested stack Nested of stack is not in the assembly'],
  ['a macro in a resource', { X: { 'Type': 'AWS::SNS::Topic', 'Fn::Transform': {} } }, undefined, 'X of stack has a transform'],
  ['a macro in a policy', transformed('AWS::IAM::RolePolicy'), undefined, 'the properties of X'],
  ['a macro next to the properties of a policy', transformed('AWS::IAM::RolePolicy', { RoleName: { Ref: 'Role' } }), undefined, 'the properties of X'],
  ['a macro in an association', transformed('AWS::EKS::PodIdentityAssociation'), undefined, 'the properties of X'],
  ['a macro in a nodegroup', transformed('AWS::EKS::Nodegroup'), undefined, 'the properties of X'],
  ['a macro in an add-on', transformed('AWS::EKS::Addon'), undefined, 'the properties of X'],
  ['a macro in a bucket policy', transformed('AWS::S3::BucketPolicy'), undefined, 'the properties of X'],
  ['an association without a role', { X: { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: 'prod', Namespace: 'default', ServiceAccount: 'app' } } }, undefined, 'the association X cannot be read'],
];

describe.each(UNREAD)('with %s, which is not read,', (_, resources, sections, why) => {
  const access = read(resources, sections);
  const missing = expect.arrayContaining([expect.stringContaining(why)]);

  test('nothing is certain about pods', () => {
    for (const action of ['sqs:ListQueues', 's3:ListAllMyBuckets']) {
      const decision = access.pod({ serviceAccountName: 'app' }).decide(action);
      expect([decision.outcome, decision.outcomeByDefault, decision.missing]).toEqual(['UNKNOWN', 'UNKNOWN', missing]);
    }
    expect(access.pod({ serviceAccountName: 'app' }).row.roles.map(({ isCertain }) => isCertain)).toEqual([false]);
  });

  test('nothing is certain about a trust policy', () => {
    const trust = access.trustOfRole('Role');
    const decision = trust.decideToken({ serviceAccountName: 'app' });
    expect([decision.outcome, decision.provider, decision.missing]).toEqual(['UNKNOWN', 'UNKNOWN', missing]);
    expect(() => trust.assertAdmits('default', 'app')).toThrow(why);
    expect(() => trust.assertAdmitsOnly('default', 'app')).toThrow('must admit default/app, but might not');
  });

  test('you can assume that it changes nothing', () => {
    const assumed = access.assume({ unreadPartsChangeNothing: true }).assume({});
    const decision = assumed.pod({ serviceAccountName: 'app' }).decide('sqs:ListQueues');
    expect([decision.outcome, decision.missing]).toEqual(['ALLOWED', []]);
    expect(`${decision}`).toContain('Assumed: macros, loops and other parts of the templates that cannot be read change no access');
    assumed.trustOfRole('Role').assertAdmits('default', 'app');
  });
});
