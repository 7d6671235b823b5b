import { App, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, deny, objects } from '../templates';

const { PodAccess } = verification;
const BUCKET = 'arn:aws:s3:::bucket';
const read = (resources: object, sections?: object) => PodAccess.fromTemplates(clusterTemplate({ Objects: objects(account('app', 'Role')), ...resources }, sections));
const readInOregon = (resources: object) => read(resources).assume({ parameters: { 'AWS::Region': 'us-west-2' } });
const podWith = (...statements: object[]) => read({ Role: accountRole('default:app', ...statements) }).pod({ serviceAccountName: 'app' });
const bucket = (statement?: object) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bucket' } },
  ...statement && { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Version: '2012-10-17', Statement: [statement] } } } },
});

describe('without a resource, a denial is about every resource that a policy could allow:', () => {
  test.each<[string, object[], string]>([
    ['nothing is allowed', [], 'DENIED'],
    ['another action', [allow('s3:GetObject')], 'DENIED'],
    ['everything', [allow('s3:*')], 'ALLOWED'],
    ['everything but some', [{ Effect: 'Allow', Action: 's3:*', NotResource: `${BUCKET}/secret/*` }], 'UNKNOWN'],
    ['all actions but some', [{ Effect: 'Allow', NotAction: 's3:PutObject', Resource: '*' }, { Effect: 'Deny', NotAction: 's3:*', Resource: '*' }], 'DENIED'],
    ['all actions but some, so that stacks can be changed', [{ Effect: 'Allow', NotAction: ['s3:PutObject', 'sts:*', 'iam:*'], Resource: '*' }], 'UNKNOWN'],
    ['all actions but some, so that other roles can be assumed, and permissions raised', [{ Effect: 'Allow', NotAction: 's3:PutObject', Resource: '*' }], 'UNKNOWN'],
    ['one object', [allow('s3:PutObject', `${BUCKET}/one`)], 'UNKNOWN'],
    ['what another statement denies', [allow('s3:*', `${BUCKET}/*`), deny('s3:Put*')], 'DENIED'],
    ['what another statement denies in part', [allow('s3:*', `${BUCKET}/*`), deny('s3:*', `${BUCKET}/secret/*`)], 'UNKNOWN'],
    ['what another statement denies by resource', [allow('s3:*', `${BUCKET}/secret/*`), deny('s3:*', `${BUCKET}/secret/*`)], 'DENIED'],
    ['a condition that does not hold', [allow('s3:*', '*', { Condition: { StringEquals: { 'aws:PrincipalAccount': 'none' } } })], 'DENIED'],
  ])('%s', (_, statements, expected) => {
    expect(podWith(...statements).decide('s3:PutObject').outcome).toBe(expected);
  });

  test.each([`${BUCKET}/*`, `${BUCKET}/reports/*`])('a policy of a bucket, on %s', (resource) => {
    const statement = { Effect: 'Allow', Action: 's3:PutObject', Principal: { AWS: arnOf('Role') }, Resource: resource };
    const pod = readInOregon({ Role: accountRole('default:app'), ...bucket(statement) }).pod({ serviceAccountName: 'app' });
    expect(pod.decide('s3:PutObject').outcome).toBe(resource === `${BUCKET}/*` ? 'ALLOWED' : 'UNKNOWN');
    expect(pod.decide('s3:GetObject').outcome).toBe('DENIED');
  });
});

describe('a resource', () => {
  test.each<[string, object, string | undefined, string]>([
    ['of the templates without a policy', bucket(), undefined, 'ALLOWED'],
    ['of the templates whose policy denies it', bucket({ Effect: 'Deny', Action: 's3:*', Principal: '*', Resource: `${BUCKET}/*` }), undefined, 'DENIED'],
    ['outside the templates', {}, undefined, 'UNKNOWN'],
    ['outside the templates, which is assumed to have no policy', {}, `${BUCKET}/*`, 'ALLOWED'],
    ['outside the templates, while another one is assumed to have no policy', {}, 'arn:aws:s3:::other/*', 'UNKNOWN'],
  ])('%s', (_, resources, assumed, expected) => {
    const access = readInOregon({ Role: accountRole('default:app', allow('s3:GetObject', `${BUCKET}/*`)), ...resources });
    const decision = (assumed ? access.assume({ resourcesWithoutPolicy: [assumed] }) : access).pod({ serviceAccountName: 'app' }).decide('s3:GetObject', { resource: `${BUCKET}/key` });
    expect(decision.outcome).toBe(expected);
    expect(decision.missing).toEqual(expected === 'UNKNOWN' ? expect.arrayContaining([`the policy of ${BUCKET}/key`]) : []);
    expect(decision.toString()).toContain(`Assumed: ${assumed ? `${assumed} has no resource policy; ` : ''}the value of parameter AWS::Region`);
  });

  test('is needed to prove that something is allowed, unless the action takes none', () => {
    expect(() => podWith(allow('s3:*')).assertAllowed('s3:GetObject')).toThrow('assertAllowed needs a resource for s3:GetObject, such as arn:${Partition}:s3:::${BucketName}/${ObjectName}');
    podWith(allow('s3:*')).assertAllowed('s3:ListAllMyBuckets');
  });

  test('with tokens needs the stack', () => {
    expect(() => podWith().decide('s3:GetObject', { resource: Fn.ref('Bucket') })).toThrow('a value contains a token: pass a literal, or use PodAccess.fromStack, which resolves tokens');
  });
});

