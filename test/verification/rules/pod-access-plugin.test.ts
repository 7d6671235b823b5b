import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { KubectlV35Layer } from '@aws-cdk/lambda-layer-kubectl-v35';
import { App, AppProps, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import { FailOn, PodAccessPlugin, PodAccessPluginProps } from '../../../lib/verification';
import { newFolder } from '../../files';
import { stagesApp, TWO_ACCOUNTS } from '../stages-app';

const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;

/** A stack of aws-cdk alone: a cluster whose nodes have an old image, a service account, and a role that every pod can assume. */
function define(stack: Stack): void {
  const cluster = new eks.Cluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.of('1.35'),
    kubectlProviderOptions: { kubectlLayer: new KubectlV35Layer(stack, 'Kubectl') },
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
  cluster.addNodegroupCapacity('Nodes', { nodegroupName: 'nodes', amiType: eks.NodegroupAmiType.AL2_X86_64 });
  cluster.addServiceAccount('PodIdentity', { name: 'pod-identity', namespace: 'apps', identityType: eks.IdentityType.POD_IDENTITY });
  openRole(stack);
}

const openRole = (stack: Stack) =>
  new iam.Role(stack, 'Open', { assumedBy: new iam.WebIdentityPrincipal(PROVIDER, { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' } }) });

/** An app that writes the paths of constructs into templates, as with the CDK CLI. */
const newApp = (props: AppProps = {}) => new App({ outdir: newFolder(), context: { [PATH_METADATA_ENABLE_CONTEXT]: true }, ...props });

/** Templates that an app writes, and what the plugin reports about them. */
function templatesOf(build: (app: App) => void): string[] {
  const app = newApp();
  build(app);
  return app.synth().stacksRecursively.map(({ templateFullPath }) => templateFullPath);
}

beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {})); // violations that do not fail
afterEach(() => jest.restoreAllMocks());

const stackOfAwsCdk = templatesOf((app) => define(new Stack(app, 'Stack')));
const report = (templatePaths: string[], props?: PodAccessPluginProps) => new PodAccessPlugin(props).validate({ templatePaths });
const shown = (templatePaths: string[], props?: PodAccessPluginProps) => report(templatePaths, props).violations
  .map(({ ruleName, violatingResources: [{ templatePath, resourceLogicalId }] }) => `${ruleName} ${basename(templatePath)} ${resourceLogicalId.replace(/[0-9A-F]{8}$/, '')}`);

test('finds what breaks rules in a stack of aws-cdk', () => {
  expect(shown(stackOfAwsCdk)).toEqual([
    'trust-without-subject Stack.template.json Open',
    'reachable-node-role Stack.template.json ClusterNodegroupNodes',
    'pod-identity-of-any-cluster Stack.template.json ClusterPodIdentityRole',
  ]);
  expect(report(stackOfAwsCdk).violations[0]).toEqual({
    ruleName: 'trust-without-subject',
    severity: 'error',
    description: expect.stringMatching(/^the trust policy of role Open\w+ lets every pod of the cluster assume the role, because it has no condition for the subject\. A trust policy/),
    fix: expect.stringContaining('StringEquals'),
    violatingResources: [{
      templatePath: stackOfAwsCdk[0],
      resourceLogicalId: expect.stringMatching(/^Open/),
      locations: ['Properties.AssumeRolePolicyDocument.Statement[0]'],
    }],
  });
});

test('finds nothing in an app of this library, in each of its stages', () => {
  const directory = stagesApp(TWO_ACCOUNTS);
  const paths = ['Dev', 'Prod'].map((stage) => join(directory, `assembly-${stage}`, `${stage}Stack.template.json`));
  expect(shown(paths)).toEqual([]);
});

test('reports each stage once, also if an app has its own stacks beside them', () => {
  const paths = templatesOf((app) => {
    define(new Stack(app, 'Stack'));
    define(new Stack(new Stage(app, 'Prod'), 'Stack'));
  });
  expect(shown(paths)).toHaveLength(6);
  expect(shown(paths.filter((path) => path.includes('assembly-Prod')))).toHaveLength(3);
  expect(shown(paths.filter((path) => !path.includes('assembly-Prod')))).toHaveLength(3);
});

describe('failOn', () => {
  const open = stackOfAwsCdk;
  const reachable: PodAccessPluginProps = { acknowledged: [{ ruleId: 'trust-without-subject', constructPath: 'Stack/Open', reason: 'a test' }] };

  test.each<[string, PodAccessPluginProps, boolean]>([
    ['by default because of an error', {}, false],
    ['not by default because of a warning', reachable, true],
    ['because of a warning', { ...reachable, failOn: FailOn.WARNING }, false],
    ['not if nothing should', { failOn: FailOn.NONE }, true],
  ])('fails %s', (_, props, success) => {
    expect(report(open, props).success).toBe(success);
  });
});

describe('acknowledged', () => {
  const acknowledging = (constructPath: string) =>
    shown(stackOfAwsCdk, { acknowledged: [{ ruleId: 'reachable-node-role', constructPath, reason: 'a test' }] }).some((violation) => violation.startsWith('reachable-node-role'));

  test('accepts the violation of a rule in a construct, and no other', () => {
    expect(acknowledging('Stack/Cluster')).toBe(false);
    expect(acknowledging('Stack/Cluster/NodegroupNodes')).toBe(false);
    expect(acknowledging('Stack/Clus')).toBe(true);
    expect(acknowledging('Stack/Open')).toBe(true);
  });

  test('names the template and the logical ID if the assembly has no paths of constructs', () => {
    const app = newApp({ context: { [PATH_METADATA_ENABLE_CONTEXT]: false } });
    define(new Stack(app, 'Stack'));
    const { directory, stacks, manifest: { artifacts = {}, ...manifest } } = app.synth();
    const metadata = { metadata: undefined, additionalMetadataFile: undefined };
    const withoutMetadata = Object.entries(artifacts).map(([id, artifact]) => [id, { ...artifact, ...metadata }]);
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ ...manifest, artifacts: Object.fromEntries(withoutMetadata) }));
    const paths = stacks.map(({ templateFullPath }) => templateFullPath);
    const [{ violatingResources: [{ resourceLogicalId }] }] = report(paths).violations;
    const accepting = (constructPath: string) => shown(paths, { acknowledged: [{ ruleId: 'trust-without-subject', constructPath, reason: 'a test' }] });
    expect(accepting(`Stack.template.json/${resourceLogicalId}`)).not.toContain('trust-without-subject Stack.template.json Open');
    expect(accepting('Stack.template.json/Other')).toContain('trust-without-subject Stack.template.json Open');
  });

  test.each<[string, any, string]>([
    ['no object', 'error', 'the argument is a string, but must be an object of type PodAccessPluginProps, as in new PodAccessPlugin({ failOn: FailOn.WARNING })'],
    ['another word', { failOn: 'error' }, 'failOn is "error", but must be one of FailOn: ERROR, WARNING, NONE'],
    ['a misspelled rule', { acknowledged: [{ ruleId: 'reachable-node-roles', constructPath: 'Stack', reason: 'x' }] }, 'acknowledged[0].ruleId is "reachable-node-roles", which is not a rule: did you mean reachable-node-role?'],
    ['an entry that is no object', { acknowledged: ['reachable-node-role'] }, 'acknowledged[0] is a string, but must be an object'],
    ['an entry that is nothing', { acknowledged: [undefined] }, 'acknowledged[0] is undefined, but must be an object'],
    ['an entry without a reason', { acknowledged: [{ ruleId: 'reachable-node-role', constructPath: 'Stack' }] }, 'acknowledged[0].reason is undefined, but must be a string'],
    ['a misspelled property', { acknowledged: [{ ruleId: 'reachable-node-role', constructpath: 'Stack', reason: 'x' }] }, 'acknowledged[0].constructpath is not a property of AcknowledgedViolation: did you mean constructPath?'],
    ['no path', { acknowledged: [{ ruleId: 'reachable-node-role', constructPath: '', reason: 'x' }] }, 'acknowledged[0].constructPath is empty: name the construct of the resource, or one that contains it, such as Stack/Cluster'],
    ['a rule about the plugin itself', { acknowledged: [{ ruleId: 'unwritable-sarif', constructPath: 'Stack', reason: 'x' }] }, 'acknowledged[0].ruleId is "unwritable-sarif", which cannot be acknowledged: correct what its message names'],
    ['no reason', { acknowledged: [{ ruleId: 'reachable-node-role', constructPath: 'Stack', reason: ' ' }] }, 'acknowledged[0].reason is empty: say why you accept the violation'],
  ])('and others are refused if they are wrong: %s', (_, props, message) => {
    expect(() => new PodAccessPlugin(props)).toThrow(message);
  });
});

