import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { assemblyOf } from './assemblies';
import { refused, runWide as run } from './run';
import { IrsaTestStack } from '../../bin/irsa-test-stack';
import { context } from '../../cdk.json';
import { newFolder, write } from '../files';
import { templateAfter } from '../verification/diff/app';

const SCOPE = 'Not considered: service and resource control policies, VPC endpoint policies, requests without credentials, RBAC outside the templates, who else can create pods, what programs do with the data that they get, and what other templates create.\n';
const LISTED = 'Only pods, nodes and whoever their roles trust are listed. To find others, such as functions, users and other accounts, use assertOnly in a test.\n';
const ELSEWHERE = ' A resource outside the templates can have a policy of its own that allows it: ask with its ARN.';
const app = assemblyOf({ App: templateAfter() });

test('the table shows who can do what', () => {
  expect(run('access', app)).toEqual({
    code: 0,
    err: '',
    out: `pods of service account default/reader
  Reader (IRSA)
    s3: GetObject, ListBucket
    denied in some cases: s3:*
    limited by permissions boundary managed policy Boundary

pods of Pod default/reports, with service account reader
  Reader (IRSA)
    s3: GetObject, ListBucket
    denied in some cases: s3:*
    limited by permissions boundary managed policy Boundary

nodes of nodegroup Nodes
  NodeRole (node role)
    ecr: BatchGetImage

${SCOPE}`,
  });
});

test('the table shows a policy that only a condition of the template gives, and a role without a policy', () => {
  const out = (condition?: string) => run('access', assemblyOf({
    App: templateAfter((resources, template) => {
      template.Parameters = { Stage: { Type: 'String' } };
      template.Conditions = { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } };
      const [{ PolicyDocument }] = resources.NodeRole.Properties.Policies;
      delete resources.NodeRole.Properties.Policies;
      const Properties = { PolicyName: 'pull', PolicyDocument, Roles: [{ Ref: 'NodeRole' }] };
      Object.assign(resources, condition && { Policy: { Type: 'AWS::IAM::Policy', Condition: condition, Properties } });
    }),
  })).out;
  expect(out('IsProd')).toContain('\n  NodeRole (node role)\n    ecr: BatchGetImage, if IsProd (${Stage} is "prod")\n');
  expect(out()).toContain('\n  NodeRole (node role)\n    nothing by its own policies\n');
});

test('the table, and the answer to a question, have whom roles trust without a template that defines them', () => {
  const chart = templateAfter((resources) => {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' } }] };
    const Policies = [{ PolicyName: 'a', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:DeleteBucket', Resource: '*' }] } }];
    resources.Chart = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, Policies } };
  });
  const folder = assemblyOf({ App: chart });
  expect(run('access', folder).out).toContain('\nwhoever role Chart trusts\n  Chart (its trust policy)\n    s3: DeleteBucket\n');
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
  expect(out).toMatch(/^pods of service account default\/s3-reader-sa\n {2}\S+ \(IRSA\)\n {4}AmazonS3ReadOnlyAccess$/m);
  expect(out).toMatch(/^pods of Job default\/s3-listonly, with service account s3-reader-sa\n {2}\S+ \(IRSA\)\n {4}AmazonS3ReadOnlyAccess$/m);
  expect(out).toMatch(/^nodes of nodegroup \S+, named nodegroup\n {2}\S+ \(node role\)\n {4}AmazonEKSWorkerNodePolicy$/m);
});

test('templates without principals say so', () => {
  const nothing = assemblyOf({ Empty: { Resources: {} } });
  expect(run('access', nothing)).toEqual({ code: 0, err: '', out: `There are no service accounts, workloads or nodegroups in the templates.\n\n${SCOPE}` });
  expect(run('access', nothing, '--can', 's3:GetObject').out).toBe('There are no service accounts, workloads or nodegroups in the templates, '
    + `and so the question is about nobody. Is this the assembly of the right app?\n\n${SCOPE}`);
});

