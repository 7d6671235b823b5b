import { join } from 'node:path';
import Ajv from 'ajv';
import { assemblyOf } from './assemblies';
import { run } from './run';
import schema from '../../schemas/access-1.json';
import { templateAfter } from '../verification/diff/app';

/** The schema without room for properties that it does not describe. */
const strict = JSON.parse(JSON.stringify(schema), (_, value) => (value?.type === 'object' ? { ...value, additionalProperties: false } : value));
const fits = new Ajv().compile(strict);
const problems = (...args: string[]) => {
  const report = JSON.parse(run('access', ...args, '--format', 'json').out);
  return { report: report.report, problems: fits(report) ? [] : fits.errors };
};

const app = assemblyOf({ App: templateAfter() });
const odd = assemblyOf({
  App: templateAfter(({ Reader, Nodes }, template) => {
    template.Transform = 'MyMacro';
    Reader.Properties.AssumeRolePolicyDocument = '{';
    delete Nodes.Properties.LaunchTemplate;
  }),
});

const approved = join(app, 'access.txt');
run('access', app, '--baseline', approved, '--write-baseline');

test.each<[string, string, string[]]>([
  ['the table', 'access', [app]],
  ['a table with findings and assumptions', 'access', [odd, '--assume-no-other-nodes']],
  ['answers', 'answers', [app, '--can', 'ecr:BatchGetImage on arn:aws:ecr:us-west-2:123456789012:repository/app']],
  ['answers that are UNKNOWN', 'answers', [odd, '--can', 's3:GetObject', '--assume-resource-without-policy', 'arn:aws:s3:::a']],
  ['answers about a resource with a generated name', 'answers', [app, '--can', 's3:ListBucket on Reports']],
  ['a comparison', 'diff', ['--diff', app, odd]],
  ['a comparison without changes', 'diff', ['--diff', app, app]],
  ['a check of a file', 'baseline', [odd, '--baseline', approved, '--approved', approved]],
])('the JSON of %s fits the schema of the package', (_, report, args) => {
  expect(problems(...args)).toEqual({ report, problems: [] });
});

test('the schema refuses what is no report of its version', () => {
  const report = JSON.parse(run('access', app, '--format', 'json').out);
  expect([report, { ...report, version: 2 }, { ...report, rows: [{}] }, { ...report, report: 'other' }].map((one) => new Ajv().compile(schema)(one)))
    .toEqual([true, false, false, false]);
});
