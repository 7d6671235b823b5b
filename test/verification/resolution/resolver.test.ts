import FINDINGS from './findings.cases.json';
import INTRINSICS from './intrinsics.cases.json';
import { shown } from './shown';
import { CLOSED_RESOURCES } from '../../../lib/private/closed-resources';
import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { CLOSED } from '../../../lib/verification/private/resolution/closed-attributes';
import { Resolver } from '../../../lib/verification/private/resolution/resolver';
import { equal } from '../../../lib/verification/private/values/pattern';
import { Text } from '../../../lib/verification/private/values/text';
import APP from '../assembly/app.json';

const assembly = Assembly.fromTemplates(APP);
const [app] = assembly.templates;

test.each(INTRINSICS as unknown as Array<[string, unknown, unknown]>)('%s', (_, value, expected) => {
  const resolver = new Resolver(assembly, undefined, { parameters: { Assumed: 'a, b' } });
  expect(shown(resolver.resolve(app, value))).toEqual(expected);
  expect(resolver.findings).toEqual([]);
});

test.each(FINDINGS as unknown as Array<[string, unknown, string, string]>)('%s is a finding, and its value is unknown', (_, value, id, message) => {
  const resolver = new Resolver(assembly);
  const resolved = resolver.resolve(app, value);
  expect(resolver.findings).toContainEqual(expect.objectContaining({ id, message }));
  expect((resolved as Text).literal).toBeUndefined();
});

test('the same expression is the same symbol, and another is not', () => {
  const resolver = new Resolver(assembly);
  const of = (value: unknown) => resolver.resolve(app, value) as Text;
  const item = (name: string, i: number) => ({ 'Fn::Select': [i, { 'Fn::Split': [',', { Ref: name }] }] });
  expect(equal(of(item('Title', 1)), of(item('Title', 1)))).toBe('yes');
  expect(equal(of(item('Title', 1)), of(item('Title', 0)))).toBe('unknown');
  expect(equal(of(item('Title', 1)), of(item('WithDefault', 1)))).toBe('unknown');
});

test('what a macro returns is equal to nothing, because it can return another value each time', () => {
  const resolver = new Resolver(assembly);
  const of = () => resolver.resolve(app, { 'Fn::Transform': { Name: 'Mine' } }) as Text;
  expect(equal(of(), of())).toBe('unknown');
});

test('names of two resources of a type differ, and those of two types may be equal', () => {
  const resolver = new Resolver(Assembly.fromTemplates({ app: { Resources: { A: { Type: 'AWS::S3::Bucket' }, B: { Type: 'AWS::S3::Bucket' }, C: { Type: 'AWS::SQS::Queue' } } } }));
  const of = (logicalId: string) => resolver.arnOf(resolver.assembly.templates[0], logicalId)!;
  expect(equal(of('A'), of('B'))).toBe('no');
  expect(equal(of('A'), of('C'))).toBe('no');
  expect(equal(of('A'), Text.of('arn:aws:s3:::app-a-1abcdefghijk2'))).toBe('unknown');
  expect(equal(of('A'), Text.of('arn:aws:s3:::logs'))).toBe('no');
});

test('a finding says where in the template it is, with the path of the construct', () => {
  const template = { Resources: { R: { Type: 'T', Metadata: { 'aws:cdk:path': 'App/R' }, Properties: { Policies: [{ Name: { Ref: 'Nothing' } }] } } } };
  const resolver = new Resolver(Assembly.fromTemplates({ app: template }));
  resolver.resolve(resolver.assembly.templates[0], template.Resources.R.Properties);
  expect(resolver.findings.map(({ place }) => place)).toEqual([{ template: 'app', logicalId: 'R', path: 'Properties.Policies[0].Name', constructPath: 'App/R' }]);
});

test('parameters have the values that are assumed', () => {
  const resolver = new Resolver(assembly, undefined, { parameters: { Title: 'prod', List: 'a,b' } });
  expect(shown(resolver.resolve(app, [{ Ref: 'Title' }, { Ref: 'List' }, { 'Fn::If': ['IsProd', 'c', 'd'] }]))).toEqual(['prod', ['a', 'b'], 'c']);
});