test('with several clusters, each principal has its cluster', () => {
  const other = JSON.parse(JSON.stringify(templateAfter()).replaceAll('"Name":"prod"', '"Name":"test"'));
  const folder = assemblyOf({ App: templateAfter(), Other: other });
  expect(run('access', folder).out).toMatch(/^pods of service account default\/reader in cluster prod$[^]*^pods of service account default\/reader in cluster test$/m);
  expect(run('access', folder, '--can', 'ecr:BatchGetImage').out).toMatch(/^\w+ {2}nodes of nodegroup Nodes in cluster prod\n\w+ {2}nodes of nodegroup Nodes in cluster test$/m);
});

test('with several clusters, each answer has its cluster, also if only one is among the answers', () => {
  const other = JSON.parse(JSON.stringify(templateAfter()).replaceAll('"Name":"prod"', '"Name":"test"').replaceAll('ecr:BatchGetImage', 'ecr:PutImage'));
  const folder = assemblyOf({ App: templateAfter(), Other: other });
  expect(run('access', folder, '--can', 'ecr:PutImage').out).toMatch(/^ALLOWED {2}nodes of nodegroup Nodes in cluster test\n\n/);
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
    expect(run('access', app, '--can', 'ecr:BatchGetImage on arn:aws:ecr:us-west-2:123456789012:repository/app').out).toMatch(/^(ALLOWED|UNKNOWN) {2}nodes of nodegroup Nodes$/m);
  });

  test('says that others are not listed', () => {
    const { out } = run('access', app, '--can', 'ecr:BatchGetImage');
    expect(out.slice(out.indexOf('\n\nOnly ') + 2)).toBe(`${LISTED}${SCOPE}`);
  });

  test('lists UNKNOWN, and what it depends on', () => {
    const { code, out } = run('access', app, '--can', 's3:GetObject on arn:aws:s3:::reports/2025.csv');
    expect(code).toBe(0);
    expect(out).toMatch(/^UNKNOWN {2}pods of service account default\/reader\n[^]*^UNKNOWN for .*pods of service account default\/reader, .*depends on:\n {2}\S/m);
  });

  test('says if it is nobody, and what is assumed', () => {
    expect(run('access', app, '--can', 'sqs:ListQueues', '--assume-resource-without-policy', 'arn:aws:s3:::a*', '--assume-resource-without-policy', 'arn:aws:s3:::b*')).toEqual({
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
      resourcesWithoutPolicy: [],
      assumed: [],
      asked: 3,
      clusters: ['prod'],
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
    expect(out).toContain('Reader (IRSA)\n');
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
      refused('--assume-parameter names the parameter Actoin, which is not in the templates: the templates have Action, AWS::Region, AWS::AccountId'));
  });

  test('about a part that is not read: findings and answers name the option, and then what is stated', () => {
    const odd = assemblyOf({ App: templateAfter((resources) => Object.assign(resources, { Odd: { Type: 'Acme::Thing::Widget', Properties: {} } })) });
    const [option, place] = ['--assume-changes-nothing', 'App.template.json/Odd'];
    const one = (text: string) => text.replace(/\s+/g, ' ');
    expect(one(run('access', odd).out)).toContain(`It can change every decision. If it changes nothing: ${option} ${place} (Odd in App.template.json)`);
    expect(one(run('access', odd, '--can', 's3:GetObject').out)).toContain(`If it changes nothing: ${option} ${place} `);
    expect(one(run('access', odd, option, place).out)).toContain('is not known. You have stated that it changes nothing (Odd in App.template.json)');
  });

  test('about a place where everything is read are refused', () => {
    expect(run('access', parameter, '--assume-changes-nothing', 'Stack/Chart')).toEqual(
      refused('--assume-changes-nothing names Stack/Chart, but the templates have nothing there that is not read: remove it'));
  });
});

test.each<[string, { [file: string]: unknown }, RegExp]>([
  ['a folder with YAML', { 'vpc.yaml': 'Resources: {}', 'b.yml': '' }, /^cdk-irsa: .* is not a cloud assembly: .*\. For other templates, use PodAccess\.fromTemplates in a unit test\. YAML is not read, such as b\.yml, vpc\.yaml: convert it to JSON\n$/],
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
