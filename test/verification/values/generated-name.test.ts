import { GeneratedName, NamedFor } from '../../../lib/verification/private/values/generated-name';
import { equal, Pattern } from '../../../lib/verification/private/values/pattern';
import { Text } from '../../../lib/verification/private/values/text';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const ROLE: NamedFor = { logicalId: 'PodRole', stackName: 'data-prod', isOfStack: true };
const LONG: NamedFor = { ...ROLE, logicalId: 'CustomS3AutoDeleteObjectsCustomResourceProviderRole3B1BD092' };
const SECRET: NamedFor = { logicalId: 'Password', stackName: 'data' };

test.each<[string, string, NamedFor]>([
  ['the documented form', 'data-prod-PodRole-1ABCDEFGHIJK2', ROLE],
  ['letters of both cases', 'data-prod-PodRole-aBcDeFgHiJkL', ROLE],
  ['lower case, as of buckets', 'data-prod-podrole-abcdefghijk1', ROLE],
  ['a logical ID that is shortened to the limit', 'data-prod-CustomS3AutoDeleteObjectsCustomResourceP-1ABCDEFGHIJK2', LONG],
  ['a stack that is shortened to the limit', 'eksctl-production-nodegroup-general-purp-PodRole-1ABCDEFGHIJK2', { ...ROLE, stackName: 'eksctl-production-nodegroup-general-purpose-2' }],
  ['any stack, if its name is not known', 'eksctl-prod-nodegroup-ng-PodRole-1ABCDEFGHIJK2', { ...ROLE, stackName: undefined }],
  ['a nested stack', 'data-prod-Nested-1ABCDEFGHIJK2-PodRole-1ABCDEFGHIJK2', { ...ROLE, isNested: true }],
  ['the name of a FIFO queue', 'data-prod-PodRole-1ABCDEFGHIJK2.fifo', { ...ROLE, isOfStack: false }],
  ['the name of a secret', 'Password-a2bcd3EFghIJ', SECRET],
  ['the name of a parameter', 'CFN-Password-a2bcd3EFghIJ', SECRET],
  ['a logical ID that is shortened to the limit of a domain', 'opensearchdomai-7onci0vrm6n5', { ...SECRET, logicalId: 'OpenSearchDomain85D65221' }],
  ['the name of a cluster', 'Password-0ae5bcf1c2a8436b9df7b0b7e0f2f5cd', SECRET],
])('a generated name may be a literal with %s', (_, literal, of) => {
  expect(new GeneratedName(of).mayBe(literal)).toBe(true);
  for (const end of literal.split('').keys()) {
    expect(new GeneratedName(of).mayStartWith(literal.slice(0, end + 1))).toBe(true);
  }
});

test.each<[string, string, NamedFor, boolean]>([
  ['nothing', '', ROLE, true],
  ['a part of the name of the stack', 'data-', ROLE, true],
  ['another name than that of the stack', 'corp-', ROLE, false],
  ['another logical ID', 'data-prod-Reader-', ROLE, false],
  ['another one in a nested stack', 'data-prod-Reader-', { ...ROLE, isNested: true }, true],
  ['anything, if the name of the stack is not known', 'corp-', { ...ROLE, stackName: undefined }, true],
  ['the logical ID', 'PodRole-', ROLE, false],
  ['the logical ID of a secret', 'Password-', SECRET, true],
  ['another name, if it is long', 'corp-', LONG, false],
])('a generated name may start with %s', (_, start, of, expected) => {
  expect(new GeneratedName(of).mayStartWith(start)).toBe(expected);
});

test.each<[string, string, NamedFor]>([
  ['no random characters', 'data-prod-PodRole', ROLE],
  ['few random characters', 'data-prod-PodRole-v2', ROLE],
  ['another logical ID', 'data-prod-Reader-1ABCDEFGHIJK2', ROLE],
  ['a part of the logical ID, although it is short', 'data-prod-Pod-1ABCDEFGHIJK2', ROLE],
  ['another stack', 'logs-prod-PodRole-1ABCDEFGHIJK2', ROLE],
  ['a part of the name of the stack, although it is short', 'data-PodRole-1ABCDEFGHIJK2', ROLE],
  ['more than the name of the stack, which is not nested', 'data-prod-eu-PodRole-1ABCDEFGHIJK2', ROLE],
  ['no stack', 'PodRole-1ABCDEFGHIJK2', ROLE],
  ['the account', 'reports-111122223333', ROLE],
  ['a path', 'prod/password', SECRET],
])('a generated name is no literal with %s', (_, literal, of) => {
  expect(new GeneratedName(of).mayBe(literal)).toBe(false);
});