test.each([
  [{ Type: 'Number' }, 'a1.-', '"/: '],
  [{ Type: 'String', AllowedPattern: '^[a-z0-9-]+$' }, 'a1-', 'A"/:'],
  [{ Type: 'String', AllowedPattern: '[\\w"]+' }, '"a', '\\/'],
  [{ Type: 'String', AllowedPattern: '^$|^(?:[a-z][a-z0-9]*\\.)+(com|net)\\d{2,}$' }, 'a1.', '"\\A/'],
  [{ Type: 'String', AllowedPattern: '[^"\\\\{]*' }, 'a1/', '"\\'],
  [{ Type: 'String', AllowedPattern: '[^"\\\\]*' }, '"\\', ''], // which can be a dynamic reference
  [{ Type: 'String', AllowedPattern: '[^a]+' }, '"\\a', ''],
  [{ Type: 'String', AllowedPattern: '[ -~]+' }, '"\\', ''],
  [{ Type: 'String', AllowedPattern: '\\S+' }, '"\\ ', ''],
  [{ Type: 'String', AllowedPattern: '(?!a)[a-z]+' }, '"\\', ''],
  [{ Type: 'String', AllowedPattern: '\\p{Alpha}+' }, '"\\', ''],
  [{ Type: 'String', AllowedPattern: '[a-z&&["]]+' }, '"\\', ''],
  [{ Type: 'String', AllowedPattern: '[^]a]+' }, '"\\', ''],
  [{ Type: 'String', AllowedPattern: '[]a]+' }, '"\\', ''],
  [{ Type: 'String', AllowedPattern: '\\x22' }, '"\\', ''],
  [{ Type: 'CommaDelimitedList', AllowedPattern: '[a-z]+' }, '"\\', ''],
  [{ Type: 'AWS::EC2::VPC::Id' }, 'a1-', '"\\/'],
  [{ Type: 'List<AWS::EC2::Subnet::Id>' }, 'a1-,', '"\\/'],
  [{ Type: 'AWS::EC2::KeyPair::KeyName' }, '"\\', ''],
  [{ Type: 'AWS::SSM::Parameter::Value<String>', AllowedPattern: '[a-z]+' }, '"\\', ''],
  [{ Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' }, '"\\', ''],
  [{ Type: 'String', AllowedPattern: '[a-z]+|.*' }, '"a/', ''],
  [{ Type: 'String', AllowedValues: ['dev', 'prod'] }, 'devpro', 'a"/'],
  [{ Type: 'String', AllowedPattern: '[z-a]+' }, '"a/', ''],
  [{ Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: ['/a', '/b'] }, 'x"\\', ''],
  [{ Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'x"', ''],
  [{ Type: 'String' }, 'a"\\', ''],
])('a parameter %j may contain %s, and never %s', (parameter, may, never) => {
  const resolver = new Resolver(Assembly.fromTemplates({ app: { Parameters: { P: parameter }, Resources: {} } }));
  const [unknown] = (resolver.resolve(resolver.assembly.templates[0], { Ref: 'P' }) as Text).unknowns;
  expect([...may].filter((character) => !unknown.mayContain(character))).toEqual([]);
  expect([...never].filter((character) => unknown.mayContain(character))).toEqual([]);
});

test.each([
  ['AWS::IAM::Role', { RoleName: { Ref: 'P' } }, false],
  ['AWS::IAM::Role', { RoleName: { 'Fn::Sub': 'node-${P}' } }, false],
  ['AWS::S3::Bucket', { BucketName: { 'Fn::Join': ['-', ['data', { 'Fn::Sub': ['${X}', { X: { Ref: 'P' } }] }]] } }, false],
  ['AWS::S3::Bucket', { BucketName: { 'Fn::Sub': ['${P}', { P: 'data' }] } }, true],
  ['AWS::S3::Bucket', { BucketName: { 'Fn::Select': [0, { 'Fn::Split': ['"', { Ref: 'P' }] }] } }, true],
  ['AWS::S3::Bucket', { BucketName: { 'Fn::If': ['C', { Ref: 'P' }, 'data'] } }, true],
  ['AWS::S3::Bucket', { 'BucketName': { Ref: 'P' }, 'Fn::Transform': { Name: 'Mine' } }, true],
  ['AWS::S3::Bucket', { BucketName: { 'Fn::Sub': '${!P}' } }, true],
  ['AWS::IAM::Role', { Path: { Ref: 'P' } }, true],
  ['AWS::EKS::Nodegroup', { NodegroupName: { Ref: 'P' } }, true],
])('whether a parameter in the name of an %s, %j, can have quotes is %s', (Type, Properties, expected) => {
  const of = (more: object) => {
    const resolver = new Resolver(Assembly.fromTemplates({
      app: { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'a'] } }, Resources: { R: { Type, Properties, ...more } } },
    }));
    return (resolver.resolve(resolver.assembly.templates[0], { Ref: 'P' }) as Text).unknowns[0];
  };
  expect(['"', '\\', '*'].map((character) => of({}).mayContain(character))).toEqual([expected, expected, expected]);
  expect(of({ Condition: 'C' }).mayContain('"')).toBe(true); // the resource is not in each deployment
});

