import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import { example, takes } from './judged';
import { checkManagedPolicies, checkRoleDescription, checkRoleName, checkRolePath } from '../../lib/private/iam-names';
import { newStack } from '../stacks';

test.each(['a', 'A', '_', 'reader_+=,.@-0', 'a'.repeat(64)])('a role can have the name "%s"', (name) => {
  checkRoleName('roleName', name);
});

test.each([
  ['', 'use at least one letter or digit'],
  ['a b', 'for example "a-b"'],
  ['pods/reader', 'for example "pods-reader"'],
  ['a:b', 'for example "a-b"'],
  ['Zoë', 'for example "Zo-"'],
  ['a\n', 'for example "a-"'],
  ['a'.repeat(65), 'remove 1 of its 65 characters'],
])('fails for the name %j of a role', (name, mended) => {
  expect(() => checkRoleName('roleName', name)).toThrow(new Error(
    `roleName is ${JSON.stringify(name)}, but must be 1 to 64 letters, digits and characters from _+=,.@-: ${mended}`));
});

test.each(['/', '/pods/', '/a/b/', '/~!/', `/${'a'.repeat(510)}/`])('a role can have the path "%s"', (path) => {
  checkRolePath('path', path);
});

test.each([
  ['', 'for example "/"'],
  ['//', 'for example "/"'],
  ['pods', 'for example "/pods/"'],
  ['/pods', 'for example "/pods/"'],
  ['pods/', 'for example "/pods/"'],
  ['/my pods/', 'for example "/my-pods/"'],
  ['/\u007F/', 'for example "/-/"'],
  ['/ä/', 'for example "/-/"'],
  ['/a/\n', 'for example "/a/-/"'],
  ['a'.repeat(511), `for example "/${'a'.repeat(510)}/"`],
  [`/${'a'.repeat(511)}/`, 'remove 1 of its 513 characters'],
])('fails for the path %j of a role', (path, mended) => {
  expect(() => checkRolePath('path', path)).toThrow(new Error(
    `path is ${JSON.stringify(path)}, but must be / or 3 to 512 printable ASCII characters without spaces, with / first and last: ${mended}`));
});

test.each(['', 'a', 'for a\n\tÿ¡~', 'a'.repeat(1000)])('a role can have the description %j', (description) => {
  checkRoleDescription('description', description);
});

test('fails for a description of more than 1,000 characters', () => {
  expect(() => checkRoleDescription('description', 'a'.repeat(1001))).toThrow(new Error(
    'the length of description is 1001, but must be at most 1000 characters: shorten it'));
});

test.each([['a – b', '–', 'U+2013'], ['日', '日', 'U+65E5'], ['😀', '😀', 'U+1F600'], ['a\u00A0b', '\u00A0', 'U+00A0'], ['\u0000', '\u0000', 'U+0000']])(
  'fails for the description %j', (description, character, code) => {
    expect(() => checkRoleDescription('description', description)).toThrow(new Error(`description is ${JSON.stringify(description)}, `
      + `but must be limited to line breaks, tabs and printable Latin-1 characters: replace "${character}" (${code})`));
  });

test('undefined is accepted, and so are tokens', () => {
  for (const check of [checkRoleName, checkRolePath, checkRoleDescription]) {
    check('property');
    check('property', `${Token.asString({ Ref: 'Name' })} –`);
  }
});

const text = (most: number) => fc.oneof(
  fc.string({ unit: fc.constantFrom(...'aZ0_+=,.@-'), maxLength: most }),
  fc.string({ unit: fc.constantFrom(...'aZ0_+=,.@-/ äÿ–\n\u007F\u00A0'), maxLength: 6 }),
);
const every = (characters: string, fits: (code: number) => boolean) => [...characters].every((character) => fits(character.codePointAt(0)!));

test('a role name is accepted if it is valid, and otherwise rejected', () => {
  fc.assert(fc.property(text(67), (name) => {
    const valid = name.length >= 1 && name.length <= 64 && [...name].every((character) => 'aZ0_+=,.@-'.includes(character));
    expect(takes(() => checkRoleName('name', name))).toBe(valid);
  }), { numRuns: 1000 });
});

test('a role path is accepted if it is valid, and otherwise rejected', () => {
  fc.assert(fc.property(fc.constantFrom('', '/'), text(515), fc.constantFrom('', '/'), (start, inner, end) => {
    const path = start + inner + end;
    const valid = path === '/'
      || path.length >= 3 && path.length <= 512 && path.startsWith('/') && path.endsWith('/') && every(path, (code) => code > 0x20 && code < 0x7F);
    expect(takes(() => checkRolePath('path', path))).toBe(valid);
  }), { numRuns: 1000 });
});

test('a role description is accepted if it is valid, and otherwise rejected', () => {
  fc.assert(fc.property(fc.oneof(text(10), fc.string({ unit: 'binary' })), (description) => {
    const valid = every(description, (code) => [0x09, 0x0A, 0x0D].includes(code) || code >= 0x20 && code <= 0x7E || code >= 0xA1 && code <= 0xFF);
    expect(takes(() => checkRoleDescription('description', description))).toBe(valid);
  }), { numRuns: 1000 });
});

test('the example in an error is accepted', () => {
  fc.assert(fc.property(fc.oneof(text(67), text(515), fc.string({ unit: 'binary' })), (wrong) => {
    checkRoleName('name', example(() => checkRoleName('name', wrong)) ?? 'a');
    checkRolePath('path', example(() => checkRolePath('path', wrong)) ?? '/');
  }), { numRuns: 1000 });
});

describe('managed policies', () => {
  const policies = (count: number) => Array.from({ length: count }, (_, i) => iam.ManagedPolicy.fromAwsManagedPolicyName(`Policy${i}`));
  const check = (some: iam.IManagedPolicy[]) => {
    const stack = newStack();
    checkManagedPolicies(stack, 'managedPolicies', some);
    return stack.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => data);
  };

  test('cause no warning if there are 10', () => {
    expect(check(policies(10))).toEqual([]);
  });

  test.each([11, 25])('cause a warning about the quota if there are %d', (count) => {
    expect(check(policies(count))).toEqual([`the number of managedPolicies is ${count}, but IAM allows 10 for a role by default: `
      + 'request a quota increase, or combine the permissions of several into one policy of your own [ack: cdk-irsa:managed-policy-quota]']);
  });

  test('are rejected if there are more than 25', () => {
    expect(() => check(policies(26))).toThrow(new Error('the number of managedPolicies is 26, but must be at most 25, the IAM maximum for a role: '
      + 'combine the permissions of several into one policy of your own'));
  });

  test('are counted once if they are listed twice', () => {
    expect(check([...policies(10), ...policies(10), ...policies(10)])).toEqual([]);
  });
});
