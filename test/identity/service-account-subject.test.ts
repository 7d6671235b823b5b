import { Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { ServiceAccountSubject } from '../../lib';

test('the value of a subject is the sub claim of the pod\'s token', () => {
  const subject = ServiceAccountSubject.exact('reports', 's3.reader-sa');
  expect(`${subject}`).toBe('system:serviceaccount:reports:s3.reader-sa');
  expect(subject).toMatchObject({ namespace: 'reports', serviceAccountName: 's3.reader-sa', isPattern: false });
});

test('a pattern can match many accounts, and namespaces that share a part of their name', () => {
  expect(ServiceAccountSubject.pattern('team-?', 'reader-*')).toMatchObject({ value: 'system:serviceaccount:team-?:reader-*', isPattern: true });
});

test.each(['*', '**', '?*', '??'])('fails for the pattern "%s", which can match every namespace', (pattern) => {
  expect(() => ServiceAccountSubject.pattern(pattern, 'reader')).toThrow(`namespacePattern is "${pattern}", but must be a pattern that does not match every `
    + 'namespace: specify the namespace, or use ServiceAccountSubject.unsafeInEveryNamespace to trust every namespace');
});

test('unsafeInEveryNamespace matches every namespace', () => {
  expect(ServiceAccountSubject.unsafeInEveryNamespace('reader').value).toBe('system:serviceaccount:*:reader');
});

test.each([
  ['Team-*', 'a', 'namespacePattern is "Team-*", but must be one or more lowercase letters, digits, hyphens, * and ?'],
  ['a.b*', 'a', 'namespacePattern is "a.b*"'],
  ['a', '${aws:username}', 'serviceAccountNamePattern is "${aws:username}", but must be one or more lowercase letters, digits, hyphens, dots, * and ?'],
  ['a', '', 'serviceAccountNamePattern is ""'],
])('fails for the pattern %s/%s, which matches no account', (namespace, name, message) => {
  expect(() => ServiceAccountSubject.pattern(namespace, name)).toThrow(message);
});

test('fails for a pattern that is known only at deployment', () => {
  const token = Token.asString({ Ref: 'Name' });
  const message = (property: string) => `${property} is "<token>", but must be known when the app is synthesized: `
    + 'a token could contain *; use ServiceAccountSubject.exact, which accepts tokens';
  expect(() => ServiceAccountSubject.pattern(`team-${token}`, 'reader')).toThrow(message('namespacePattern'));
  expect(() => ServiceAccountSubject.pattern('team-*', token)).toThrow(message('serviceAccountNamePattern'));
  expect(() => ServiceAccountSubject.unsafeInEveryNamespace(token)).toThrow(message('serviceAccountNamePattern'));
});

test('an exact subject can be a token', () => {
  const token = Token.asString({ Ref: 'Name' });
  expect(Token.isUnresolved(ServiceAccountSubject.exact(token, token).value)).toBe(true);
});

const label = (most: number) => fc.stringMatching(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/).filter((text) => text.length <= most);

test('every name that Kubernetes accepts is accepted', () => {
  fc.assert(fc.property(label(63), fc.array(label(60), { minLength: 1, maxLength: 4 }), (namespace, labels) => {
    expect(ServiceAccountSubject.exact(namespace, labels.join('.')).value).toBe(`system:serviceaccount:${namespace}:${labels.join('.')}`);
  }));
});

test('the longest names are accepted', () => {
  expect(ServiceAccountSubject.exact('n'.repeat(63), 'a'.repeat(253)).value).toHaveLength('system:serviceaccount::'.length + 63 + 253);
});

test.each(['', 'a..b', '-a', 'a-', 'A', 'a_b', 'a.', '.a', 'a/b', 'a:b', 'a\n', 'a'.repeat(254)])('fails for the service account name "%s"', (name) => {
  expect(() => ServiceAccountSubject.exact('default', name)).toThrow(`serviceAccountName is ${JSON.stringify(name)}, but must be an RFC 1123 subdomain`);
});

test.each(['', 'a.b', '-a', 'a-', 'A', 'a_b', 'a:b', 'a\n', 'a'.repeat(64)])('fails for the namespace "%s"', (namespace) => {
  expect(() => ServiceAccountSubject.exact(namespace, 'a')).toThrow(`namespace is ${JSON.stringify(namespace)}, but must be an RFC 1123 label`);
});

const EXACT = 'but must be one exact name, without * and ?: for a pattern, use a ServiceAccountRole with '
  + 'ServiceAccountSubject.pattern(namespacePattern, serviceAccountNamePattern)';

test.each(['*', 'team-*', 'team-?', 'Team*'])('fails for the pattern "%s" in place of an exact name', (pattern) => {
  expect(() => ServiceAccountSubject.exact('default', pattern)).toThrow(new Error(`ServiceAccountSubject.exact: serviceAccountName is "${pattern}", ${EXACT}`));
  expect(() => ServiceAccountSubject.exact(pattern, 'reader')).toThrow(new Error(`ServiceAccountSubject.exact: namespace is "${pattern}", ${EXACT}`));
});

describe('fails for what is not a string, which JavaScript passes:', () => {
  const any = (value: unknown): any => value;
  test.each<[string, () => unknown, string]>([
    ['the subject in one argument', () => any(ServiceAccountSubject).exact('reports/reader'),
      'ServiceAccountSubject.exact: serviceAccountName must be a string: for example ServiceAccountSubject.exact(\'reports\', \'reader\')'],
    ['no namespace', () => ServiceAccountSubject.exact(any(undefined), 'reader'),
      'ServiceAccountSubject.exact: namespace must be a string: for example ServiceAccountSubject.exact(\'reports\', \'reader\')'],
    ['no name in a pattern', () => any(ServiceAccountSubject).pattern('team-*'),
      'ServiceAccountSubject.pattern: serviceAccountNamePattern must be a string: for example ServiceAccountSubject.pattern(\'team-*\', \'reader\')'],
    ['no name in every namespace', () => any(ServiceAccountSubject).unsafeInEveryNamespace(),
      'ServiceAccountSubject.unsafeInEveryNamespace: serviceAccountNamePattern must be a string: for example ServiceAccountSubject.unsafeInEveryNamespace(\'reader\')'],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(new Error(message));
  });
});

const wrong = fc.tuple(label(30), fc.constantFrom('_', 'A', '/', ':', '*', ' ', '\n', 'ä'), label(30)).map((parts) => parts.join(''));

test('a name with a character that Kubernetes does not accept is rejected', () => {
  fc.assert(fc.property(wrong, (name) => {
    expect(() => ServiceAccountSubject.exact('default', name)).toThrow(/^ServiceAccountSubject\.exact: serviceAccountName is /);
    expect(() => ServiceAccountSubject.exact(name, 'reader')).toThrow(/^ServiceAccountSubject\.exact: namespace is /);
  }));
});
