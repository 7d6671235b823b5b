import * as fc from 'fast-check';
import { ResourceIndex, separatorsOf } from '../../../lib/verification/private/assignments/resource-index';
import { arnTexts } from '../../../lib/verification/private/evaluation/arn';
import { Resource } from '../../../lib/verification/private/model/resource';
import { typesWith } from '../../../lib/verification/private/resource-types/declarations';
import { equal, Pattern } from '../../../lib/verification/private/values/pattern';
import { Text } from '../../../lib/verification/private/values/text';
import { ALLOWED, decide, DENIED, reader, shown, UNKNOWN } from '../decisions/cases/questions';
import { allow } from '../templates';
import { text } from '../texts';

const resource = (type: string, arn: string): Resource => ({ type, arn: text(arn), account: Text.of('1'), policies: [], place: { template: 'stack', logicalId: 'R' } });
const at = (service: string, name: string) => `arn:aws:${service}:us-west-2:111122223333:${name}`;

test.each([
  ['AWS::S3::Bucket', 'arn:aws:s3:::data', 'arn:aws:s3:::data/a/b'],
  ['AWS::S3::Bucket', 'arn:aws:s3:::<<name|:/>>', 'arn:aws:s3:::<<name|:/>>/a'],
  ['AWS::DynamoDB::Table', at('dynamodb', 'table/t'), at('dynamodb', 'table/t/index/i')],
  ['AWS::DynamoDB::Table', at('dynamodb', 'table/t'), at('dynamodb', 'table/t/stream/2026')],
  ['AWS::Lambda::Function', at('lambda', 'function:f'), at('lambda', 'function:f:1')],
  ['AWS::SNS::Topic', at('sns', 't'), at('sns', 't:2a')],
  ['AWS::Logs::LogGroup', at('logs', 'log-group:/a'), at('logs', 'log-group:/a:log-stream:s/1')],
  ['AWS::Logs::LogGroup', at('logs', 'log-group:/a'), at('logs', 'log-group:/a:*')],
  ['AWS::ECR::Repository', at('ecr', 'repository/a'), at('ecr', 'repository/a')],
])('a resource of type %s, %s, has the part %s', (type, arn, part) => {
  expect(new ResourceIndex([resource(type, arn)]).find(text(part))?.type).toBe(type);
});

test.each([
  ['AWS::S3::Bucket', 'arn:aws:s3:::data', 'arn:aws:s3:::data2/a'],
  ['AWS::ECR::Repository', at('ecr', 'repository/a'), at('ecr', 'repository/a/b')],
  ['AWS::ECR::Repository', at('ecr', 'repository/<<name>>'), at('ecr', 'repository/<<name>>/b')],
  ['AWS::SSM::Parameter', at('ssm', 'parameter/a'), at('ssm', 'parameter/a/b')],
  ['AWS::IAM::Role', 'arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/a/b'],
  ['AWS::Logs::LogGroup', at('logs', 'log-group:/a'), at('logs', 'log-group:/a/b')],
  ['AWS::Logs::LogGroup', at('logs', 'log-group:/a'), at('logs', 'log-group:/a/b:log-stream:s')],
  ['AWS::SQS::Queue', at('sqs', 'q'), at('sqs', 'q:1')],
])('a resource of type %s, %s, does not have the part %s, which is another resource', (type, arn, other) => {
  expect(new ResourceIndex([resource(type, arn)]).find(text(other))).toBeUndefined();
});

test('it is known of each type of resources with an ARN what can be a part of them', () => {
  const services = typesWith('format').map(([, { arn }]) => arnTexts(Text.of(arn.replace(/\$\{[^}]*\}/g, 'x')))![2].literal!);
  const unlisted = separatorsOf(Text.of(at('of-the-future', 'x')));
  expect([...new Set(services)].filter((service) => separatorsOf(Text.of(at(service, 'x'))).length === unlisted.length)).toEqual([]);
});

