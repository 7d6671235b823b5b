import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { assemblyOf } from './assemblies';
import { refused, run } from './run';
import { IrsaTestStack } from '../../bin/irsa-test-stack';
import { context } from '../../cdk.json';
import { newFolder, write } from '../files';
import { object, templateAfter } from '../verification/diff/app';

const SCOPE = 'Not considered: service and resource control policies, VPC endpoint policies, requests without credentials, RBAC, who can create pods, and what other templates create.\n';
const ELSEWHERE = ' A resource outside the templates can have a policy of its own that allows it: ask with its ARN.';
const app = assemblyOf({ App: templateAfter() });

test('the table shows who can do what', () => {
  expect(run('access', app)).toEqual({
    code: 0,
    err: '',
    out: `WHO                    NAMESPACE  ACCOUNT  ROLE                  PERMISSIONS AT A GLANCE
ServiceAccount reader  default    reader   Reader (IRSA)         s3: GetObject, ListBucket
Pod reports            default    reader   Reader (IRSA)         s3: GetObject, ListBucket
Nodegroup Nodes                            NodeRole (node role)  ecr: BatchGetImage

${SCOPE}`,
  });
});

test('the table, and the answer to a question, have whom roles trust without a template that defines them', () => {
  const chart = templateAfter((resources) => {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' } }] };
    const Policies = [{ PolicyName: 'a', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:DeleteBucket', Resource: '*' }] } }];
    resources.Chart = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, Policies } };
  });
  const folder = assemblyOf({ App: chart });
  expect(run('access', folder).out).toMatch(/^whoever role Chart trusts +Chart \(its trust policy\) +s3: DeleteBucket$/m);
  const { out } = run('access', folder, '--can', 's3:DeleteBucket', '--assume-no-other-nodes');
  expect(out).toMatch(/^ALLOWED +whoever role Chart trusts/m);
  expect(out).not.toContain('None of');
});

test('the table of IrsaTestStack has its reader, its Job and its nodes', () => {
  const outdir = newFolder();
  const stacks = new App({ context, outdir });
  new IrsaTestStack(stacks, 'IrsaTestStack', { env: { region: 'us-west-2' } });
  stacks.synth();
  const { code, out, err } = run('access', outdir);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^ServiceAccount s3-reader-sa +default +s3-reader-sa +\S+ \(IRSA\) +AmazonS3ReadOnlyAccess$/m);
  expect(out).toMatch(/^Job s3-listonly +default +s3-reader-sa +\S+ \(IRSA\) +AmazonS3ReadOnlyAccess$/m);
  expect(out).toMatch(/^Nodegroup nodegroup +\S+ \(node role\) +AmazonEKSWorkerNodePolicy$/m);
});

test('templates without principals say so', () => {
  const nothing = assemblyOf({ Empty: { Resources: {} } });
  expect(run('access', nothing)).toEqual({ code: 0, err: '', out: `There are no service accounts, workloads or nodegroups in the templates.\n\n${SCOPE}` });
});

test('several clusters have a column', () => {
  const other = JSON.parse(JSON.stringify(templateAfter()).replaceAll('"Name":"prod"', '"Name":"test"'));
  const { out } = run('access', assemblyOf({ App: templateAfter(), Other: other }));
  expect(out).toMatch(/^CLUSTER +WHO /);
  expect(out).toMatch(/^prod +ServiceAccount reader /m);
  expect(out).toMatch(/^test +ServiceAccount reader /m);
});

test('findings follow the table', () => {
  const { code, out } = run('access', assemblyOf({ App: templateAfter(({ Reader }) => Reader.Properties.AssumeRolePolicyDocument = '{"Statement":') }));
  expect(code).toBe(0);
  expect(out).toMatch(/^unreadable-policy: the trust policy cannot be read: .* \(Reader in App\.template\.json, Properties\.AssumeRolePolicyDocument\)$/m);
});

test('--format json has the rows and the findings as data', () => {
  const { code, out } = run('access', app, '--format', 'json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    rows: [{ kind: 'ServiceAccount', namespace: 'default', name: 'reader', roles: [{ role: 'Reader', by: 'IRSA' }] }, { kind: 'Pod' }, { kind: 'Nodegroup' }],
    findings: [],
  });
});

