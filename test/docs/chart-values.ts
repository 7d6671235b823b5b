import { Yaml } from 'cdk8s';
import { AccountValues, Chart, ChartPlace, CHARTS, WITHOUT_CHART } from '../policies/charts';
import { EXAMPLES } from '../policies/examples';
import { newStack } from '../stacks';

export type Credentials = 'IRSA' | 'EKS Pod Identity';

export const PLACE: ChartPlace = { clusterName: 'prod', region: 'us-west-2', vpcId: 'vpc-0123456789abcdef0' };

/** The service account that the role with a policy trusts by default. */
export function trustedAccount(policy: string): { readonly namespace: string; readonly name: string } {
  const { namespace, serviceAccountName } = EXAMPLES[policy](newStack());
  return { namespace: namespace!, name: serviceAccountName! };
}

/** The ARN of a role in the guide. With two accounts in a chart, each has a role of its own. */
const roleOf = ({ accounts }: Chart, name: string) => (accounts.length > 1 ? `<ARN of the role of ${name}>` : '<ARN of the role>');

/** The values of a chart, as a user sets them. */
export function valuesOf(chart: Chart, credentials: Credentials): object {
  const accounts = chart.accounts.map(({ policy }): AccountValues => {
    const { name } = trustedAccount(policy);
    return credentials === 'IRSA' ? { name, annotations: { 'eks.amazonaws.com/role-arn': roleOf(chart, name) } } : { name };
  });
  return chart.values(PLACE, ...accounts);
}

/** Whether the chart lets a user annotate its accounts, which IRSA needs. */
export const takesAnnotations = (chart: Chart) => JSON.stringify(valuesOf(chart, 'IRSA')).includes('eks.amazonaws.com/role-arn');

/** How a value is reached, such as `controller.env[0].value`. */
const joined = (path: readonly string[]) => path.reduce((text, key) => {
  const part = /^\w+$/.test(key) && !/^\d/.test(key) ? `.${key}` : `[${/^\d+$/.test(key) ? key : `'${key}'`}]`;
  return text === '' ? part.replace(/^\./, '') : text + part;
}, '');

/** The values that are no objects or lists, and where they are. */
export function leavesOf(value: unknown, path: string[] = []): Array<{ readonly path: string[]; readonly text: string }> {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]))
    : [{ path, text: String(value) }];
}

/** The keys of a chart, by what is there. */
export interface ChartKeys {
  readonly clusterName: string[];
  readonly region: string[];
  readonly vpcId: string[];
  /** One for each account. */
  readonly names: string[];
  /** One for each account whose annotations can be set. */
  readonly annotations: string[];
}

/** Which keys the values of a chart set to what, read from values in which each text is there for one reason. */
export function keysOf({ accounts, values }: Chart): ChartKeys {
  const marked = values({ clusterName: '<cluster>', region: '<region>', vpcId: '<vpc>' },
    ...accounts.map(() => ({ name: '<name>', annotations: { annotation: '<role>' } })));
  const leaves = leavesOf(marked);
  const paths = (mark: string) => leaves.filter(({ text }) => text.includes(mark)).map(({ path }) => path);
  const keys = (mark: string) => paths(mark).map(joined);
  return {
    clusterName: keys('<cluster>'),
    region: keys('<region>'),
    vpcId: keys('<vpc>'),
    names: keys('<name>'),
    annotations: paths('<role>').map((path) => joined(path.slice(0, -1))),
  };
}

const code = (texts: readonly string[]) => texts.map((text) => `\`${text}\``).join(', ');

