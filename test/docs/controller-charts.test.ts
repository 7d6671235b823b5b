import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Yaml } from 'cdk8s';
import { GUIDE, sectionOf, update } from './chart-sections';
import { EXAMPLE, generatedSections, HEADER, namespaceOf, valuesOf } from './chart-values';
import { classes, PREFIX, types } from './controllers-table';
import { ServiceAccountRole } from '../../lib';
import { blocksOf } from '../documents';
import { CHARTS, WITHOUT_CHART } from '../policies/charts';
import { EXAMPLES } from '../policies/examples';
import { PLACES } from '../policies/place';
import { policiesOf } from '../policies/role-policies';
import { ExistingCluster, newStack } from '../stacks';

const GENERATED = generatedSections();
const HOW_TO_UPDATE = 'UPDATE=1 npx jest test/docs/controller-charts writes it';
Object.entries(GENERATED).forEach(([heading, text]) => update(heading, text));

/** The accounts in the table of the guide, by what its header says. */
const ACCOUNTS = sectionOf('The charts').split('\n').slice(2).map((line) => {
  const cells = line.slice(2, -2).split(' | ').map((cell) => cell.replace(/`/g, '').trim());
  return Object.fromEntries(HEADER.map((title, i) => [title, cells[i]]));
});

/** The values of the guide as Helm reads them, by heading and by how pods get their credentials. */
const VALUES: { readonly [block: string]: any } = (() => {
  const blocks = Object.keys(CHARTS).flatMap((heading) => (
    [...sectionOf(heading).matchAll(/^With (IRSA|EKS Pod Identity):\n\n```yaml\n([^]*?)^```$/gm)].map(([, credentials, yaml]) => ({ key: `${heading}: ${credentials}`, yaml }))));
  const folder = mkdtempSync(join(tmpdir(), 'cdk-irsa-'));
  try {
    writeFileSync(join(folder, 'values.yaml'), blocks.map(({ yaml }) => yaml).join('---\n'));
    const values = Yaml.load(join(folder, 'values.yaml')); // one call, because each starts a process
    return Object.fromEntries(blocks.map(({ key }, i) => [key, values[i]]));
  } finally {
    rmSync(folder, { recursive: true });
  }
})();

/** What is at a key such as `controller.env[0].value`. */
const at = (values: any, key: string) =>
  [...key.matchAll(/'([^']+)'|\w+/g)].reduce((value, [plain, quoted]) => value?.[quoted ?? plain], values);

/** What is at each of the keys in a cell of the table. */
const allAt = (values: any, keys: string) => keys.split(', ').filter((key) => key !== '').map((key) => at(values, key));

/** The policies whose role is for pods of a chart, with the heading of the chart. */
const CONTROLLERS = Object.entries(CHARTS).flatMap(([heading, { accounts }]) => accounts.map(({ policy }) => [policy, heading] as const));

/** The account whose pods the role with a policy trusts, as the template says. */
function trustedBy(policy: string): string {
  const stack = newStack();
  new ServiceAccountRole(stack, 'Role', { cluster: new ExistingCluster(stack, 'Cluster'), controllerPolicies: [EXAMPLES[policy](stack)] });
  const [, account] = /"system:serviceaccount:([^"]+)"/.exec(JSON.stringify(Template.fromStack(stack)))!;
  return account.replace(':', '/');
}

const rowOf = (policy: string, heading: string) => (
  ACCOUNTS.find((row) => row.Chart === `[${heading}](#${heading.toLowerCase().replace(/ /g, '-')})` && row['Trusted account'] === trustedBy(policy)) ?? {});

test.each(Object.keys(GENERATED))('the guide says what the charts say: %s', (heading) => {
  expect({ [HOW_TO_UPDATE]: sectionOf(heading) }).toEqual({ [HOW_TO_UPDATE]: GENERATED[heading] });
});

test('each policy has a chart, or a reason why it has none', () => {
  const forOthers = Object.values(CHARTS).flatMap(({ forYourPods = [] }) => forYourPods);
  expect([...CONTROLLERS.map(([policy]) => policy), ...forOthers, ...Object.keys(WITHOUT_CHART)].sort()).toEqual(classes);
});

describe.each(CONTROLLERS)('with %s, the values of %s', (policy, heading) => {
  const row = rowOf(policy, heading);
  const blocks = ['IRSA', 'EKS Pod Identity'].flatMap((credentials) => VALUES[`${heading}: ${credentials}`] ?? []);

  test('name the account that the role trusts, unless that is the default', () => {
    expect(blocks.length).toBeGreaterThan(0);
    expect(blocks.map((values) => `${namespaceOf(CHARTS[heading])}/${at(values, row.Name) ?? row['Default name']}`)).toEqual(blocks.map(() => trustedBy(policy)));
  });

  test('annotate it with the ARN of the role with IRSA, and not with EKS Pod Identity', () => {
    const annotations = blocks.map((values) => at(values, row.Annotations));
    const takesAnnotations = row.Annotations !== '';
    expect(annotations).toEqual(takesAnnotations ? [{ 'eks.amazonaws.com/role-arn': expect.stringMatching(/^<ARN of the role/) }, undefined] : [expect.anything()]);
  });

  test('have the name of the cluster if the policy is about it', () => {
    const [place] = PLACES;
    const isAboutCluster = JSON.stringify(policiesOf({ policy: EXAMPLES[policy] }, { ...place, clusterName: 'some-cluster' })).includes('some-cluster');
    const names = blocks.map((values) => allAt(values, row['Name of the cluster']));
    expect(names.flat().every((name) => name.includes('prod'))).toBe(true);
    expect(names.every((list) => list.length > 0) || !isAboutCluster).toBe(true);
  });

  test('have what the controller would ask the instance metadata for', () => {
    const { hops } = types[`${PREFIX}${policy}`].docs.custom!;
    const needed = hops.startsWith('Set ') ? ['Region', ...(hops.includes('vpcId') ? ['VPC ID'] : [])] : [];
    expect(needed.filter((title) => !blocks.every((values) => allAt(values, row[title]).join().match(/us-west-2|vpc-/)))).toEqual([]);
  });
});

test.each(Object.entries(CHARTS))('%s is a released chart at a commit', (_, { release: { version }, sources: { commit } }) => {
  expect(version).toMatch(/^v?\d+\.\d+\.\d+$/);
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
});

test('the form for HelmChart of aws-cdk has the values of the guide', () => {
  const [block] = blocksOf(GUIDE, 'ts').filter((text) => text.includes('new eks.HelmChart('));
  const [, options] = /new eks\.HelmChart\(this, '\w+', (\{[^]*\n\})\)/.exec(block)!;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const given = new Function('cluster', 'autoscaler', 'Stack', `return ${options}`)(
    { clusterName: 'prod', eksCluster: undefined }, { annotations: { 'eks.amazonaws.com/role-arn': '<ARN of the role>' } }, { of: () => ({ region: 'us-west-2' }) });
  expect(given).toEqual({ ...EXAMPLE.release, release: EXAMPLE.release.chart, namespace: namespaceOf(EXAMPLE), values: valuesOf(EXAMPLE, 'IRSA') });
});

test('the guide of policies shows the values of one chart', () => {
  expect(blocksOf('docs/controllers.md', 'yaml')).toEqual([Yaml.stringify(valuesOf(EXAMPLE, 'IRSA'))]);
});