describe('--can', () => {
  test('lists who can do something', () => {
    expect(run('access', app, '--can', 'ecr:BatchGetImage on arn:aws:ecr:us-west-2:123456789012:repository/app').out).toMatch(/^(ALLOWED|UNKNOWN) +prod +nodes of nodegroup Nodes\b/m);
  });

  test('lists UNKNOWN, and what it depends on', () => {
    const { code, out } = run('access', app, '--can', 's3:GetObject on arn:aws:s3:::reports/2025.csv');
    expect(code).toBe(0);
    expect(out).toMatch(/^OUTCOME +CLUSTER +WHO +DEPENDS ON\nUNKNOWN +prod +pods of service account default\/reader +\S/);
  });

  test('says if it is nobody, and what is assumed', () => {
    expect(run('access', app, '--can', 'sqs:ListQueues', '--assume-no-resource-policy', 'arn:aws:s3:::a*', '--assume-no-resource-policy', 'arn:aws:s3:::b*')).toEqual({
      code: 0,
      err: '',
      out: `None of the pods and nodes in the templates, and nobody else whom their roles trust, can do sqs:ListQueues.${ELSEWHERE}\n\n`
        + `Assumed: arn:aws:s3:::a* has no resource policy.\nAssumed: arn:aws:s3:::b* has no resource policy.\n${SCOPE}`,
    });
  });

  test('with --format json has the question and the answers', () => {
    expect(JSON.parse(run('access', app, '--format', 'json', '--can', 'ecr:BatchGetImage').out)).toEqual({
      version: 1,
      report: 'answers',
      action: 'ecr:BatchGetImage',
      noResourcePolicy: [],
      assumed: [],
      answers: [expect.objectContaining({ cluster: 'prod', who: 'nodes of nodegroup Nodes' })],
    });
  });

  test('refuses a misspelled action', () => {
    expect(run('access', app, '--can', 's3:GetObjct')).toEqual(refused('AWS documents no action s3:GetObjct: did you mean s3:GetObject?'));
  });

  test('asks about an action that AWS does not document only if told to', () => {
    expect(run('access', app, '--can', 's3:TeleportObject').code).toBe(2);
    expect(run('access', app, '--can', 's3:TeleportObject', '--undocumented-action').out).toContain('None of the pods and nodes in the templates, and nobody else whom their roles trust, can do s3:TeleportObject.');
  });
});

describe('assumptions', () => {
  const unread = assemblyOf({ App: templateAfter((_, template) => template.Transform = 'MyMacro') });
  const parameter = assemblyOf({
    App: templateAfter(({ Reader }, template) => {
      template.Parameters = { Action: { Type: 'String' } };
      Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action = [{ Ref: 'Action' }];
    }),
  });
  const UNREAD = '--assume-unread-parts-change-nothing';
  const LIST = ['--can', 'sqs:ListQueues'];

  test('about parts that are not read turn UNKNOWN into an answer', () => {
    expect(run('access', unread, ...LIST).out).toMatch(/^UNKNOWN /m);
    expect(run('access', unread, ...LIST, UNREAD).out).toContain(
      `None of the pods and nodes in the templates, and nobody else whom their roles trust, can do sqs:ListQueues.${ELSEWHERE}\n\nAssumed: macros, loops and other parts of the templates that cannot be read change no access.\n`);
  });

  test('are in the table, which is certain then', () => {
    expect(run('access', unread).out).toContain('Reader (IRSA, UNKNOWN)');
    const { out } = run('access', unread, UNREAD);
    expect(out).toContain('Reader (IRSA) ');
    expect(out).toContain('\nAssumed: macros, loops and other parts of the templates that cannot be read change no access.\nNot considered:');
  });

  test('are in JSON', () => {
    const assumed = ['macros, loops and other parts of the templates that cannot be read change no access'];
    expect(JSON.parse(run('access', unread, UNREAD, '--format', 'json').out)).toMatchObject({ assumed });
    expect(JSON.parse(run('access', unread, UNREAD, '--format', 'json', ...LIST).out)).toMatchObject({ assumed });
    expect(JSON.parse(run('access', '--diff', unread, unread, UNREAD, '--format', 'json').out)).toMatchObject({ assumed });
  });

  test('about OIDC providers are in the report', () => {
    expect(run('access', app, '--assume-oidc-providers-exist').out).toContain('\nAssumed: IAM OIDC providers exist that trust policies name and no template creates.\n');
  });

  test('about a parameter turn UNKNOWN into an answer, which does not show the value', () => {
    const ask = (...options: string[]) => run('access', parameter, '--can', 's3:DeleteBucket', ...options).out;
    expect(ask()).toMatch(/^UNKNOWN [^]* Action$/m);
    expect(ask('--assume-parameter', 'Action=s3:Secret=Value')).toBe(`None of the pods and nodes in the templates, and nobody else whom their roles trust, can do s3:DeleteBucket.${ELSEWHERE}\n\nAssumed: the value of parameter Action.\n${SCOPE}`);
  });

  test('about a parameter that the templates do not have are refused', () => {
    expect(run('access', parameter, '--assume-parameter', 'Actoin=x')).toEqual(
      refused('assume names the parameter Actoin, which is not in the templates: the templates have Action, AWS::Region, AWS::AccountId'));
  });
});