describe('a resource with a wildcard stands for all that match', () => {
  const ask = (allowed: string) => readInOregon({ ...bucket(), Role: accountRole('default:app', allow('s3:GetObject', `${BUCKET}/${allowed}`)) })
    .pod({ serviceAccountName: 'app' }).decide('s3:GetObject', { resource: `${BUCKET}/reports/*` }).outcome;
  test.each([['*', 'ALLOWED'], ['reports/*', 'ALLOWED'], ['reports/one', 'UNKNOWN'], ['reports/*/one', 'UNKNOWN'], ['other/*', 'DENIED']])('if %s is allowed', (allowed, expected) => {
    expect(ask(allowed)).toBe(expected);
  });
});

describe('a resource that a statement is about only in part', () => {
  const ask = (resource: string | undefined, ...statements: object[]) =>
    readInOregon({ ...bucket(), Role: accountRole('default:app', ...statements) }).pod({ serviceAccountName: 'app' }).decide('s3:GetObject', { resource });
  const all = `${BUCKET}/*`;

  test.each<[string, string | undefined, object[], string]>([
    ['allowed on some', all, [allow('s3:GetObject', `${BUCKET}/a/*`)], `a statement allows it on ${BUCKET}/a/*, not certainly on all of ${all}`],
    ['allowed on some of several', all, [allow('s3:GetObject', [`${BUCKET}/a/*`, `${BUCKET}/b?`, 'arn:aws:s3:::other/*'])],
      `a statement allows it on ${BUCKET}/a/* and ${BUCKET}/b?, not certainly on all of ${all}`],
    ['denied on some', all, [allow('s3:GetObject', all), deny('s3:GetObject', `${BUCKET}/secret/*`)], `a statement denies it on ${BUCKET}/secret/*, not certainly on all of ${all}`],
    ['allowed on all but some', all, [{ Effect: 'Allow', Action: 's3:GetObject', NotResource: `${BUCKET}/secret/*` }],
      `a statement allows it on all resources but ${BUCKET}/secret/*, not certainly on all of ${all}`],
    ['allowed on all but some, of every resource', undefined, [{ Effect: 'Allow', Action: 's3:GetObject', NotResource: `${BUCKET}/secret/*` }],
      `a statement allows it on all resources but ${BUCKET}/secret/*, not certainly on every resource`],
  ])('is what the answer depends on: %s', (_, resource, statements, expected) => {
    const decision = ask(resource, ...statements);
    expect([decision.outcome, decision.missing]).toEqual(['UNKNOWN', [expected]]);
    expect(`${decision}`).toContain(`\n  - ${expected}\n`);
    expect(`${decision}`).toContain(`it is not certainly about ${resource === undefined ? 'every resource' : `all of ${resource}`}`);
    expect(`${decision}`).not.toContain('${*}');
  });

  test('with a policy variable in it depends on the variable, too', () => {
    const pattern = `${BUCKET}/\${aws:PrincipalTag/team}/*`;
    expect(ask(all, allow('s3:GetObject', pattern)).missing).toEqual([expect.stringMatching(/^aws:PrincipalTag\/team$/i), `a statement allows it on ${pattern}, not certainly on all of ${all}`]);
  });

  test('is not said to be only a part of itself', () => {
    const pattern = `${BUCKET}/\${aws:PrincipalTag/team}/*`;
    const decision = ask(undefined, allow('s3:GetObject', pattern));
    expect([decision.outcome, decision.missing]).toEqual(['UNKNOWN', [expect.stringMatching(/^aws:PrincipalTag\/team$/i)]]);
  });

  test('is not said to be only a part of itself if it depends on what a wildcard matches', () => {
    const pattern = `${BUCKET}/*/x`;
    const decision = ask(undefined, allow('s3:GetObject', pattern));
    expect([decision.outcome, decision.missing]).toEqual(['UNKNOWN', [pattern]]);
  });

  test('is shown as a pattern where its policy is not known', () => {
    expect(podWith(allow('s3:GetObject', `${BUCKET}/a/*`)).decide('s3:GetObject').missing).toContain(`the policy of ${BUCKET}/a/*`);
  });
});

