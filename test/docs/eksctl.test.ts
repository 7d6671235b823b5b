import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { blocksOf, read } from '../documents';
import { write } from '../files';

/** The fields of a file of eksctl. Items of lists have no number, so that a field is named once. */
function fieldsOf(value: unknown, path: string[] = []): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => fieldsOf(item, path));
  }
  const isLeaf = typeof value !== 'object' || value === null;
  return isLeaf ? [path.join('.')] : Object.entries(value).flatMap(([key, inner]) => fieldsOf(inner, [...path, key]));
}

test('the guide says what becomes of each field of the files of eksctl', () => {
  const files = blocksOf('docs/eksctl.md', 'yaml');
  const fields = files.flatMap((file) => fieldsOf(Yaml.load(join(write({ 'file.yaml': file }), 'file.yaml'))[0]));
  const rows = [...read('docs/eksctl.md').matchAll(/^\| `([^`]+)` \|/gm)].map(([, field]) => field);
  expect(fields).toContain('iam.serviceAccounts.metadata.name');
  expect([...new Set(fields)].filter((field) => !['apiVersion', 'kind'].includes(field) && !rows.includes(field))).toEqual([]);
});
