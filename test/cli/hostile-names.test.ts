import { assemblyOf } from './assemblies';
import { runWide as run } from './run';
import { newFolder } from '../files';
import { object, templateAfter } from '../verification/diff/app';

describe('names of templates cannot steer a terminal, or add lines', () => {
  const evil = 'reports\u001b[2J\nNodegroup admin\u202e';
  const shown = 'reports\\u{1b}[2J\\u{a}Nodegroup admin\\u{202e}';
  const withPod = templateAfter(({ Pods }) => Pods.Properties.Objects = [object('Pod', evil, { spec: { serviceAccountName: 'reader' } })]);
  const CONTROLS = /[^\P{C}\n]/u;

  test('in the table', () => {
    const { out } = run('access', assemblyOf({ App: withPod }));
    expect(out).toContain(`\npods of Pod default/${shown}, with service account reader\n`);
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
    expect(out).toMatch(/^## Who can do \w+\n\n(````+)text\n[^]*Approved[^]*\n\1\n$/);
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
    const { err } = run('scannable-templates', assemblyOf({
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
