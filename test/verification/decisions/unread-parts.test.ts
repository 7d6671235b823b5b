import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const { PodAccess } = verification;
const ROLES = { Objects: objects(account('app', 'Role')), Role: accountRole('default:app', allow('sqs:ListQueues')) };
const read = (resources: object, sections?: object) => PodAccess.fromTemplates(clusterTemplate({ ...ROLES, ...resources }, sections));
const transformed = (Type: string, properties: object = {}) => ({ X: { Type, Properties: { ...properties, 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } } } });

const UNREAD: Array<[string, object, object | undefined, string]> = [
  ['a macro', {}, { Transform: 'MyMacro' }, 'has the transform MyMacro'],
  ['a file that is included', {}, { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } }, 'has the transform AWS::Include'],
  ['serverless resources', { F: { Type: 'AWS::Serverless::Function' } }, { Transform: 'AWS::Serverless-2016-10-31' }, 'has the transform AWS::Serverless-2016-10-31'],
  ['a loop', { 'Fn::ForEach::Policies': ['Name', ['a'], {}] }, { Transform: 'AWS::LanguageExtensions' }, 'Fn::ForEach::Policies of stack makes resources at deployment'],
  ['a missing nested stack', { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Role: { Ref: 'Role' } } } } }, undefined, 'The template of the nested stack Nested of stack is not in the assembly'],
  ['a macro in a resource', { X: { 'Type': 'AWS::SNS::Topic', 'Fn::Transform': {} } }, undefined, 'X of stack has a transform'],
  ['a macro in a policy', transformed('AWS::IAM::RolePolicy'), undefined, 'the properties of X'],
  ['a macro next to the properties of a policy', transformed('AWS::IAM::RolePolicy', { RoleName: { Ref: 'Role' } }), undefined, 'the properties of X'],
  ['a macro in an association', transformed('AWS::EKS::PodIdentityAssociation'), undefined, 'the properties of X'],
  ['a macro in a nodegroup', transformed('AWS::EKS::Nodegroup'), undefined, 'the properties of X'],
  ['a macro in a public repository, whose actions are of another service than those of ECR', transformed('AWS::ECR::PublicRepository'), undefined, 'the properties of X'],
  ['a macro in an add-on', transformed('AWS::EKS::Addon'), undefined, 'the properties of X'],
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
    const trust = access.trustPolicyNamed('Role');
    const decision = trust.decideToken({ serviceAccountName: 'app' });
    expect([decision.outcome, decision.provider, decision.missing]).toEqual(['UNKNOWN', 'UNKNOWN', missing]);
    expect(() => trust.assertAdmits({ serviceAccountName: 'app' })).toThrow(why);
    expect(() => trust.assertAdmitsOnly({ serviceAccountName: 'app' })).toThrow('must admit default/app, but might not');
  });

  test('you can assume that it changes nothing', () => {
    const assumed = access.assume({ unreadPartsChangeNothing: true }).assume({});
    const decision = assumed.pod({ serviceAccountName: 'app' }).decide('sqs:ListQueues');
    expect([decision.outcome, decision.missing]).toEqual(['ALLOWED', []]);
    expect(`${decision}`).toContain('Assumed: macros, loops and other parts of the templates that cannot be read change no access');
    assumed.trustPolicyNamed('Role').assertAdmits({ serviceAccountName: 'app' });
  });
});

const SCHEDULE = { Schedule: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: 'db', HostedRotationLambda: { RotationType: 'PostgreSQLSingleUser' } } } };
const application = (ApplicationId: unknown, more: object = {}) =>
  ({ Rotation: { Type: 'AWS::Serverless::Application', Properties: { Location: { ApplicationId, SemanticVersion: '1.1.618' } }, ...more } });
const OF_AWS = 'arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotationSingleUser';
const OF_OTHERS = OF_AWS.replace('297356227824', '297356227825');
const SAM = 'AWS::Serverless-2016-10-31';
const mapped = (id: string) => ({ Transform: SAM, Mappings: { Apps: { 'aws': { id: OF_AWS }, 'aws-cn': { id } } } });
const FROM_MAP = application({ 'Fn::FindInMap': ['Apps', { Ref: 'AWS::Partition' }, 'id'] });