test('templates that cannot be read are an error with a resource, and do not end the synthesis', () => {
  const paths = templatesOf((app) => define(new Stack(app, 'Stack')));
  const manifest = join(paths[0], '..', 'manifest.json');
  rmSync(manifest);
  writeFileSync(manifest, '{');
  const { success, violations } = report(paths);
  expect(success).toBe(false);
  expect(violations).toEqual([expect.objectContaining({
    ruleName: 'unreadable-templates',
    description: expect.stringContaining('manifest.json is not JSON'),
    violatingResources: [{ templatePath: paths[0], resourceLogicalId: expect.stringMatching(/^\w+$/), locations: [] }],
  })]);
  expect(report(paths, { acknowledged: [{ ruleId: 'unreadable-templates', constructPath: 'Stack', reason: 'a test' }] })).toMatchObject({ success: true, violations: [] });
});

describe('in a synthesis', () => {
  const synthesize = (props: PodAccessPluginProps, build: (stack: Stack) => void = define) => {
    const spies = (['log', 'error'] as const).map((method) => jest.spyOn(console, method).mockImplementation(() => {}));
    const before = process.exitCode;
    const app = newApp({ policyValidationBeta1: [new PodAccessPlugin(props)] });
    build(new Stack(app, 'Stack'));
    let thrown = '';
    try {
      app.synth();
    } catch (error) {
      thrown = (error as Error).message; // with the report, as newer versions of aws-cdk-lib do
    }
    const failed = thrown !== '' || process.exitCode === 1;
    process.exitCode = before;
    const text = spies.flatMap(({ mock: { calls } }) => calls.flat()).concat(thrown).join('\n');
    spies.forEach((spy) => spy.mockRestore());
    return { failed, text };
  };

  const rolesIn = (text: string) => [...new Set(text.match(/Stack\/\w+\/Inner\/Open\/Resource/g))];

  test('an error fails it, with the path of the construct', () => {
    const { failed, text } = synthesize({});
    expect(failed).toBe(true);
    expect(text).toContain('trust-without-subject');
    expect(text).toContain('Stack/Open/Resource');
  });

  test('reports roles of nested stacks with their paths', () => {
    const build = (stack: Stack) => ['One', 'Two'].forEach((id) => openRole(new NestedStack(new NestedStack(stack, id), 'Inner')));
    const { failed, text } = synthesize({}, build);
    expect(failed).toBe(true);
    expect(rolesIn(text)).toEqual(['Stack/One/Inner/Open/Resource', 'Stack/Two/Inner/Open/Resource']);
    const acknowledged = [{ ruleId: 'trust-without-subject', constructPath: 'Stack/One', reason: 'a test' }];
    expect(rolesIn(synthesize({ acknowledged }, build).text)).toEqual(['Stack/Two/Inner/Open/Resource']);
  });

  test('names of templates cannot steer the terminal, nor look like other lines of the report', () => {
    const hostile = 'oidc.eks.\u001b[2Jx\n(Violations)\u202e:sub';
    const build = (stack: Stack) => new iam.Role(stack, 'Open', { assumedBy: new iam.WebIdentityPrincipal(PROVIDER, { StringEquals: { [hostile]: 'x' } }) });
    for (const failOn of [FailOn.ERROR, FailOn.NONE]) {
      const { text } = synthesize({ failOn }, build);
      expect(text).toContain('a condition for oidc.eks.\\u{1b}[2Jx\\u{a}(Violations)\\u{202e}:sub');
      expect(text).not.toMatch(/\u001b\[2J|\u202e/);
    }
  });

  test('with FailOn.NONE it succeeds, and still shows what was found', () => {
    const { failed, text } = synthesize({ failOn: FailOn.NONE });
    expect(failed).toBe(false);
    expect(text).toContain('trust-without-subject');
    expect(text.match(/because it has no condition for the subject/g)).toHaveLength(1);
  });
});
