import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { Resolver } from '../../../lib/verification/private/resolution/resolver';
import { equal } from '../../../lib/verification/private/values/pattern';
import { ResolvedMap } from '../../../lib/verification/private/values/resolved';
import { Text } from '../../../lib/verification/private/values/text';
import { complete, decide, DENIED, reader, UNKNOWN } from '../decisions/cases/questions';
import { allow, deny } from '../templates';

const PARAMETER_ARN = 'ssm:arn:aws:ssm:us-west-2:111122223333:parameter/env';
const template = (...values: unknown[]) => ({
  Parameters: { Version: { Type: 'String' }, Name: { Type: 'String' } },
  Resources: {
    ...Object.fromEntries(values.map((Value, i) => [`Topic${i}`, { Type: 'AWS::SNS::Topic', Properties: { TopicName: Value } }])),
    Secret: { Type: 'AWS::SecretsManager::Secret' },
  },
});
const resolverOf = (...templates: object[]) => new Resolver(Assembly.fromTemplates(Object.fromEntries(templates.map((body, i) => [`app${i}`, body]))));
const nameOf = (resolver: Resolver, logicalId: string, at = 0) => {
  const found = resolver.assembly.templates[at];
  return (resolver.resolve(found, found.body.Resources[logicalId].Properties) as ResolvedMap).get('TopicName') as Text;
};

describe('a dynamic reference', () => {
  test.each([
    ['ssm:/env', 'unknown'],
    ['ssm:/env:3', 'yes'],
    ['ssm-secure:/env:3', 'yes'],
    ['ssm:/env:${Version}', 'yes'],
    ['ssm:${Name}', 'unknown'],
    ['ssm:${Name}:3', 'yes'],
    [PARAMETER_ARN, 'unknown'],
    [`${PARAMETER_ARN}:3`, 'yes'],
    ['secretsmanager:env', 'unknown'],
    ['secretsmanager:env:SecretString:name', 'unknown'],
    ['secretsmanager:env:SecretString:name:AWSCURRENT', 'unknown'],
    ['secretsmanager:env:SecretString:name:AWSCURRENT:', 'unknown'],
    ['secretsmanager:env:SecretString:name::0123', 'yes'],
    ['secretsmanager:env:SecretString:::${Version}', 'yes'],
    ['secretsmanager:${Secret}:SecretString:name::0123', 'yes'],
    ['secretsmanager:${Secret}:SecretString:name', 'unknown'],
  ])('to %s in two resources: whether it is one value is %s, because a deployment resolves it again only for what it changes', (written, expected) => {
    const value = () => ({ 'Fn::Sub': `{{resolve:${written}}}` });
    const resolver = resolverOf(template(value(), value()), template(value()));
    expect(equal(nameOf(resolver, 'Topic0'), nameOf(resolver, 'Topic1'))).toBe(expected);
    expect(equal(nameOf(resolver, 'Topic0'), nameOf(resolver, 'Topic0', 1))).toBe(/[$]/.test(written) ? 'unknown' : expected);
  });

  test.each<[string, unknown]>([
    ['as it is', 'a-{{resolve:ssm:/env}}'],
    ['joined', { 'Fn::Join': ['', ['a-', '{{resolve:ssm:', '/env}}']] }],
    ['in a function', { 'Fn::Select': [0, ['a-{{resolve:ssm:/env}}', 'b']] }],
  ])('in the name of a resource, %s, is the same wherever the resource is referred to', (_, value) => {
    const resolver = resolverOf(template(value));
    const [app] = resolver.assembly.templates;
    const [reference, attribute] = [{ Ref: 'Topic0' }, { 'Fn::GetAtt': ['Topic0', 'TopicName'] }].map((from) => resolver.resolve(app, from) as Text);
    expect(equal(attribute, nameOf(resolver, 'Topic0'))).toBe('yes');
    expect(equal(reference, resolver.arnOf(app, 'Topic0')!)).toBe('yes');
  });

  test('that a nested stack gets as a parameter is the same in all of its resources', () => {
    const parent = { Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Env: '{{resolve:ssm:/env}}' } } } } };
    const nested = { Parameters: { Env: { Type: 'String' } }, Resources: Object.fromEntries(['A', 'B'].map((name) => [name, { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Env' } } }])) };
    const assembly = Assembly.fromTemplates({ parent, nested });
    const [outer, inner] = assembly.templates;
    Object.assign(inner, { parent: { template: outer, logicalId: 'Nested' } });
    const resolver = new Resolver(assembly);
    expect(equal(nameOf(resolver, 'A', 1), nameOf(resolver, 'B', 1))).toBe('yes');
  });
});

describe('a role', () => {
  const GET = 's3:GetObject';
  const objectsOf = (version = '') => `arn:aws:s3:::data-{{resolve:ssm:/env${version}}}/*`;
  const policyOf = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] });
  const denied = (version?: string) => ({
    ...reader([allow(GET, objectsOf(version))]),
    Denies: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: { Ref: 'Reader' }, PolicyName: 'denies', PolicyDocument: policyOf(deny(GET, objectsOf(version))) } },
  });
  test.each(complete([
    ['with a policy that denies a parameter without its version may be denied another value', denied(), UNKNOWN],
    ['with a policy that denies the same version is denied the same value', denied(':3'), DENIED],
    ['with two statements of its own has one value for both', reader([allow(GET, objectsOf()), deny(GET, objectsOf())]), DENIED],
  ]))('%s', (_, resources, expected) => {
    expect(decide(resources, { action: GET }).outcome).toBe(expected);
  });
});