describe('a transform of AWS that only adds a function that rotates a secret', () => {
  test.each<[string, object, object]>([
    ['hosted by AWS Secrets Manager', SCHEDULE, { Transform: 'AWS::SecretsManager-2024-09-16' }],
    ['in the older form', SCHEDULE, { Transform: ['AWS::SecretsManager-2020-07-23'] }],
    ['of an application of AWS', application(OF_AWS), { Transform: SAM }],
    ['of an application of AWS by the partition', FROM_MAP, mapped(OF_AWS.replace('aws:', 'aws-cn:').replace('us-east-1:297356227824', 'cn-north-1:193023089310'))],
  ])('changes nothing for others: %s', (_, resources, sections) => {
    const access = read(resources, sections);
    expect(['sqs:ListQueues', 's3:ListAllMyBuckets', 'secretsmanager:GetSecretValue'].map((action) => outcomeOf(access, action))).toEqual(['ALLOWED', 'DENIED', 'DENIED']);
  });

  test.each<[string, object, object]>([
    ['hosted by AWS Secrets Manager', SCHEDULE, { Transform: 'AWS::SecretsManager-2024-09-16' }],
    ['of an application of AWS', application(OF_AWS), { Transform: SAM }],
  ])('gives its role to whoever can change its code: %s', (_, resources, sections) => {
    const access = read({ ...resources, Role: accountRole('default:app', allow('lambda:UpdateFunctionCode')) }, sections);
    const { outcome, missing } = access.pod({ serviceAccountName: 'app' }).decide('secretsmanager:GetSecretValue');
    expect([outcome, missing.join()]).toEqual(['UNKNOWN', expect.stringContaining('role Role may request lambda:UpdateFunctionCode')]);
  });

  test.each<[string, object, object]>([
    ['an application of somebody else', application(OF_OTHERS), { Transform: SAM }],
    ['an application that may be of somebody else', FROM_MAP, mapped(OF_OTHERS)],
    ['an application of AWS that does something else', application(OF_AWS.replace(/SecretsManager.*/, 'hello-world')), { Transform: SAM }],
    ['an application that only the deployment knows', application({ Ref: 'Id' }), { Transform: SAM, Parameters: { Id: { Type: 'String', Default: OF_AWS } } }],
    ['an application by a map with a default', application({ 'Fn::FindInMap': ['Apps', 'aws', 'id', { DefaultValue: OF_OTHERS }] }), mapped(OF_AWS)],
    ['an application with connectors', application(OF_AWS, { Connectors: { C: { Properties: { Destination: { Id: 'B' }, Permissions: ['Write'] } } } }), { Transform: SAM }],
    ['another transform besides', application(OF_AWS), { Transform: [SAM, 'MyMacro'] }],
  ])('is not %s', (_, resources, sections) => expect(outcomeOf(read(resources, sections), 's3:ListAllMyBuckets')).toBe('UNKNOWN'));
});

const ofMacro = (Type: string) => ({ X: { Type, Properties: { 'Fn::Transform': { Name: 'MyMacro' } } } });
const outcomeOf = (access: verification.PodAccess, action: string, options?: verification.AccessOptions) => access.pod({ serviceAccountName: 'app' }).decide(action, options).outcome;

