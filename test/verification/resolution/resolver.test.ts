import FINDINGS from './findings.cases.json';
import INTRINSICS from './intrinsics.cases.json';
import { shown } from './shown';
import { Assembly } from '../../../lib/verification/private/assembly/assembly';
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
  expect(equal(of('A'), Text.of('arn:aws:s3:::logs'))).toBe('unknown');
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
  [{ Type: 'String', AllowedPattern: '[\\w"]+' }, '"a/', ''],
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