test.each<[string, string, NamedFor, boolean]>([
  ['in an ARN', 'arn:aws:iam::111122223333:role/data-prod-PodRole-1ABCDEFGHIJK2', ROLE, true],
  ['in an ARN, before the suffix of the service', 'arn:aws:secretsmanager:us-west-2:111122223333:secret:Password-a2bcd3EFghIJ-AbCdEf', SECRET, true],
  ['in a domain', 'curl https://data-prod-podrole-abcdefghijk1.s3.amazonaws.com/setup.sh', ROLE, true],
  ['not as a part of a word', 'see old-data-prod-podrole-abcdefghijk1', ROLE, false],
])('a text may have a generated name %s', (_, text, of, expected) => {
  expect(new GeneratedName(of).mayBeIn(text)).toBe(expected);
});

const NAME = Text.unknown(new Unknown('Role', { label: 'Role', excludes: '/:*?', differsWithin: 'roles', generatedName: new GeneratedName(ROLE) }));
const SUFFIX = Text.unknown(new Unknown('Suffix', { label: 'Suffix' }));
const GENERATED = Text.of('data-prod-PodRole-1ABCDEFGHIJK2');

test.each<[string, Text[], Text[], string]>([
  ['one of its form', [NAME], [GENERATED], 'unknown'],
  ['another one', [NAME], [Text.of('reader')], 'no'],
  ['one of its form in an ARN', [Text.of('arn:role/'), NAME], [Text.of('arn:role/'), GENERATED], 'unknown'],
  ['another one in an ARN', [Text.of('arn:role/'), NAME], [Text.of('arn:role/reader')], 'no'],
  ['one of its form before something else', [NAME, Text.of('/x')], [GENERATED, Text.of('/x')], 'unknown'],
  ['another one before something else', [NAME, Text.of('/x')], [Text.of('reader/x')], 'no'],
  ['one of its form before a suffix', [NAME, Text.of('-'), SUFFIX], [GENERATED, Text.of('-AbCdEf')], 'unknown'],
  ['another one before a suffix', [NAME, Text.of('-'), SUFFIX], [Text.of('reader-AbCdEf')], 'no'],
  ['one of its form that ends with something unknown', [NAME], [Text.of('data-prod-'), SUFFIX], 'unknown'],
  ['another one that ends with something unknown', [NAME], [Text.of('reader-'), SUFFIX], 'no'],
  ['one that starts with something unknown', [NAME], [SUFFIX, Text.of('-reader')], 'unknown'],
  ['one that is unknown', [NAME], [SUFFIX], 'unknown'],
  ['another one in lower case', [NAME.toLowerCase()], [Text.of('reader')], 'no'],
])('a generated name compared with %s', (_, one, other, expected) => {
  expect(equal(Text.join(one), Text.join(other))).toBe(expected);
  expect(equal(Text.join(other), Text.join(one))).toBe(expected);
});

test.each<[string, string, Text[], string]>([
  ['the start of another name', 'arn:role/corp-*', [Text.of('arn:role/'), NAME], 'no'],
  ['the start of another name and one character', 'arn:role/corp-?', [Text.of('arn:role/'), NAME], 'no'],
  ['the start of another name, before a suffix', 'arn:role/corp-*/x', [Text.of('arn:role/'), NAME, Text.of('/x')], 'no'],
  ['its start', 'arn:role/data-*', [Text.of('arn:role/'), NAME], 'unknown'],
  ['any name', 'arn:role/*', [Text.of('arn:role/'), NAME], 'yes'],
  ['any start', 'arn:*-admin', [Text.of('arn:role/'), NAME], 'unknown'],
])('a pattern with %s matches a generated name', (_, pattern, text, expected) => {
  expect(Pattern.glob(Text.of(pattern)).matches(Text.join(text))).toBe(expected);
});
