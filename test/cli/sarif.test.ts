import { join } from 'node:path';
import { assemblyOf } from './assemblies';
import { refused, run } from './run';
import { BROADER_ACCESS, findingRule, UNAPPROVED_ACCESS, UNKNOWN_ACCESS, UNUSED_APPROVAL } from '../../lib/cli/formats/sarif-rules';
import * as pluginAlerts from '../../lib/verification/private/rules/plugin-alerts';
import { RULES } from '../../lib/verification/private/rules/rules';
import { alertRule } from '../../lib/verification/private/rules/violations-in';
import { read, ROOT } from '../documents';
import { write } from '../files';
import { analysisIn, fingerprintsIn, resultLines } from '../sarif';
import { object, templateAfter } from '../verification/diff/app';

const sarif = (...args: string[]) => analysisIn(run('access', ...args, '--format', 'sarif').out);

const app = assemblyOf({ App: templateAfter() });
const broader = assemblyOf({ App: templateAfter(({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action.push('s3:PutObject')) });
const withMacro = assemblyOf({ App: templateAfter((_, template) => template.Transform = 'MyMacro') });
const unreadable = assemblyOf({ App: templateAfter(({ Reader }) => Reader.Properties.AssumeRolePolicyDocument = '{') });
/** The claims have no issuer, and the pods can act as their nodes. */
const broken = assemblyOf({
  App: templateAfter(({ Reader, Nodes }) => {
    Reader.Properties.AssumeRolePolicyDocument['Fn::Sub'][0] = Reader.Properties.AssumeRolePolicyDocument['Fn::Sub'][0].replace(',"${Issuer}:sub":"system:serviceaccount:default:reader"', '');
    Nodes.Properties.AmiType = 'AL2_x86_64';
    delete Nodes.Properties.LaunchTemplate;
  }),
});

describe('without a comparison', () => {
  test('the results are the broken rules and the findings, and no access', () => {
    expect(resultLines(sarif(app))).toEqual([]);
    const analysis = sarif(broken);
    expect(resultLines(analysis)).toEqual(expect.arrayContaining([
      'error trust-without-subject cdk.json:1 App.template.json/Reader',
      'warning reachable-node-role cdk.json:1 App.template.json/Nodes',
      'note finding/node-role-reachable cdk.json:1 App.template.json/Nodes',
    ]));
    expect(resultLines(sarif(unreadable))).toContain('note finding/unreadable-policy cdk.json:1 App.template.json/Reader');
    expect(analysis.automationDetails.id).toBe('cdk-irsa/access/');
  });

  test('each app of a repository has an analysis of its own', () => {
    const folder = jest.spyOn(process, 'cwd').mockReturnValue(join(process.cwd(), 'apps', 'one'));
    try {
      expect(sarif(broken).automationDetails.id).toBe('cdk-irsa/access/apps/one/');
    } finally {
      folder.mockRestore();
    }
  });

  test('rules have the texts of the plugin, and messages name the template', () => {
    const { tool: { driver: { rules } }, results: [{ message }] } = sarif(broken);
    expect(rules[0]).toMatchObject({
      shortDescription: { text: 'A trust policy admits every pod of a cluster.' },
      fullDescription: { text: expect.stringContaining('lets the pods of all service accounts of the cluster assume the role.') },
      help: { text: expect.stringContaining('Add a condition with StringEquals for <issuer>:sub') },
      helpUri: 'https://github.com/cdk-irsa/cdk-irsa/blob/main/docs/validation.md#trust-without-subject',
    });
    expect(message.text).toMatch(/ because it has no condition for the subject\. .* At Reader, Properties\.AssumeRolePolicyDocument.*, in App\.template\.json\.$/);
  });

  test('a finding about principals names all of them, once', () => {
    const { results } = sarif(broken);
    const texts = results.filter(({ ruleId }) => ruleId === 'finding/node-role-reachable').map(({ message }) => message.text);
    expect(texts).toHaveLength(new Set(texts).size);
    expect(texts[0]).toMatch(/^pods of .*: /);
  });
});

describe('with --diff', () => {
  test('the results are what broadens access', () => {
    expect(resultLines(sarif('--diff', app, broader))).toEqual(['warning broader-access cdk.json:1 App.template.json/Reader']);
    expect(resultLines(sarif('--diff', app, withMacro))).toEqual(['warning unknown-access cdk.json:1']);
    expect(resultLines(sarif('--diff', broader, app))).toEqual([]);
    expect(sarif('--diff', app, broader).results[0].message.text)
      .toMatch(/^pods of .*: role Reader is allowed s3:PutObject on .* At Reader, Properties\.Policies\[0\]\.PolicyDocument\.Statement\[0\], in App\.template\.json\.$/);
  });

  test('the exit code stays that of the comparison', () => {
    expect(run('access', '--diff', app, broader, '--format', 'sarif', '--fail-on-broadening').code).toBe(1);
  });
});

describe('with --baseline', () => {
  const approved = join(write({ x: '' }), 'access.txt');
  run('access', app, '--baseline', approved, '--write-baseline');

  test('the results are what nobody approved, and approvals without access, at the resources that they name', () => {
    expect(resultLines(sarif(app, '--baseline', approved))).toEqual([]);
    const analysis = sarif(assemblyOf({
      App: templateAfter(({ Reader, Nodes }) => {
        Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action = ['s3:GetObject', 's3:PutObject'];
        delete Nodes.Properties.LaunchTemplate;
      }),
    }), '--baseline', approved);
    expect(resultLines(analysis)).toEqual(expect.arrayContaining([
      'error unapproved-access cdk.json:1 App.template.json/Reader',
      'error unapproved-access cdk.json:1 App.template.json/Nodes',
      'error unapproved-access cdk.json:1 App.template.json/NodeRole',
      'warning unused-approval cdk.json:1 App.template.json/Reader',
    ]));
    expect(analysis.results[0].message.text).toMatch(/^Nobody approved: /);
  });
});

describe('locations', () => {
  /** The file and line of a violation of a role whose construct was created by these calls. */
  const locationOf = (metadata: object[], files: object = {}) => {
    const template = templateAfter(({ Reader }) => {
      delete Reader.Properties.AssumeRolePolicyDocument['Fn::Sub'];
      Reader.Properties.AssumeRolePolicyDocument = {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A' } }],
      };
    });
    const assembly = write({
      'manifest.json': {
        version: '36.0.0',
        artifacts: { App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' }, metadata: { '/App/Reader/Resource': withLogicalId(metadata) } } },
      },
      'App.template.json': template,
      ...files,
    });
    return resultLines(sarif(assembly))[0];
  };
  const logicalId = (...trace: string[]) => ({ type: 'aws:cdk:logicalId', data: 'Reader', trace });
  const withLogicalId = (metadata: object[]) => (metadata.some((entry) => 'trace' in entry) ? metadata : [logicalId(), ...metadata]);
  const creation = (...data: unknown[]) => [{ type: 'aws:cdk:creationStack', data }];
  const at = (location: string) => `error trust-without-subject ${location} App/Reader/Resource`;
  const path = join(ROOT, 'lib', 'reports stack.ts');
  const inReport = (...stackTraces: unknown[]) => ({ 'validation-report.json': { pluginReports: [{ violations: [{ violatingConstructs: [{ constructPath: 'App/Reader/Resource', stackTraces }] }] }] } });

  test.each<[string, string, object[], object?]>([
    ['the innermost call in the repository', 'lib/reports%20stack.ts:6', creation('...new Role2 in aws-cdk-lib...', `open (${path}:6:3)`, `<anonymous> (${ROOT}/bin/app.ts:9:1)`)],
    ['a call without a function', 'lib/reports%20stack.ts:6', creation(`${path}:6:3`)],
    ['a file as a URL', 'lib/reports%20stack.ts:6', creation(`open (file://${path.replace(' ', '%20')}:6:3)`)],
    ['the trace of --debug', 'lib/reports%20stack.ts:6', [logicalId(`new Role2 (${ROOT}/node_modules/aws-cdk-lib/aws-iam/lib/role.ts:1:2)`, `open (${path}:6:3)`)]],
    ['a report of CDK', 'lib/reports%20stack.ts:6', [], inReport(`...new Role2 in aws-cdk-lib...\nopen (${path}:6:3)\n<anonymous> (${ROOT}/bin/app.ts:9:1)`)],
  ])('are of %s', (_, location, metadata, files = {}) => {
    expect(locationOf(metadata, files)).toBe(at(location));
  });

  test.each<[string, object[], object?]>([
    ['nothing is known', []],
    ['the calls are elsewhere', creation('open (/elsewhere/app.ts:6:3)', `open (${join(ROOT, '..', 'app.ts')}:6:3)`, 'run (node:internal/main.ts:1:1)')],
    ['the calls are in packages', creation(`open (${ROOT}/node_modules/constructs/src/construct.ts:6:3)`)],
    ['a compiler has made the files', creation(`open (${ROOT}/build/app.js:6:3)`)],
    ['the calls cannot be read', creation(7, 'x', 'open (file://host/app.ts:6:3)', `open (${ROOT}/app.ts)`)],
    ['the metadata is something else', [{ type: 'aws:cdk:creationStack', data: 'x' }]],
    ['the report is something else', [], { 'validation-report.json': { pluginReports: [{ violations: 7 }, null, { violations: [{ violatingConstructs: [{}] }] }] } }],
  ])('are cdk.json if %s', (_, metadata, files = {}) => {
    expect(locationOf(metadata, files)).toBe(at('cdk.json:1'));
  });

  test('are relative to the root of the repository, and not to the folder of the app', () => {
    jest.spyOn(process, 'cwd').mockReturnValue(join(ROOT, 'test', 'cli'));
    expect(locationOf([])).toBe(at('test/cli/cdk.json:1'));
    expect(locationOf(creation(`open (${path}:6:3)`))).toBe(at('lib/reports%20stack.ts:6'));
  });

  test('are relative to the folder of the app if there is no repository', () => {
    jest.spyOn(process, 'cwd').mockReturnValue(join('/', 'nowhere', 'app'));
    expect(locationOf([])).toBe(at('cdk.json:1'));
    expect(locationOf(creation('open (/nowhere/app/lib/x.ts:6:3)'))).toBe(at('lib/x.ts:6'));
  });

  test('can have any name', () => {
    jest.spyOn(process, 'cwd').mockReturnValue('/nowhere');
    expect(locationOf(creation('open (/nowhere/(a) b:\u{1f600}\ud800?#.ts:6:3)'))).toBe(at('(a)%20b%3A%F0%9F%98%80%EF%BF%BD%3F%23.ts:6'));
  });
});

describe('fingerprints', () => {
  const twice = ({ Reader }: any) => {
    const { PolicyDocument } = Reader.Properties.Policies[0];
    PolicyDocument.Statement[0].Action.push('s3:PutObject');
  };
  const prints = (change: (resources: any) => void) => fingerprintsIn(sarif('--diff', app, assemblyOf({
    App: templateAfter((resources) => {
      twice(resources);
      change(resources);
    }),
  })));

  test('do not depend on the order of statements and actions', () => {
    const before = prints(() => {});
    expect(before).toHaveLength(1);
    expect(prints(({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement.reverse())).toEqual(before);
    expect(prints(({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action.reverse())).toEqual(before);
  });

  test('do not depend on the order of names in a message', () => {
    const podsNamed = (...names: string[]) => prints(({ Pods }) => Pods.Properties.Objects = names.map((name) => object('Pod', name, { spec: { serviceAccountName: 'reader' } })));
    expect(podsNamed('one', 'two')).toEqual(podsNamed('two', 'one'));
    expect(podsNamed('one', 'two')).not.toEqual(podsNamed('one', 'three'));
  });

  test('tell alike results of one resource apart', () => {
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A' } };
    const roleWith = (...statements: object[]) => fingerprintsIn(sarif(assemblyOf({
      App: { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: statements } } } } },
    })));
    const [one] = roleWith(statement);
    expect(roleWith(statement, statement).slice(0, 2)).toEqual([one, one.replace(/:1$/, ':2')]);
  });
});

test('names of templates become neither links nor control characters', () => {
  const name = 'x\u001b[2J\n[click](https://evil.example)\u202e';
  const { results } = sarif('--diff', app, assemblyOf({ App: templateAfter(({ Pods }) => Pods.Properties.Objects = [object('Pod', name, { spec: { hostNetwork: true, serviceAccountName: 'reader' } })]) }));
  const texts = results.map(({ message }) => message.text);
  expect(texts.join('\n')).toContain('[click] (https://evil.example)');
});

test('each rule has a section in a guide', () => {
  const rules = [BROADER_ACCESS, UNKNOWN_ACCESS, UNAPPROVED_ACCESS, UNUSED_APPROVAL, findingRule('unreadable-policy'), ...Object.values(pluginAlerts), ...RULES.map(alertRule)];
  const isMissing = (guide: string) => {
    const [file, anchor] = guide.split('#');
    const headings = [...read(`docs/${file}`).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-'));
    return !headings.includes(anchor);
  };
  expect(rules.map(({ guide }) => guide).filter(isMissing)).toEqual([]);
});

test('the answer to a question is refused', () => {
  expect(run('access', app, '--can', 's3:GetObject', '--format', 'sarif')).toEqual(refused('--format sarif cannot be used with --can: the answer to a question is no alert'));
});

test('alerts about one cluster are refused', () => {
  expect(run('access', app, '--cluster', 'Cluster', '--format', 'sarif'))
    .toEqual(refused('--format sarif cannot be used with --cluster: an upload replaces the alerts about all clusters of the app'));
});
