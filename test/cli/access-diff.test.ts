import { assemblyOf } from './assemblies';
import { run } from './run';
import { Change, templateAfter } from '../verification/diff/app';

const SCOPE = 'Not considered: service and resource control policies, VPC endpoint policies, requests without credentials, RBAC outside the templates, who else can create pods, what programs do with the data that they get, and what other templates create.\n';
const WRAPPED_SCOPE = SCOPE.replace('without credentials', 'without\n  credentials').replace('data that', 'data\n  that');
const assemblyAfter = (change?: Change) => assemblyOf({ App: templateAfter(change) });
const before = assemblyAfter();
const after = assemblyAfter(({ Reader }, template) => {
  Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action = ['s3:GetObject', 's3:PutObject'];
  template.Parameters = { Policy: { Type: 'String' } };
  Reader.Properties.PermissionsBoundary = { Ref: 'Policy' };
});

test('a diff shows who gained and who lost what', () => {
  expect(run('access', '--diff', before, after)).toEqual({
    code: 0,
    err: '',
    out: `pods of service account default/reader, pods of Pod default/reports
  + role Reader is allowed s3:PutObject on arn:\${AWS::Partition}:s3:::\${Reports}* by inline policy
        "read" (Reader in App.template.json, Properties.Policies[0].PolicyDocument.Statement[0])
  ? not known: managed policy \${Policy}: managed policy \${Policy} is not in the templates (Reader in
        App.template.json, Properties.PermissionsBoundary)
  - role Reader is no longer allowed s3:ListBucket on arn:\${AWS::Partition}:s3:::\${Reports}* by
        inline policy "read" (Reader in App.template.json,
        Properties.Policies[0].PolicyDocument.Statement[0])

1 gained, 1 lost, 1 UNKNOWN. Access is broader than before.
${WRAPPED_SCOPE}`,
  });
});

test('a diff without differences says so', () => {
  expect(run('access', '--diff', before, before)).toEqual({ code: 0, err: '', out: `Nobody gained or lost access.\n${WRAPPED_SCOPE}` });
  expect(run('access', '--diff', before, before, '--format', 'markdown')).toEqual({ code: 0, err: '', out: `## Access of pods\n\nNobody gained or lost access.\n\n${SCOPE}` });
});