describe('an assumption about something that the templates do not have', () => {
  test.each<[string, verification.AccessAssumptions, string]>([
    ['a parameter', { parameters: { 'AWS::Regoin': 'us-west-2' } }, 'assume names the parameter AWS::Regoin, which is not in the templates: the templates have AWS::Region, AWS::AccountId'],
    ['a resource', { attributes: { 'Rol.Arn': 'arn' } }, 'assume names the resource Rol, which is not in the templates: the templates have Role'],
  ])('fails for %s, because it would change nothing', (_, assumptions, message) => {
    expect(() => read({ Role: accountRole('default:app') }).assume(assumptions)).toThrow(message);
  });
});

describe('the condition keys of a request', () => {
  const pod = podWith(allow('sqs:ListQueues', '*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }));

  test('are unknown unless you state them, and so is the answer', () => {
    const decision = pod.decide('sqs:ListQueues');
    expect([decision.outcome, decision.missing]).toEqual(['UNKNOWN', [expect.stringMatching(/aws:sourceip/i)]]);
    expect(() => pod.assertAllowed('sqs:ListQueues')).toThrow('but that is UNKNOWN');
    expect(() => pod.assertDenied('sqs:ListQueues')).toThrow('but that is UNKNOWN');
  });

  test('can be given, for one question or for all', () => {
    pod.assertAllowed('sqs:ListQueues', { context: { 'aws:SourceIp': ['10.1.2.3'] } });
    pod.assertDenied('sqs:ListQueues', { context: { 'aws:SourceIp': ['11.1.2.3'] } });
    const access = read({ Role: accountRole('default:app', allow('sqs:ListQueues', '*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })) });
    access.assume({ context: { 'aws:SourceIp': ['10.1.2.3'] } }).pod({ serviceAccountName: 'app' }).assertAllowed('sqs:ListQueues');
  });
});

describe('the conditions of a template', () => {
  const sections = { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } };
  const { Properties } = accountRole('default:app', allow('sqs:ListQueues'));
  const none = { Ref: 'AWS::NoValue' };
  const access = read({ Role: { Type: 'AWS::IAM::Role', Properties: { ...Properties, Policies: { 'Fn::If': ['IsProd', Properties.Policies, none] } } } }, sections);

  test('make an answer that depends on them unknown, and the answer names them', () => {
    const decision = access.pod({ serviceAccountName: 'app' }).decide('sqs:ListQueues');
    expect([decision.outcome, decision.outcomeByDefault]).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(decision.missing).toEqual(expect.arrayContaining([
      'with IsProd (${Stage} is "prod"), the outcome is ALLOWED', 'with IsProd (${Stage} is not "prod"), the outcome is DENIED',
    ]));
  });

  test('are not named in an answer that does not depend on them', () => {
    const ifLarge = (value: unknown) => ({ 'Fn::If': ['IsLarge', value, none] });
    const resources = {
      Role: { Type: 'AWS::IAM::Role', Properties: { ...Properties, Policies: { 'Fn::If': ['IsProd', Properties.Policies, none] }, ManagedPolicyArns: [ifLarge('arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess')] } },
    };
    const { missing } = read(resources, {
      Parameters: { ...sections.Parameters, Size: { Type: 'String' } }, Conditions: { ...sections.Conditions, IsLarge: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] } },
    }).pod({ serviceAccountName: 'app' }).decide('sqs:ListQueues');
    expect(missing.filter((text) => text.startsWith('with '))).toEqual([
      'with IsProd (${Stage} is "prod"), the outcome is ALLOWED', 'with IsProd (${Stage} is not "prod"), the outcome is DENIED',
    ]);
  });

  test('make no difference to another answer, or with a parameter that is assumed', () => {
    access.pod({ serviceAccountName: 'app' }).assertDenied('s3:ListAllMyBuckets');
    access.assume({ parameters: { Stage: 'prod' } }).pod({ serviceAccountName: 'app' }).assertAllowed('sqs:ListQueues');
    access.assume({ parameters: { Stage: 'dev' } }).pod({ serviceAccountName: 'app' }).assertDenied('sqs:ListQueues');
  });

  test('are those of an app, too', () => {
    const stack = new Stack(new App(), 'Stack');
    const isProd = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Stage'), 'prod') });
    const ofAnyone = new iam.Role(stack, 'Role', { assumedBy: new iam.AnyPrincipal() });
    (ofAnyone.node.defaultChild as iam.CfnRole).cfnOptions.condition = isProd;
    expect(PodAccess.fromStack(stack).trustPolicyOf(ofAnyone).statements).toHaveLength(1);
  });
});
