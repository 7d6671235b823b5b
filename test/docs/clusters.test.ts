import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'clusters.md'), 'utf8');
const rows = [...page.matchAll(/^\| (?!your cluster|---)(.+?) \| (.+?) \| \[test\]\((.+?)\) \|$/gm)].map(([, cluster, line, test]) => ({ cluster, line, test }));

test('the table has every kind of cluster', () => {
  expect(rows.map(({ cluster }) => cluster)).toEqual([
    'new', 'new, with Auto Mode', 'made by eksctl, Terraform or another app', 'defined with aws-eks-v2 in your app ([which provider?](#the-oidc-provider))', 'defined with aws-eks in your app ([which provider?](#the-oidc-provider))',
    'in another AWS account than the role', 'any, for roles alone', 'any, with Argo CD or Flux',
  ]);
});

test.each(rows)('the line for a cluster that is $cluster is tested', ({ line, test: path }) => {
  const file = join(__dirname, '..', '..', 'docs', path);
  expect(existsSync(file)).toBe(true);
  const [, call] = /(IrsaCluster\.from\w+|new \w+)\(/.exec(line) ?? [];
  if (call) {
    // the tests of new clusters use a function for `new IrsaCluster`
    expect(readFileSync(file, 'utf8')).toContain(call === 'new IrsaCluster' ? 'newCluster(' : call);
  }
});