test('--format markdown has a block in which lines have the color of their sign', () => {
  const { code, out } = run('access', '--diff', before, after, '--format', 'markdown');
  expect(code).toBe(0);
  expect(out).toMatch(/^## Access of pods\n\n1 gained, 1 lost, 1 UNKNOWN\. Access is broader than before\.\n\n```diff\n@@ pods of service account default\/reader, pods of Pod default\/reports @@\n\+ role Reader .*\n! .*\n- role Reader .*\n```\n\n/);
});

test('names in templates cannot end the block, nor a line', () => {
  const { out } = run('access', '--diff', before, assemblyAfter(({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement[0].Resource = 'arn:aws:s3:::a\n````\n# Approved'), '--format', 'markdown');
  expect(out).toMatch(/^`````diff\n(?:[@+!-] ?.*\n)+`````$/m);
  expect(out).not.toMatch(/^# Approved/m);
});

test('--format json has the changes as data', () => {
  const { code, out } = run('access', '--diff', before, after, '--format', 'json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    broadens: true,
    changes: expect.arrayContaining([expect.objectContaining({ kind: 'GAINED', broadens: true, place: expect.objectContaining({ logicalId: 'Reader' }) })]),
  });
});

test('a change of parts that are assumed to change nothing is none, and the report says so', () => {
  const withMacro = (DisplayName: string) => assemblyAfter((resources, template) => {
    template.Transform = 'MyMacro';
    resources.Topic = { Type: 'AWS::SNS::Topic', Properties: { DisplayName } };
  });
  const [old, now] = [withMacro('a'), withMacro('b')];
  const ASSUMED = '--assume-unread-parts-change-nothing';
  expect(run('access', '--diff', old, now, '--fail-on-broadening').code).toBe(1);
  const said = 'Assumed: macros, loops and other parts of the templates that cannot be read change no access.\n';
  expect(run('access', '--diff', old, now, '--fail-on-broadening', ASSUMED)).toEqual({ code: 0, err: '', out: `Nobody gained or lost access.\n${said}${WRAPPED_SCOPE}` });
  expect(run('access', '--diff', old, now, '--format', 'markdown', ASSUMED).out).toBe(`## Access of pods\n\nNobody gained or lost access.\n\n${said}\n${SCOPE}`);
});

describe('--assume-parameter', () => {
  const withStage = (Default: string, more: Change = () => {}) => assemblyAfter((resources, template) => {
    template.Parameters = { Stage: { Type: 'String', Default } };
    template.Conditions = { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } };
    resources.Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action = { 'Fn::If': ['IsProd', 's3:GetObject', 's3:*'] };
    more(resources, template);
  });
  const [old, now] = [withStage('prod'), withStage('dev')];
  const code = (...values: string[]) => run('access', '--diff', old, now, '--fail-on-broadening', ...values.flatMap((value) => ['--assume-parameter', value])).code;

  test('states the value in one of two assemblies, so that a default value that changes can be compared', () => {
    expect(code('old:Stage=prod', 'new:Stage=dev')).toBe(1);
    expect(code('old:Stage=dev', 'new:Stage=prod')).toBe(0);
    expect(run('access', '--diff', old, now, '--assume-parameter', 'old:Stage=prod', '--assume-parameter', 'new:Stage=dev').out)
      .toContain('Assumed: the value of parameter Stage, another one in each assembly.\n');
    const { out } = run('access', '--diff', old, now, '--assume-parameter', 'old:Stage=prod', '--assume-parameter', 'new:AWS::Region=eu-west-1');
    expect(out).toContain('Assumed: the value of parameter AWS::Region, in the new assembly.\nAssumed: the value of parameter Stage, in the old assembly.\n');
  });

  test('states the value in both, or in the one that has the parameter', () => {
    expect(code('Stage=prod')).toBe(0);
    expect(run('access', '--diff', old, now, '--assume-parameter', 'Stage=prod').out).toContain('Assumed: the value of parameter Stage.\n');
    expect(run('access', '--diff', before, now, '--assume-parameter', 'Stage=prod').err).toBe('');
    expect(run('access', '--diff', before, now, '--assume-parameter', 'App.template.json/Stage=prod').err).toBe('');
    expect(run('access', '--diff', before, now, '--assume-parameter', 'Ap.template.json/Stage=prod').err).toContain('names the parameter Ap.template.json/Stage, which is not in the templates');
  });

  test.each<[string, string[], string]>([
    ['neither has', [now, now, '--assume-parameter', 'Stag=prod'], '--assume-parameter names the parameter Stag, which is not in the templates'],
    ['the named one lacks', [before, now, '--assume-parameter', 'old:Stage=prod'], '--assume-parameter names the parameter Stage, which is not in the templates'],
    ['has two values', [now, now, '--assume-parameter', 'Stage=prod', '--assume-parameter', 'new:Stage=dev'], '--assume-parameter names Stage twice'],
  ])('of a parameter that %s is refused', (_, args, message) => {
    const { code: exit, err } = run('access', '--diff', ...args);
    expect(exit).toBe(2);
    expect(err).toContain(message);
  });

  test('for one of two assemblies needs --diff', () => {
    expect(run('access', now, '--assume-parameter', 'old:Stage=prod').err).toBe('cdk-irsa: --assume-parameter old:Stage needs --diff: without it, there is one assembly\n');
  });
});

describe('a change of a policy that is not read', () => {
  const withBus = (Principal: string) => assemblyAfter((resources) => resources.Bus = {
    Type: 'AWS::Events::EventBusPolicy', Properties: { StatementId: 'all', Statement: { Effect: 'Allow', Principal, Action: 'events:PutEvents', Resource: '*' } },
  });
  const [old, now] = [withBus('111122223333'), withBus('*')];
  const what = 'what is not read has changed: unread-policy: the permissions of Bus, of type AWS::Events::EventBusPolicy, are not read: they can allow actions of events';

  test.each<[string, string[], string]>([
    ['text', [], `templates\n  ? ${what} (Bus in App.template.json)\n\n0 gained, 0 lost, 1 UNKNOWN. Access is broader than before.\n`],
    ['Markdown', ['--format', 'markdown'], `@@ templates @@\n! ${what} (Bus in App.template.json)\n`],
    ['JSON', ['--format', 'json'], `"what": "${what}",\n      "place"`],
  ])('is UNKNOWN in %s, and counts as broader access', (_, options, shown) => {
    const { code, out } = run('access', '--diff', old, now, '--fail-on-broadening', ...options);
    expect(code).toBe(1);
    expect(out.replaceAll(`\n${' '.repeat(8)}`, ' ')).toContain(shown); // a change in one line
  });
});

describe('--fail-on-broadening', () => {
  const code = (old: string, now: string) => run('access', '--diff', old, now, '--fail-on-broadening').code;

  test('fails if somebody gained access', () => {
    expect(code(before, assemblyAfter(({ Reader }) => delete Reader.Properties.PermissionsBoundary))).toBe(1);
  });

  test('fails if something is UNKNOWN that was known', () => {
    expect(code(before, assemblyAfter(({ Reader }) => Reader.Properties.AssumeRolePolicyDocument = '{'))).toBe(1);
  });

  test('passes if somebody lost access, or nothing changed', () => {
    expect(code(before, assemblyAfter(({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement.shift()))).toBe(0);
    expect(code(before, before)).toBe(0);
  });
});
