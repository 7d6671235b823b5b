import { spawnSync } from 'node:child_process';
import { Aws, CfnParameter, Fn, Lazy, SecretValue, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { CompletedText, CompletedTextProps } from '../../lib/private/completed-text';
import { IN_POLICY, IN_QUOTES, IN_SINGLE_QUOTES } from '../../lib/private/escapes';
import { deployed, OREGON } from '../deployed';
import { hostile, HOSTILE } from '../hostile';
import { newStack } from '../stacks';

const stack = newStack();
const parameter = new CfnParameter(stack, 'Title').valueAsString;
const other = new CfnParameter(stack, 'Other').valueAsString;
const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;

function written(value: unknown, props: Partial<CompletedTextProps> = {}, write = JSON.stringify as (marked: unknown) => string): unknown {
  let text: unknown;
  stack.resolve(Lazy.uncachedAny({
    produce: (context) => {
      const completed = new CompletedText({ escapes: IN_QUOTES, ...props });
      text = completed.complete(write(completed.marked('it', context.resolve(value, { allowIntrinsicKeys: true }))));
      return 'done';
    },
  }));
  return text;
}

const withValues = (text: unknown, ...[Title, Other = '']: string[]) => deployed(stack, text, { ...OREGON, parameters: { Title, Other, Count: '3' } });

test('a text without tokens stays as it is', () => {
  expect(written({ a: '${x} {{ y }}', b: [1, true, null] })).toBe('{"a":"${x} {{ y }}","b":[1,true,null]}');
});

test('a text in the template reads like the deployed one', () => {
  const issuer = { 'Fn::Select': [1, { 'Fn::Split': ['//', { Ref: 'Title' }] }] };
  expect(written({ [Fn.select(1, Fn.split('//', parameter))]: `arn:${Aws.PARTITION}:\${aws:username}` }, { known: { Issuer: { value: issuer, isPlain: true } } })).toEqual({
    'Fn::Sub': ['{"${Issuer}":"arn:${AWS::Partition}:$\\u007baws:username}"}', { Issuer: issuer }],
  });
});

test('a key that looks like a key token of the CDK is a literal', () => {
  expect(written({ $IntrinsicKey$0: ['a', 'b'] })).toBe('{"$IntrinsicKey$0":["a","b"]}');
});

test('a known value that is not plain can be part of a key, and is escaped', () => {
  const text = written({ [`${parameter}:sub`]: 1 }, { known: { Issuer: { value: { Ref: 'Title' }, isPlain: false } } });
  expect(text).toMatchObject({ 'Fn::Sub': ['{"${Issuer}:sub":1}', {}] });
  expect(JSON.parse(withValues(text, '":1,"a'))).toEqual({ '":1,"a:sub': 1 });
});

test('a value is escaped for JSON, and its variable is named after what it refers to', () => {
  const { 'Fn::Sub': [text, variables] } = written({ a: parameter, b: `${parameter}/${other}` }) as any;
  expect(text).toBe('{"a":"${Title}","b":"${Title}/${Other}"}');
  expect(Object.keys(variables)).toEqual(['Title', 'Other']);
});

test.each(HOSTILE)('in JSON, the value %j changes nothing but itself', (value) => {
  const text = written({ 'before': { a: parameter }, 'list': [`{{${parameter}}}`, '${x}'], 'after ${x}': other });
  expect(JSON.parse(withValues(text, value, 'o'))).toEqual({ 'before': { a: value }, 'list': [`{{${value}}}`, '${x}'], 'after ${x}': 'o' });
});

test('no value and no two adjacent values can end a string or become a dynamic reference', () => {
  const text = written({ a: `${parameter}${other}`, b: `{{${parameter}` });
  fc.assert(fc.property(hostile, hostile, (one, two) => {
    const json: string = withValues(text, one, two);
    expect(json).not.toContain('{{resolve:');
    expect(JSON.parse(json)).toEqual({ a: one + two, b: `{{${one}` });
  }), { numRuns: 500 });
});

test('in an IAM policy, no value and no two adjacent values become a policy variable or a wildcard', () => {
  const text = written({ a: `${parameter}${other}` }, { escapes: IN_POLICY });
  fc.assert(fc.property(hostile, hostile, (one, two) => {
    const { a } = JSON.parse(withValues(text, one, two));
    expect(a.replace(/\$\{[$*?]\}/g, '')).not.toMatch(/\$\{|[*?]/);
    expect(a.replace(/\$\{([$*?])\}/g, '$1')).toBe(one + two);
  }), { numRuns: 500 });
});

test('in a shell, every value is one word', () => {
  const text = written(`${parameter}${other}`, { escapes: IN_SINGLE_QUOTES }, (marked) => `printf %s '${marked}'`);
  for (const value of HOSTILE) {
    const script: string = withValues(text, value, 'o');
    expect(script).not.toContain('{{resolve:');
    expect(spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stdout).toBe(`${value}o`);
  }
});

test('a condition can choose between strings', () => {
  const text = written({ a: Fn.conditionIf('Met', parameter, Fn.conditionIf('Other', 'two', count)) });
  expect(JSON.parse(withValues(text, '"one"'))).toEqual({ a: '"one"' });
});

test('a number becomes a string, unless it is safe', () => {
  expect(JSON.parse(withValues(written({ a: count }), ''))).toEqual({ a: '3' });
  expect(JSON.parse(withValues(written({ a: count }, { isSafeNumber: () => true }), ''))).toEqual({ a: 3 });
});

test.each(['${', '${x', '${!x}', '${!x', '${x "', '${a-${b}}', '${}', '$${x}', '${Title}', '${Dollar}', '${x}}'])('the literal %j stays the same next to a value', (literal) => {
  const text = written({ [literal]: literal, title: parameter });
  expect(JSON.parse(withValues(text, 'title'))).toEqual({ [literal]: literal, title: 'title' });
});

test('two values with the same name have different variables', () => {
  const title = new CfnParameter(new Stack(stack, 'Nested'), 'Title').valueAsString;
  const { 'Fn::Sub': [text, variables] } = written({ a: Fn.select(0, list), b: Fn.select(1, list), c: title, d: parameter }, { known: { Title: { value: { Ref: 'Issuer' }, isPlain: true } } }) as any;
  expect(text).toBe('{"a":"${Value}","b":"${Value2}","c":"${Title2}","d":"${Title2}"}');
  expect(Object.keys(variables)).toEqual(['Value', 'Value2', 'Title2']);
});

describe('fails for', () => {
  type Failing = [what: string, value: unknown, props: Partial<CompletedTextProps>, message: string];

  test.each<Failing>([
    ['a list', { a: list }, {}, 'it.a cannot be a list that is known only at deployment: write the list in the app; its items can be tokens, such as Fn.select(0, list)'],
    ['a key', { [parameter]: 1 }, {}, 'it cannot have a key that is known only at deployment, because it could replace another key: use a literal'],
    ['a number that is not safe', { a: count }, { isSafeNumber: () => false },
      'it.a cannot be a number that is known only at deployment, unless it is the value of a CfnParameter of type Number in this stack: CloudFormation validates only these numbers'],
    ['a nested list', { a: [[list]] }, {}, 'it.a[0][0] cannot be a list that is known only at deployment'],
    ...[[3, 5], [true, false], [['a'], ['b']], [{ b: 'c' }, 'd'], ['a', Aws.NO_VALUE], [Fn.conditionIf('Met', 'a', 1), 'b']].map(([yes, no]): Failing => [
      `a choice between ${JSON.stringify(stack.resolve(yes))} and ${JSON.stringify(stack.resolve(no))}`, { a: Fn.conditionIf('Met', yes, no) }, {},
      'it.a cannot use Fn.conditionIf unless each branch is a string, because CloudFormation cannot insert other values into text',
    ]),
    ['an intrinsic function as plain data', { a: { Ref: 'Title' } }, {}, 'it.a cannot be an intrinsic function written as plain data: convert it to a token with Token.asString'],
    ['a secret', { a: SecretValue.secretsManager('mine').unsafeUnwrap() }, {},
      'it.a cannot contain a secret or another dynamic reference, because CloudFormation does not escape its value: read the value where it is used'],
    ['a part of a secret', { a: `x${SecretValue.ssmSecure('mine').unsafeUnwrap()}${parameter}` }, {},
      'it.a cannot contain a secret or another dynamic reference, because CloudFormation does not escape its value: read the value where it is used'],
    ['a $ directly before a token', { a: `$${parameter}` }, {}, 'it.a cannot have a $ directly before a token, because together they could start a variable: put another character between them'],
    ['the marks that CompletedText uses internally', { a: '\uE000' }, {}, 'it.a cannot contain the private-use characters U+E000 to U+E003'],
  ])('%s', (_, value, props, message) => {
    expect(() => written(value, props)).toThrow(message);
  });
});