test.each<[string, { [file: string]: unknown }, RegExp]>([
  ['a folder with YAML', { 'vpc.yaml': 'Resources: {}', 'b.yml': '' }, /^cdk-irsa: .* is not a cloud assembly: .*\. YAML is not read, such as b\.yml, vpc\.yaml: convert it to JSON, and pass it to PodAccess\.fromTemplates in a unit test\n$/],
  ['a folder that is no cloud assembly', { 'a.txt': '' }, /^cdk-irsa: .* is not a cloud assembly: .*\n$/],
  ['a manifest that is not JSON', { 'manifest.json': '{' }, /^cdk-irsa: .*manifest\.json is not JSON\n$/],
])('%s is refused in one line', (_, files, message) => {
  const { code, out, err } = run('access', write(files));
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(message);
});

test('a template in YAML is refused in one line, which says that YAML is not read', () => {
  const template = join(write({ 'vpc.yaml': 'Resources: {}' }), 'vpc.yaml');
  expect(run('access', template).err).toMatch(/^cdk-irsa: .*vpc\.yaml is not a cloud assembly: .*\. YAML is not read, such as .*vpc\.yaml: convert it to JSON.*\n$/);
});

describe('names of templates cannot steer a terminal, or add lines', () => {
  const evil = 'reports\u001b[2J\nNodegroup admin\u202e';
  const shown = 'reports\\u{1b}[2J\\u{a}Nodegroup admin\\u{202e}';
  const withPod = templateAfter(({ Pods }) => Pods.Properties.Objects = [object('Pod', evil, { spec: { serviceAccountName: 'reader' } })]);
  const CONTROLS = /[^\P{C}\n]/u;

  test('in the table', () => {
    const { out } = run('access', assemblyOf({ App: withPod }));
    expect(out).toContain(`Pod ${shown} `);
    expect(out).not.toMatch(CONTROLS);
  });

  test('in findings', () => {
    const { out } = run('access', assemblyOf({
      App: templateAfter(({ Reader }) => Object.assign(Reader, { Metadata: { 'aws:cdk:path': evil }, Properties: { AssumeRolePolicyDocument: '{' } })),
    }));
    expect(out).toContain(`(${shown}, Properties.AssumeRolePolicyDocument)`);
    expect(out).not.toMatch(CONTROLS);
  });

  test('in answers', () => {
    const { out } = run('access', assemblyOf({ App: withPod }), '--can', 's3:GetObject');
    expect(out).toContain(shown);
    expect(out).not.toMatch(CONTROLS);
  });

  test.each([['the table', []], ['answers', ['--can', 's3:GetObject']]])('nor end a block of Markdown, in %s', (_, options) => {
    const name = `${evil}\n\`\`\`\n# Approved\n<img src=x>`;
    const template = templateAfter(({ Pods }) => Pods.Properties.Objects = [object('Pod', name, { spec: { serviceAccountName: 'reader' } })]);
    const { out } = run('access', assemblyOf({ App: template }), '--format', 'markdown', ...options);
    expect(out).toMatch(/^## Who can do \w+\n\n(````+)text\n[^]*# Approved[^]*\n\1\n$/);
    expect(out).not.toMatch(/^# Approved|^ {0,3}```$/m);
    expect(out).not.toMatch(CONTROLS);
  });

  test.each([['the table', []], ['answers', ['--can', 's3:GetObject']], ['a comparison', ['--diff', assemblyOf({ App: { Resources: {} } })]]])('in JSON of %s, which has them as they are for programs', (_, options) => {
    const name = `${evil}\u009b31m\u2028\u{e0041}`;
    const template = templateAfter(({ Pods }) => Pods.Properties.Objects = [object('Pod', name, { spec: { serviceAccountName: 'reader' } })]);
    const { out } = run('access', ...options, assemblyOf({ App: template }), '--format', 'json');
    expect(out).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
    expect(out).toContain('\\u001b[2J\\nNodegroup admin\\u202e\\u009b31m\\u2028\\udb40\\udc41');
    expect(JSON.stringify(JSON.parse(out))).toContain(JSON.stringify(name).slice(1, -1));
  });

  test.each([['text', []], ['Markdown', ['--format', 'markdown']]])('in a comparison as %s', (_, options) => {
    const { out } = run('access', '--diff', assemblyOf({ App: { Resources: {} } }), assemblyOf({ App: withPod }), ...options);
    expect(out).toContain('admin\\u{202e}');
    expect(out).not.toMatch(CONTROLS);
    expect(out).not.toMatch(/^Nodegroup admin/m);
  });

  test('in a warning about a copy', () => {
    const { err } = run('scan-template', assemblyOf({
      App: templateAfter(({ Reader }) => Object.assign(Reader, { Metadata: { 'aws:cdk:path': evil }, Properties: { AssumeRolePolicyDocument: '{' } })),
    }), newFolder());
    expect(err).toContain(`(${shown}, Properties.AssumeRolePolicyDocument)`);
    expect(err).not.toMatch(CONTROLS);
  });

  test('in an error', () => {
    const { err } = run('access', assemblyOf({ App: { Resources: { [evil]: {} } } }));
    expect(err).toMatch(/^cdk-irsa: .*reports\\u\{1b\}\[2J Nodegroup admin\\u\{202e\} .*\n$/);
  });
});
