import { Lazy, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { KubernetesObjects, KubernetesObjectsOptions } from '../../lib';
import { checkObject } from '../../lib/kubernetes/private/object-set';
import { example, takes } from '../private/judged';
import { newCluster, newStack } from '../stacks';

const account = (name: string) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'default' } });
const accounts = (count: number) => Array.from({ length: count }, (_, i) => account(`a-${i}`));

function define(options: KubernetesObjectsOptions) {
  const stack = newStack();
  return new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack), ...options });
}

const named = (metadata: object) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata });

test.each([
  [{ kind: 'ServiceAccount', metadata: { name: 'a' } }, 'apiVersion is undefined, but must be a string that is not empty: for example "v1" or "apps/v1"'],
  [{ apiVersion: 'v1', kind: '', metadata: { name: 'a' } }, 'kind is "", but must be a string that is not empty: for example "ConfigMap"'],
  [{ apiVersion: 'v1', kind: 'ServiceAccount' }, 'metadata.name is undefined, but must be a string that is not empty: for example "settings"'],
  [named({ name: 1 }), 'metadata.name is 1, but must be a string that is not empty: for example "settings"'],
  [named({ generateName: 'a-' }), 'metadata.name is undefined, but must be a string that is not empty: generateName would create a different name in each deployment'],
  [named({ name: { password: 'hunter2' } as any }), 'metadata.name must be a string that is not empty: for example "settings"'],
])('fails for an object that cannot be identified: %j', (object, message) => {
  expect(() => define({ objects: [account('a'), object] })).toThrow(new Error(`Stack/Objects: objects[1].${message}`));
});

test('fails for what is no object', () => {
  expect(() => define({ objects: [account('a'), null as any] })).toThrow(new Error('Stack/Objects: objects[1] is null, but must be an object'));
});

test.each([
  ['a/b', 'for example "a-b"'],
  ['50%', 'for example "50"'],
  ['.', 'use at least one letter or digit'],
  ['..', 'use at least one letter or digit'],
])('fails for the name "%s", which cannot be part of a path', (name, mended) => {
  expect(() => define({ objects: [named({ name })] })).toThrow(new Error(
    `Stack/Objects: objects[0].metadata.name is "${name}", but must be a name that does not contain / or % and is not . or ..: ${mended}`));
});

test('a name is accepted if it can be part of a path, and otherwise rejected', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'aA:._-/% '), minLength: 1, maxLength: 5 }), (name) => {
    expect(takes(() => checkObject('object', named({ name })))).toBe(!name.includes('/') && !name.includes('%') && !['.', '..'].includes(name));
    checkObject('object', named({ name: example(() => checkObject('object', named({ name }))) ?? 'a' }));
  }), { numRuns: 1000 });
});

test.each([
  ['', 'use at least one letter or digit'],
  ['Default', 'for example "default"'],
  ['a.b', 'for example "a-b"'],
  [1, 'for example "1"'],
])('fails for the namespace %j', (namespace, mended) => {
  expect(() => define({ objects: [named({ name: 'a', namespace })] })).toThrow(new Error(`Stack/Objects: objects[0].metadata.namespace is ${JSON.stringify(namespace)}, `
    + `but must be an RFC 1123 label of 1 to 63 lowercase letters, digits and hyphens that begins and ends with a letter or digit: ${mended}`));
});

test.each([named({ name: 'a', namespace: 'cdk-irsa' }), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'cdk-irsa' } }])(
  'fails for what belongs to the records of the function: %j', (object) => {
    expect(() => define({ objects: [object] })).toThrow(new Error('Stack/Objects: objects[0].metadata must be outside the namespace cdk-irsa: the function keeps its records there'));
  });

test.each([
  [{ apiVersion: 'v1', kind: 'List', items: [account('a')] }],
  [{ apiVersion: 'v1', kind: 'List', metadata: { name: 'a' } }],
  [{ apiVersion: 'v1', kind: 'ServiceAccountList', metadata: {}, items: [account('a')] }],
])('fails for a list of objects: %j', (list) => {
  expect(() => define({ objects: [list] })).toThrow(new Error(`Stack/Objects: objects[0].kind is "${list.kind}", but must be the kind of a single object: specify each item as an object`));
});

test('fails for an object that already has an owner annotation, such as one that was read from a cluster', () => {
  const annotations = { 'team': 'data', 'cdk-irsa/adopted': 'true' };
  expect(() => define({ objects: [account('a'), named({ name: 'b', annotations })] })).toThrow(new Error(
    'Stack/Objects: objects[1].metadata.annotations[\'cdk-irsa/adopted\'] must be omitted: only the function sets annotations with this prefix'));
});

const endless: { [key: string]: unknown } = { list: [] };
(endless.list as unknown[]).push(endless);
class Secret { public readonly password = 'hunter2'; }
const notPlain = (what: string) => `a string, number, boolean, null, list or map: it is ${what}; convert it to one of these`;

test.each<[string, object, string, string]>([
  ['NaN', { a: NaN }, '.a', 'a finite number: JSON does not have NaN'],
  ['infinity', { list: [1, { b: -Infinity }] }, '.list[1].b', 'a finite number: JSON does not have -Infinity'],
  ['a Date', { 'a.b': new Date(0) }, '["a.b"]', notPlain('an instance of Date')],
  ['a BigInt', { a: 1n }, '.a', notPlain('a bigint')],
  ['a function', { a: () => 'hunter2' }, '.a', notPlain('a function')],
  ['a symbol', { a: Symbol('hunter2') }, '.a', notPlain('a symbol')],
  ['an instance of a class', { a: new Secret() }, '.a', notPlain('an instance of Secret')],
  ['a Map', { a: new Map([['password', 'hunter2']]) }, '.a', notPlain('an instance of Map')],
  ['a value below a key that is a token', { [Token.asString({ Ref: 'Key' })]: NaN }, '[<token>]', 'a finite number: JSON does not have NaN'],
  ['a key __proto__', JSON.parse('{ "list": [{ "__proto__": "a" }] }'), '.list[0].__proto__', 'omitted: JavaScript would drop the key'],
  ['what contains itself', endless, '.list[0]', 'plain data: it contains itself'],
])('fails for %s in an object, which JSON would change or drop', (_, data, place, allowed) => {
  expect(() => define({ objects: [account('a'), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data }] }))
    .toThrow(new Error(`Stack/Objects: objects[1].data${place} must be ${allowed}`));
});

test('fails for an object that is an instance of a class', () => {
  expect(() => define({ objects: [new Secret() as any] })).toThrow(new Error(`Stack/Objects: objects[0] must be ${notPlain('an instance of Secret')}`));
});

test('tokens, undefined, null, maps without a prototype, and one value in several places pass', () => {
  const shared = { c: null, d: undefined, e: [undefined, -0, 1.5] };
  const data = { a: Lazy.any({ produce: () => 'a' }), b: Token.asList({ Ref: 'List' }), n: Token.asNumber({ Ref: 'Number' }), one: shared, other: [shared, shared], bare: Object.create(null) };
  expect(() => define({ objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data }] })).not.toThrow();
});

test('fails for more than 100 objects', () => {
  define({ objects: accounts(100) });
  expect(() => define({ objects: accounts(101) })).toThrow(new Error('Stack/Objects: the number of objects is 101, but must be at most 100: define several sets'));
});