describe('a resource whose ARN begins with that of another', () => {
  const PULL = 'ecr:BatchGetImage';
  const denial = { Version: '2012-10-17', Statement: { Effect: 'Deny', Principal: '*', Action: 'ecr:*' } };
  const repository = (policy?: object) => ({ Repository: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'a', RepositoryPolicyText: policy } } });
  const asked = { action: PULL, resource: at('ecr', 'repository/a/b') };

  test('has a policy of its own', () => {
    expect(shown(decide({ ...reader([allow(PULL)]), ...repository(denial) }, asked))).toBe(UNKNOWN);
    expect(shown(decide({ ...reader([allow(PULL)]), ...repository(denial) }, { ...asked, resource: at('ecr', 'repository/a') }))).toBe(DENIED);
    expect(shown(decide({ ...reader(), ...repository() }, asked))).toBe(UNKNOWN);
  });

  test('is not among those without a policy if the other is', () => {
    expect(shown(decide(reader([allow(PULL)]), { ...asked, resourcesWithoutPolicy: [at('ecr', 'repository/a')] }))).toBe(UNKNOWN);
    expect(shown(decide(reader([allow(PULL)]), { ...asked, resourcesWithoutPolicy: [at('ecr', 'repository/a*')] }))).toBe(ALLOWED);
  });

  test('does not have its tags', () => {
    const target = { Target: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'a', AssumeRolePolicyDocument: {}, Tags: [{ Key: 'team', Value: 'x' }] } } };
    const tagged = reader([allow('iam:UpdateRole', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'x' } } })]);
    const ask = (name: string) => shown(decide({ ...tagged, ...target }, { action: 'iam:UpdateRole', resource: `arn:aws:iam::111122223333:role/${name}` }));
    expect([ask('a'), ask('a/b')]).toEqual([ALLOWED, UNKNOWN]);
  });

  test('is not asked about if the question names no resource', () => {
    const grant = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/other' }, Action: PULL } };
    expect(shown(decide({ ...reader(), ...repository(grant) }, { action: PULL }))).toBe(DENIED);
    const secret = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 's' } };
    const policy = { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId: { Ref: 'Secret' }, ResourcePolicy: grant } };
    expect(shown(decide({ ...reader(), Secret: secret, Policy: policy }, { action: 'secretsmanager:GetSecretValue' }))).toBe(DENIED);
  });
});

describe('the resource that is found', () => {
  const STARTS = ['arn:aws:s3:::a', 'arn:<<P|:>>:s3:::<<X|/:>>', 'arn:aws:sns:r:1:a', 'arn:aws:ecr:r:1:a', 'arn:aws:secretsmanager:r:1:secret:a', 'arn:<<Y>>'];
  const ENDS = ['', '', '/', '/*', ':', ':a', '/a/b', 'a', '<<X|/:>>', '<<Y>>', '-??????', '-a1b2c3'];
  const someArn = fc.tuple(fc.constantFrom(...STARTS), fc.constantFrom(...ENDS), fc.constantFrom(...ENDS)).map((parts) => text(parts.join('')));
  const someResource = fc.tuple(someArn, fc.constantFrom('AWS::S3::Bucket', 'AWS::SecretsManager::Secret')).map(([arn, type]) => ({ ...resource(type, ''), arn }));

  /** Looks at all resources, one after the other. */
  function findSlowly(resources: readonly Resource[], asked: Text): Resource | undefined {
    const serviceOf = (arn: Text) => arnTexts(arn)?.[2]?.literal;
    const ofService = resources.filter(({ arn }) => serviceOf(arn) === serviceOf(asked));
    const matches = (patterns: readonly Pattern[]) => Pattern.join(patterns).matches(asked) === 'yes';
    const exact = (parts: Text['parts']) => parts.map((part) => Pattern.exact(Text.ofPart(part)));
    return ofService.find(({ arn }) => equal(arn, asked) === 'yes') ?? ofService.find(({ type, arn }) => (type === 'AWS::SecretsManager::Secret'
      ? matches([...exact(arn.parts.slice(0, -1)), Pattern.glob(Text.of('??????'))])
      : separatorsOf(arn).some((separator) => matches([Pattern.exact(arn), Pattern.glob(Text.of(`${separator}*`))]))));
  }

  test('is the first with the ARN, or else the first with a part that has it', () => {
    let found = 0;
    fc.assert(fc.property(fc.array(someResource, { minLength: 1, maxLength: 8 }), someArn, fc.constantFrom(...ENDS), (resources, other, end) => {
      const asked = end === '/' ? other : Text.join([resources[0].arn, text(end)]);
      const expected = findSlowly(resources, asked);
      found += Number(expected !== undefined);
      expect(new ResourceIndex(resources).find(asked)).toBe(expected);
    }), { numRuns: 2_000 });
    expect(found).toBeGreaterThan(200);
  });
});