function rowsOf(heading: string, chart: Chart): string[] {
  const { clusterName, region, vpcId, names, annotations } = keysOf(chart);
  const { release: { version }, sources: { repository, commit } } = chart;
  const sources = `[${commit.slice(0, 8)}](https://github.com/${repository}/tree/${commit})`;
  const accounts = chart.accounts.map(({ policy, defaultName }, i) => {
    const { namespace, name } = trustedAccount(policy);
    return [code([`${namespace}/${name}`]), code([defaultName]), code(names.slice(i, i + 1)), code(annotations.slice(i, i + 1))];
  });
  return (accounts.length > 0 ? accounts : [['that of your pods', '', '', '']]).map((cells) => (
    `| ${[`[${heading}](#${anchorOf(heading)})`, version, sources, ...cells, code(region), code(vpcId), code(clusterName)].join(' | ')} |`));
}

const anchorOf = (heading: string) => heading.toLowerCase().replace(/ /g, '-');

export const HEADER = ['Chart', 'Version', 'Commit', 'Trusted account', 'Default name', 'Name', 'Annotations', 'Region', 'VPC ID', 'Name of the cluster'];

const table = () => [
  `| ${HEADER.join(' | ')} |`, `|${' --- |'.repeat(HEADER.length)}`,
  ...Object.entries(CHARTS).flatMap(([heading, chart]) => rowsOf(heading, chart)),
].join('\n');

const fenced = (language: string, text: string) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** The namespace of a release. Service accounts of pods of your own are elsewhere. */
export const namespaceOf = ({ accounts: [first] }: Chart) => (first ? trustedAccount(first.policy).namespace : 'kube-system');

function installation(of: Chart): string {
  const { chart, version, repository } = of.release;
  const source = repository.startsWith('oci://') ? repository : `${chart} --repo ${repository}`;
  return [
    `helm upgrade --install ${chart} ${source} \\`,
    `  --version ${version} --namespace ${namespaceOf(of)} --create-namespace --values values.yaml`,
  ].join('\n');
}

function section(chart: Chart): string {
  const yaml = (credentials: Credentials) => fenced('yaml', Yaml.stringify(valuesOf(chart, credentials)));
  const values = chart.accounts.length === 0
    ? ['With IRSA and with EKS Pod Identity:', yaml('IRSA')]
    : [...(takesAnnotations(chart) ? ['With IRSA:', yaml('IRSA')] : []), 'With EKS Pod Identity:', yaml('EKS Pod Identity')];
  return [chart.remark ?? [], fenced('sh', installation(chart)), values].flat().join('\n\n');
}

/** The example of the tools that take values. */
export const EXAMPLE = CHARTS['cluster-autoscaler'];

const argoCd = (of: Chart) => {
  const { chart, version, repository } = of.release;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: chart, namespace: 'argocd' },
    spec: {
      project: 'default',
      destination: { server: 'https://kubernetes.default.svc', namespace: namespaceOf(of) },
      source: { repoURL: repository, chart, targetRevision: version, helm: { releaseName: chart, valuesObject: valuesOf(of, 'IRSA') } },
    },
  };
};

const flux = (of: Chart) => {
  const { chart, version, repository } = of.release;
  const metadata = { name: chart, namespace: 'flux-system' };
  return [{
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'HelmRepository',
    metadata,
    spec: { interval: '1h', url: repository },
  }, {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata,
    spec: {
      interval: '1h',
      releaseName: chart,
      targetNamespace: namespaceOf(of),
      chart: { spec: { chart, version, sourceRef: { kind: 'HelmRepository', name: chart } } },
      values: valuesOf(of, 'IRSA'),
    },
  }];
};

/** What the guide has under its headings, apart from those that are written by hand. */
export const generatedSections = (): { readonly [heading: string]: string } => ({
  'The charts': table(),
  'Policies without a chart': Object.entries(WITHOUT_CHART).map(([policy, reason]) => `- \`${policy}\`: ${reason}`).join('\n'),
  ...Object.fromEntries(Object.entries(CHARTS).map(([heading, chart]) => [heading, section(chart)])),
  'Argo CD': fenced('yaml', Yaml.stringify(argoCd(EXAMPLE))),
  'Flux': fenced('yaml', Yaml.stringify(...flux(EXAMPLE))),
});
