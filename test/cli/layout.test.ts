import { assemblyOf } from './assemblies';
import { run, runIn } from './run';
import { styleOf } from '../../lib/cli/style';
import { object, templateAfter } from '../verification/diff/app';

const NINE = Array.from({ length: 9 }, (_, i) => i);

/** Nine nodegroups whose roles pods might reach, and two clusters with long names. */
const nodes = assemblyOf({
  App: templateAfter((resources) => NINE.forEach((i) => {
    const statement = { Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::reports/*' };
    resources[`NodeRole${i}`] = structuredClone(resources.NodeRole);
    resources[`NodeRole${i}`].Properties.Policies[0].PolicyDocument.Statement = statement;
    resources[`Nodes${i}`] = structuredClone(resources.Nodes);
    Object.assign(resources[`Nodes${i}`].Properties, { NodeRole: { 'Fn::GetAtt': [`NodeRole${i}`, 'Arn'] }, LaunchTemplate: undefined });
  })),
});
const occurrences = (text: string, part: string) => text.split(part).length - 1;
const flat = (text: string) => text.replace(/\s+/g, ' ');
const longest = (text: string) => Math.max(...text.split('\n').map(({ length }) => length));

describe('the table', () => {
  const { out } = run('access', nodes);

  test('fits 100 columns', () => {
    expect(longest(out)).toBeLessThanOrEqual(100);
  });

  test('fits a terminal', () => {
    expect(longest(runIn({ width: 60, isColored: false }, 'access', nodes).out)).toBeLessThanOrEqual(60);
    expect(longest(runIn({ width: 150, isColored: false }, 'access', nodes).out)).toBeGreaterThan(100);
  });

  test('has each permission under the role that has it', () => {
    const [reader] = out.split('\n\n');
    expect(reader).toBe([
      'pods of service account default/reader', '  Reader (IRSA)', '    s3: GetObject, ListBucket', '    denied in some cases: s3:*',
      '    limited by permissions boundary managed policy Boundary',
      ...NINE.flatMap((i) => [`  NodeRole${i} (instance metadata, UNKNOWN)`, '    s3: DeleteObject']),
    ].join('\n'));
  });

  test('has a finding once, with all whom it is about', () => {
    expect(occurrences(flat(out), 'it can use the role of its nodes, NodeRole3: ')).toBe(1);
    expect(flat(out)).toContain('About pods of service account default/reader, pods of Pod default/reports, pods of service account default/default: it can use the role of its nodes, NodeRole0: ');
  });
});

describe('the answers', () => {
  const { out } = run('access', nodes, '--can', 's3:DeleteObject on arn:aws:s3:::reports/x');

  test('have a cause once, with all whom it concerns', () => {
    expect(longest(out)).toBeLessThanOrEqual(100);
    expect(occurrences(out, 'the policy of arn:aws:s3:::reports/x')).toBe(1);
    expect(occurrences(out, 'whether pods reach the instance metadata of nodegroup Nodes3')).toBe(1);
    expect(flat(out)).toContain('UNKNOWN for pods of service account default/reader, pods of Pod default/reports, pods of service account default/default depends on: '
      + 'whether pods reach the instance metadata of nodegroup Nodes0 whether');
    expect(out).toMatch(/^UNKNOWN for all \d+ of these depends on:\n {2}the policy of arn:aws:s3:::reports\/x$/m);
  });

  test('fill no screen', () => {
    expect(out.split('\n').length).toBeLessThan(40);
  });
});

describe('a name that is longer than a line', () => {
  const name = `x${' '.repeat(80)}  AdminRole (IRSA)${' '.repeat(80)}nodes of nodegroup admin${' '.repeat(90)}    s3: *`;
  const path = Array.from({ length: 100 }, (_, n) => `${' '.repeat(n + 40)}AdminRole (IRSA)${' '.repeat(n + 40)}s3: *`).join('');
  const { out } = run('access', assemblyOf({
    App: templateAfter((resources) => {
      const { Pods, Reader } = resources;
      resources.Unread = { Type: 'AWS::IAM::Role', Metadata: { 'aws:cdk:path': path }, Properties: { AssumeRolePolicyDocument: '{' } };
      Pods.Properties.Objects = [object('Pod', name, { spec: { serviceAccountName: 'reader' } })];
      Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action = `s3:${name}`;
    }),
  }));

  test('adds no line that looks like one of a principal, a role or a permission', () => {
    const [heading, role, permission] = [/^\S.*/gm, /^ {2}\S.*/gm, /^ {4}\S.*/gm].map((indented) => out.match(indented));
    expect(heading).not.toContainEqual(expect.stringMatching(/^nodes of nodegroup admin/));
    expect(role).not.toContainEqual(expect.stringMatching(/^ *AdminRole/));
    expect(permission).not.toContainEqual('    s3: *');
  });
});

describe('colors', () => {
  const ESCAPES = /\u001b\[\d+m/g;
  const colored = { width: 100, isColored: true };
  const changed = assemblyOf({ App: templateAfter(({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action = ['s3:GetObject', 's3:PutObject']) });

  test.each<[string, string[]]>([
    ['the table', [nodes]],
    ['answers', [nodes, '--can', 's3:DeleteObject']],
    ['a comparison', ['--diff', nodes, changed]],
  ])('of %s are all that a terminal with colors adds', (_, args) => {
    const { out } = runIn(colored, 'access', ...args);
    expect(out).toMatch(ESCAPES);
    expect(out.replace(ESCAPES, '')).toBe(run('access', ...args).out);
  });

  test.each(['json', 'markdown'])('are not in %s', (format) => {
    expect(runIn(colored, 'access', nodes, '--format', format).out).toBe(run('access', nodes, '--format', format).out);
  });

  test.each<[string, Parameters<typeof styleOf>, ReturnType<typeof styleOf>]>([
    ['a terminal', [{ isTTY: true, columns: 132 }, {}], { width: 132, isColored: true }],
    ['a terminal whose user wants no colors', [{ isTTY: true, columns: 132 }, { NO_COLOR: '1' }], { width: 132, isColored: false }],
    ['a terminal with an empty NO_COLOR', [{ isTTY: true, columns: 132 }, { NO_COLOR: '' }], { width: 132, isColored: true }],
    ['a terminal without colors', [{ isTTY: true, columns: 80 }, { TERM: 'dumb' }], { width: 80, isColored: false }],
    ['a narrow terminal', [{ isTTY: true, columns: 10 }, {}], { width: 40, isColored: true }],
    ['a terminal of unknown width', [{ isTTY: true, columns: 0 }, {}], { width: 100, isColored: true }],
    ['a file', [{}, {}], { width: 100, isColored: false }],
  ])('and the width of %s', (_, args, style) => {
    expect(styleOf(...args)).toEqual(style);
  });
});
