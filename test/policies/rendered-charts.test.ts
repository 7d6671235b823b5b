/**
 * Renders the charts, for whoever changes their table: `CHARTS=<folder> npx jest test/policies/rendered-charts`, where the folder has the charts, as
 * `helm pull --untar` writes them. The charts are not part of this repository, so that other runs skip this.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { Chart, CHARTS } from './charts';
import { Credentials, leavesOf, namespaceOf, PLACE, takesAnnotations, trustedAccount, valuesOf } from '../docs/chart-values';

const { CHARTS: FOLDER, HELM = 'helm' } = process.env;
const describeWithCharts = FOLDER ? describe : describe.skip;

/** The objects of a release. */
function rendered(chart: Chart, values: object): any[] {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-irsa-'));
  try {
    const [input, output] = ['values.yaml', 'objects.yaml'].map((file) => join(folder, file));
    writeFileSync(input, JSON.stringify(values));
    const { release: { chart: name } } = chart;
    const args = ['template', name, join(FOLDER!, name), '--namespace', namespaceOf(chart), '--kube-version', '1.36.0', '--values', input];
    writeFileSync(output, execFileSync(HELM, args, { encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 26 }));
    return Yaml.load(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const accountsIn = (objects: any[]) => objects.filter(({ kind }) => kind === 'ServiceAccount');

/** What runs pods with an account: workloads, and objects from which an operator makes some. */
const usersOf = (objects: any[], account: string) => objects.filter(({ spec }) => {
  const text = JSON.stringify(spec ?? {});
  return text.includes(`"serviceAccountName":"${account}"`) || text.includes(`"serviceAccount":"${account}"`);
});

/** The objects that are in only one of two releases, or not the same in both. */
function differences(...[one, other]: [any[], any[]]): string[] {
  const [before, after] = [one, other].map((objects) => (
    new Map(objects.map((object) => [`${object.kind} ${object.metadata.namespace}/${object.metadata.name}`, JSON.stringify(object)]))));
  return [...new Set([...before.keys(), ...after.keys()])].filter((object) => before.get(object) !== after.get(object));
}

/** The values with another one at a path. */
const changed = (values: any, [key, ...path]: string[], change: (value: unknown) => unknown): any => {
  const value = path.length > 0 ? changed(values[key], path, change) : change(values[key]);
  return Array.isArray(values) ? values.map((item, i) => (String(i) === key ? value : item)) : { ...values, [key]: value };
};

/** Another value, or none: some values only switch something on. */
const CHANGES = [(value: unknown) => (typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `another-${value}`), () => undefined];

/** The values that change nothing. */
function unread(chart: Chart, values: object): string[] {
  const objects = rendered(chart, values);
  const generated = differences(objects, rendered(chart, values)); // those with certificates or passwords differ each time
  const isRead = (path: string[]) => CHANGES.some((change) => {
    try {
      return differences(objects, rendered(chart, changed(values, path, change))).some((object) => !generated.includes(object));
    } catch {
      return true; // the chart refuses the other value
    }
  });
  return leavesOf(values).filter(({ path }) => !isRead(path)).map(({ path }) => path.join('.'));
}

describeWithCharts.each(Object.entries(CHARTS))('the chart for %s', (_, chart) => {
  test('names its accounts as the table says, if the values do not', () => {
    const names = accountsIn(rendered(chart, chart.values(PLACE, ...chart.accounts.map(() => ({}))))).map(({ metadata }) => metadata.name);
    expect(names).toEqual(expect.arrayContaining(chart.accounts.map(({ defaultName }) => defaultName)));
  });

  test.each<Credentials>(['IRSA', 'EKS Pod Identity'])('runs pods with the accounts that the roles trust, with %s', (credentials) => {
    const objects = rendered(chart, valuesOf(chart, credentials));
    for (const { policy } of chart.accounts) {
      const { namespace, name } = trustedAccount(policy);
      const [account] = accountsIn(objects).filter(({ metadata }) => metadata.name === name);
      expect(account.metadata.namespace ?? namespaceOf(chart)).toBe(namespace);
      expect('eks.amazonaws.com/role-arn' in (account.metadata.annotations ?? {})).toBe(credentials === 'IRSA' && takesAnnotations(chart));
      expect(usersOf(objects, name)).not.toEqual([]);
    }
  });

  test('reads all values of the guide', () => {
    expect(unread(chart, valuesOf(chart, 'IRSA'))).toEqual([]);
  });
});

describeWithCharts('Cluster Autoscaler', () => {
  test('has no Deployment without autoDiscovery.clusterName', () => {
    const chart = CHARTS['cluster-autoscaler'];
    const { autoDiscovery, ...others } = valuesOf(chart, 'IRSA') as { autoDiscovery: { tags: string[] } };
    const kinds = (values: object) => rendered(chart, values).map(({ kind }) => kind);
    expect(kinds({ ...others, autoDiscovery })).toContain('Deployment');
    expect(kinds({ ...others, autoDiscovery: { tags: autoDiscovery.tags } })).not.toContain('Deployment');
  });
});