describe('attributes', () => {
  const shownQuotes = (Type: string, attribute: string, Properties: object = {}) => {
    const resolver = new Resolver(Assembly.fromTemplates({ app: { Parameters: { P: { Type: 'String' } }, Resources: { R: { Type, Properties } } } }));
    const value = resolver.resolve(resolver.assembly.templates[0], attribute === 'Ref' ? { Ref: 'R' } : { 'Fn::GetAtt': ['R', attribute] }) as Text;
    return value.parts.some((part) => typeof part !== 'string' && (part.mayContain('"') || part.mayContain('\\')));
  };

  const all = Object.entries(CLOSED_RESOURCES).flatMap(([type, { attributes }]) => attributes.map((attribute) => [type, attribute] as const));
  test.each(all)('of %s whose characters AWS limits have no quotes: %s', (type, attribute) => {
    expect(shownQuotes(type, attribute)).toBe(false);
  });

  test.each<[string, string, object, boolean]>([
    ['AWS::EC2::SecurityGroup', 'Ref', {}, false],
    ['AWS::EC2::SecurityGroup', 'Ref', { GroupName: 'a' }, true],
    ['AWS::EC2::SecurityGroup', 'Ref', { 'Fn::Transform': { Name: 'Mine' } }, true],
    ['AWS::EC2::VPC', 'Ipv6CidrBlocks', {}, true],
    ['AWS::Custom::Thing', 'Arn', {}, true],
    ['AWS::MSK::Cluster', 'Arn', { ClusterName: { Ref: 'P' } }, true],
    ['AWS::SES::EmailIdentity', 'Ref', {}, true],
  ])('of %s: whether %s, with %j, can have quotes is %s', (type, attribute, properties, expected) => {
    expect(shownQuotes(type, attribute, properties)).toBe(expected);
  });

  test('of the proof are all among those of the constructs', () => {
    const closedFor = (type: string) => CLOSED_RESOURCES[type]?.attributes ?? [];
    expect(Object.entries(CLOSED).filter(([type, attributes]) => attributes.some((attribute) => !closedFor(type).includes(attribute)))).toEqual([]);
  });
});

test('a list of closed values that is joined is closed, but for the separator', () => {
  const resolver = new Resolver(Assembly.fromTemplates({ app: { Parameters: { P: { Type: 'List<AWS::EC2::Subnet::Id>' } }, Resources: {} } }));
  const joined = (separator: string) => (resolver.resolve(resolver.assembly.templates[0], { 'Fn::Join': [separator, { Ref: 'P' }] }) as Text).unknowns[0];
  expect([joined('/').mayContain('"'), joined('/').mayContain('/'), joined('"').mayContain('"')]).toEqual([false, true, true]);
});

test('a chain of thousands of references is a finding, not a crash', () => {
  const buckets = Array.from({ length: 20000 }, (_, i) => [`B${i}`, { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: `B${i + 1}` } } }]);
  const resolver = new Resolver(Assembly.fromTemplates({ app: { Resources: Object.fromEntries([...buckets, ['B20000', { Type: 'AWS::S3::Bucket' }]]) } }));
  expect((resolver.resolve(resolver.assembly.templates[0], { Ref: 'B0' }) as Text).literal).toBeUndefined();
  expect(resolver.findings).toContainEqual(expect.objectContaining({ id: 'too-deep' }));
});

test('a chain of thousands of conditions is a finding, not a crash', () => {
  const conditions = Array.from({ length: 20000 }, (_, i) => [`C${i}`, { 'Fn::Not': [{ Condition: `C${i + 1}` }] }]);
  const resolver = new Resolver(Assembly.fromTemplates({ app: { Conditions: Object.fromEntries([...conditions, ['C20000', { 'Fn::Equals': ['a', 'b'] }]]), Resources: {} } }));
  expect((resolver.resolve(resolver.assembly.templates[0], { 'Fn::If': ['C0', 'a', 'b'] }) as Text).literal).toBeUndefined();
  expect(resolver.findings).toContainEqual(expect.objectContaining({ id: 'too-deep' }));
});

test('conditions that are long and deep are a finding, not a crash', () => {
  const nested = (name: string) => Array.from({ length: 95 }).reduce<object>((inner) => ({ 'Fn::Not': [inner] }), { Condition: name });
  const conditions = Array.from({ length: 150 }, (_, i) => [`C${i}`, nested(`C${i + 1}`)]);
  const resolver = new Resolver(Assembly.fromTemplates({ app: { Conditions: Object.fromEntries([...conditions, ['C150', { 'Fn::Equals': ['a', 'b'] }]]), Resources: {} } }));
  expect((resolver.resolve(resolver.assembly.templates[0], { 'Fn::If': ['C0', 'a', 'b'] }) as Text).literal).toBeUndefined();
  expect(resolver.findings).toContainEqual(expect.objectContaining({ id: 'too-deep' }));
});

test.each(['a', '${AWS::StackId}'])('names that double %s again and again are a finding, not a crash', (first) => {
  const bucket = (BucketName: unknown) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } });
  const buckets = Array.from({ length: 40 }, (_, i) => [`B${i + 1}`, bucket({ 'Fn::Sub': `\${B${i}}\${B${i}}` })]);
  const resolver = new Resolver(Assembly.fromTemplates({ app: { Resources: Object.fromEntries([['B0', bucket({ 'Fn::Sub': first })], ...buckets]) } }));
  expect((resolver.resolve(resolver.assembly.templates[0], { Ref: 'B40' }) as Text).literal).toBeUndefined();
  expect(resolver.findings).toContainEqual(expect.objectContaining({ id: 'too-long', message: 'app: a text is longer than 1,000,000 characters, so it is unknown' }));
});
