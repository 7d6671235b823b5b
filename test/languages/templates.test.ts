import { templateDifferences } from './templates';
import { write } from '../files';

interface Files { readonly [file: string]: unknown }

const differences = (expected: Files, actual: Files) => templateDifferences(write(expected), write(actual));

test('templates and assets are compared as JSON, and other files are not compared', () => {
  expect(differences(
    { 'Stack.template.json': { a: 1, b: [2] }, 'Stack.assets.json': {}, 'tree.json': { a: 1 } },
    { 'Stack.template.json': '{ "b": [2], "a": 1 }', 'Stack.assets.json': {}, 'tree.json': { a: 2 } },
  )).toEqual([]);
});

const tagged = (value: string) => ({ Resources: { Bucket: { Properties: { Tags: [{ Value: value }] } } } });
const before = { 'Stack.template.json': tagged('a') };

test.each<[string, Files, string]>([
  ['a value', { 'Stack.template.json': tagged('b') }, 'Stack.template.json Resources Bucket Properties Tags 0 Value is "b" instead of "a"'],
  ['a property that is missing', { 'Stack.template.json': { Resources: { Bucket: {} } } },
    'Stack.template.json Resources Bucket Properties is missing instead of {"Tags":[{"Value":"a"}]}'],
  ['a template that is missing', { 'tree.json': {} }, 'Stack.template.json is missing instead of {"Resources":{"Bucket":{"Properties":{"Tags":[{"Value":"a"}]}}}}'],
  ['an asset that is added', { ...before, 'Stack.assets.json': { files: {} } }, 'Stack.assets.json is {"files":{}} instead of missing'],
])('%s is a difference', (_, after, expected) => {
  expect(differences(before, after)).toEqual([expected]);
});