describe('what is not read of a resource with a policy of its own', () => {
  const access = read(ofMacro('AWS::S3::BucketPolicy'));

  test('changes only decisions about its service', () => {
    expect(outcomeOf(access, 'sqs:ListQueues')).toBe('ALLOWED');
    expect(outcomeOf(access, 'sqs:DeleteQueue')).toBe('DENIED');
    expect(outcomeOf(access, 's3:GetObject')).toBe('UNKNOWN');
    expect(outcomeOf(access, 's3:ListAllMyBuckets')).toBe('DENIED'); // no policy of a bucket is about it
    expect(outcomeOf(access, 'S3:GetObject', { resource: 'arn:aws:s3:::a/b' })).toBe('UNKNOWN');
    expect(access.pod({ serviceAccountName: 'app' }).row.roles.map(({ isCertain }) => isCertain)).toEqual([true]);
    access.trustPolicyNamed('Role').assertAdmits({ serviceAccountName: 'app' });
  });

  test('changes every decision if it may let everyone write what the next deployment includes', () => {
    const included = read(transformed('AWS::S3::BucketPolicy'));
    expect(['sqs:DeleteQueue', 's3:ListAllMyBuckets'].map((action) => outcomeOf(included, action))).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(outcomeOf(included.assume({ changesNothing: ['stack/X'] }), 'sqs:DeleteQueue')).toBe('DENIED');
  });

  test('does not let anyone write what is included if it is of another service', () => {
    expect(outcomeOf(read(transformed('AWS::SNS::TopicPolicy')), 'sqs:DeleteQueue')).toBe('DENIED');
  });

  test('is a finding that names its scope and the way out', () => {
    const message = 'the properties of X are not an object that can be read: they are left out. It can change decisions about actions of s3, and about what these actions lead to. '
      + 'If it changes nothing: changesNothing: ["stack/X"]';
    expect(access.findings.map((finding) => finding.message)).toContain(message);
    expect(access.pod({ serviceAccountName: 'app' }).decide('s3:GetObject').missing).toContain(message);
  });

  test('is still a finding if you state that it changes nothing, without the way out', () => {
    const message = 'the properties of X are not an object that can be read: they are left out. You have stated that it changes nothing';
    expect(access.assume({ changesNothing: ['stack/X'] }).findings.map((finding) => finding.message)).toContain(message);
  });
});

test('what is not read of one cluster changes nothing in another', () => {
  const outcomeWith = (cluster: string) => {
    const X = { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: cluster, Namespace: 'default', ServiceAccount: 'app' } };
    const Cluster = { Type: 'AWS::EKS::Cluster', Properties: { Name: 'own' } };
    return read({ Cluster, X }).pod({ serviceAccountName: 'app', cluster: 'own', definedElsewhere: true }).decide('sqs:DeleteQueue').missing.join('; ');
  };
  expect(outcomeWith('own')).toContain('It can change decisions about pods of cluster own. If it changes nothing: changesNothing: ["stack/X"]');
  expect(outcomeWith('other')).not.toContain('stack/X');
});

describe('you can state by its place that one part changes nothing', () => {
  const access = read({ ...transformed('AWS::IAM::RolePolicy'), Y: { 'Type': 'AWS::SNS::Topic', 'Fn::Transform': {} } });

  test('and others still count', () => {
    expect(outcomeOf(access.assume({ changesNothing: ['stack/X'] }), 'sqs:ListQueues')).toBe('UNKNOWN');
    const decision = access.assume({ changesNothing: ['stack/X'] }).assume({ changesNothing: ['stack/Y'] }).pod({ serviceAccountName: 'app' }).decide('sqs:ListQueues');
    expect(decision.outcome).toBe('ALLOWED');
    expect(`${decision}`).toContain('Assumed: stack/X, which is not read, changes no access; stack/Y, which is not read, changes no access');
  });

  test.each([
    [access, 'stack/Z', 'changesNothing names stack/Z, but the templates have nothing there that is not read: '],
    [read({}), 'stack/X', 'changesNothing names stack/X, but the templates have nothing there that is not read: remove it'],
    [read({ Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: 'own' } } }), 'stack/Chart', 'changesNothing names stack/Chart, but what is not read there makes no answer UNKNOWN: omit it'],
  ])('but not where there is none', (some, place, message) => {
    expect(() => some.assume({ changesNothing: [place] })).toThrow(message);
  });

  test('with the path of its construct, if the template has it', () => {
    const X = { ...transformed('AWS::IAM::RolePolicy').X, Metadata: { 'aws:cdk:path': 'Stack/Policy/Resource' } };
    expect(outcomeOf(read({ X }).assume({ changesNothing: ['Stack/Policy/Resource'] }), 'sqs:ListQueues')).toBe('ALLOWED');
  });

  test('with its name, if it is a macro of a whole template', () => {
    expect(outcomeOf(read({}, { Transform: 'MyMacro' }).assume({ changesNothing: ['stack'] }), 'sqs:ListQueues')).toBe('ALLOWED');
  });
});
