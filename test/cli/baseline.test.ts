import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { assemblyOf } from './assemblies';
import { refused, run } from './run';
import { write } from '../files';
import { Change, templateAfter } from '../verification/diff/app';

const SCOPE = 'Not considered: service and resource control policies, VPC endpoint policies, requests without credentials, RBAC outside the templates, who else can create pods, what programs do with the data that they get, and what other templates create.\n';
const assemblyAfter = (change?: Change) => assemblyOf({ App: templateAfter(change) });
const app = assemblyAfter();
const actions = (...names: string[]) => assemblyAfter(({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action = names);
const more = actions('s3:GetObject', 's3:ListBucket', 's3:PutObject');
const other = actions('s3:GetObject', 's3:PutObject');
const allows = (action: string) => `role App.template.json/Reader: allows ${action} on arn:\${AWS::Partition}:s3:::\${App.template.json/Reports/BucketName}*`;

/** The path of a file with a text, or of one that does not exist. */
const fileWith = (text?: string) => join(write(text === undefined ? { other: '' } : { 'access.txt': text }), 'access.txt');
/** A baseline of the app, after a change of its text. */
function baseline(change: (text: string) => string = (text) => text, assembly = app): string {
  const file = fileWith();
  run('access', assembly, '--baseline', file, '--write-baseline');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return file;
}
const check = (assembly: string, file: string, ...options: string[]) => run('access', assembly, '--baseline', file, ...options);
const withReason = (reason: string) => (text: string) => text.replace(allows('s3:ListBucket'), (line) => `${line} # ${reason}`);

describe('--write-baseline', () => {
  test('writes a file with which the check passes', () => {
    const file = fileWith();
    expect(run('access', app, '--baseline', file, '--write-baseline')).toEqual({ code: 0, err: '', out: `Wrote ${file}: 13 lines, 13 new, 0 gone.\n` });
    expect(readFileSync(file, 'utf8').split('\n').slice(0, 2)).toEqual([
      '# cdk-irsa access, format 1: all access, one line each. Write this file with --write-baseline. To say why a line is approved, add "  # reason" to it.',
      'cluster App.template.json/Cluster: is named, with its account and its Region, "prod ${AWS::AccountId} ${AWS::Region}"',
    ]);
    expect(check(app, file)).toEqual({ code: 0, err: '', out: `Access is what ${file} says, in 13 lines.\n\n${SCOPE}` });
  });

  test('keeps the reasons of lines that stay', () => {
    const file = baseline(withReason('for the nightly report, ☂'));
    expect(run('access', more, '--baseline', file, '--write-baseline').out).toBe(`Wrote ${file}: 14 lines, 1 new, 0 gone.\n`);
    expect(readFileSync(file, 'utf8')).toContain(`\n${allows('s3:ListBucket')}  # for the nightly report, ☂\n${allows('s3:PutObject')}\n`);
  });

  test('says which reasons are lost', () => {
    const file = baseline(withReason('for the nightly report'));
    expect(run('access', other, '--baseline', file, '--write-baseline').out).toBe(
      `Wrote ${file}: 13 lines, 1 new, 1 gone.\nGone with a reason. If a new line takes its place, write the reason there:\n- ${allows('s3:ListBucket')}  # for the nightly report\n`);
  });

  test('writes the same text again, whatever the order of the lines and the spaces before a reason are', () => {
    const file = baseline(withReason('why'));
    const [title, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
    run('access', app, '--baseline', file, '--write-baseline');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, [title, ...lines.reverse(), ''].join('\n'));
    run('access', app, '--baseline', file, '--write-baseline');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('keeps the line ends of Windows', () => {
    const file = baseline((text) => `\ufeff${withReason('why')(text).replaceAll('\n', '\r\n')}`);
    expect(check(app, file).code).toBe(0);
    run('access', app, '--baseline', file, '--write-baseline');
    expect(readFileSync(file, 'utf8').split('\n').every((line) => line === '' || line.endsWith('\r'))).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('  # why\r\n');
  });

  test('replaces no other file', () => {
    const file = fileWith('# Read me\n');
    expect(run('access', app, '--baseline', file, '--write-baseline')).toEqual(
      refused(`${file}, line 1, is not the title of a baseline, "# cdk-irsa access, format 1": give a file that --write-baseline wrote`));
    expect(readFileSync(file, 'utf8')).toBe('# Read me\n');
  });

  test('writes into a file that is empty', () => {
    expect(run('access', app, '--baseline', fileWith(''), '--write-baseline').code).toBe(0);
  });
});

describe('--baseline fails', () => {
  test('if the file lacks something, and if something of the file is gone, whose reason it shows', () => {
    const file = baseline(withReason('for the nightly report'));
    expect(check(other, file)).toEqual({
      code: 1,
      err: '',
      out: `${file} lacks 1 line:\n+ ${allows('s3:PutObject')}\n\n`
        + `${file} has 1 line that no access has:\n- ${allows('s3:ListBucket')}  # for the nightly report\n\n`
        + `Access is not what ${file} says. If it is intended, write the file, for example with npx --no cdk-irsa access cdk.out --baseline ${basename(file)} --write-baseline, and let its owners review the change.\n\n${SCOPE}`,
    });
    expect(check(other, file, '--assume-no-other-nodes').out).toContain(' --write-baseline and the same options for what is assumed, and let its owners');
  });

  test('if something is only gone, because it would approve a later change', () => {
    expect(check(app, baseline(undefined, more)).code).toBe(1);
  });

  test.each<[string, Change]>([
    ['a denial', ({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement.pop()],
    ['a permissions boundary', ({ Reader }) => delete Reader.Properties.PermissionsBoundary],
  ])('if %s is removed', (_, change) => {
    expect(check(assemblyAfter(change), baseline()).code).toBe(1);
  });

  test('if the assumptions are not those with which it was written', () => {
    const file = baseline();
    expect(check(app, file, '--assume-no-other-nodes')).toMatchObject({ code: 1, out: expect.stringContaining('\n+ assumed: "clusters have no nodes but those in the templates"\n') });
  });
});

describe('--approved shows what changes in the file', () => {
  const approved = baseline(withReason('for the nightly report'));
  const changes = (now: string) => `What changes in ${now}:\n\n\`\`\`diff\n+ ${allows('s3:PutObject')}  # for uploads\n- ${allows('s3:ListBucket')}  # for the nightly report\n\`\`\`\n`;
  const file = baseline((text) => text.replace(allows('s3:PutObject'), (line) => `${line}  # for uploads`), other);

  test('in Markdown', () => {
    expect(check(other, file, '--approved', approved, '--format', 'markdown')).toEqual({
      code: 0, err: '', out: `## Access of pods\n\n${changes(file)}\nAccess is what ${file} says, in 13 lines.\n\n${SCOPE}`,
    });
  });

  test('also if the check fails', () => {
    const { code, out } = check(more, file, '--approved', approved, '--format', 'markdown');
    expect(code).toBe(1);
    expect(out).toContain(`${file} lacks 1 line:\n\n\`\`\`diff\n+ ${allows('s3:ListBucket')}\n\`\`\`\n`);
    expect(out).toContain(changes(file));
  });

  test('in JSON', () => {
    expect(JSON.parse(check(other, file, '--approved', approved, '--format', 'json').out)).toEqual({
      version: 1,
      report: 'baseline',
      file,
      isFine: true,
      lines: 13,
      lacking: [],
      gone: [],
      change: {
        added: [{ access: allows('s3:PutObject'), reason: 'for uploads' }], removed: [{ access: allows('s3:ListBucket'), reason: 'for the nightly report' }], otherReasons: [],
      },
      assumed: [],
    });
  });

  test('if only a reason changes', () => {
    expect(check(app, baseline(), '--approved', approved).out).toContain(`:\n! ${allows('s3:ListBucket')} (without its reason)\n`);
    expect(check(app, approved, '--approved', baseline()).out).toContain(`:\n! ${allows('s3:ListBucket')}  # for the nightly report\n`);
  });

  test('if nothing changes', () => {
    expect(check(app, approved, '--approved', approved).out).toBe(`Access is what ${approved} says, in 13 lines. Nothing changes in the file.\n\n${SCOPE}`);
  });

  test('if nothing changes, although access is not what the file says', () => {
    const { code, out } = check(other, approved, '--approved', approved);
    expect(code).toBe(1);
    expect(out).toContain(`\n\nAccess is not what ${approved} says. If it is intended, write the file, for example with npx --no cdk-irsa access cdk.out `
      + `--baseline ${basename(approved)} --write-baseline, and let its owners review the change.\n\n`);
  });

  test('if nothing was approved before, and the file is not there or is misspelled', () => {
    const missing = fileWith();
    const { code, err } = check(app, approved, '--approved', missing);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`there is no file ${missing}: correct the name, or if nothing was approved before, give an empty file`) });
  });

  test('if nothing was approved before, and the file is empty', () => {
    const { code, out } = check(app, approved, '--approved', fileWith(''));
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => line.startsWith('+ '))).toHaveLength(13);
  });

  test('in a block that no reason can end', () => {
    const evil = baseline(withReason('```` [Approved](https://example.com)'));
    expect(check(app, evil, '--approved', baseline(), '--format', 'markdown').out).toMatch(/^`````diff\n! role .*\n`````$/m);
  });
});

test.each<[string, (text: string) => string, string, number]>([
  ['no title', (text) => text.slice(text.indexOf('\n') + 1), 'is not the title of a baseline', 1],
  ['the format of a later version', (text) => text.replace('format 1', 'format 2'), 'has format 2, but this version of cdk-irsa reads format 1', 1],
  ['a pattern of a person', (text) => `${text}all roles allow s3:*\n`, 'is not a line that --write-baseline writes', 15],
  ['two spaces between words', (text) => text.replace('allows', ' allows'), 'is not a line that --write-baseline writes', 5],
  ['a letter that looks like another one', (text) => text.replace('s3:GetObject', 's3:GetО' + 'bject'), 'is not a line that --write-baseline writes', 8],
  ['a quotation mark without its counterpart', (text) => text.replace('"node role"', '"node role'), 'is not a line that --write-baseline writes', 3],
  ['a line without a subject', (text) => `${text}: allows * on *\n`, 'is not a line that --write-baseline writes', 15],
  ['a comment', (text) => `${text}# approved by nobody\n`, 'is a comment, which --write-baseline would not keep', 15],
  ['a reason that reorders letters', withReason('\u202etxet'), 'has a reason with a character that is not shown, such as one that reorders others: \\u{202e}txet', 9],
  ['a reason that is too long', withReason('x'.repeat(501)), 'has a reason of 501 characters: at most 500 are allowed', 9],
  ['a conflict of Git', (text) => text.replace('\nnodes', '\n<<<<<<< HEAD\nnodes'), 'is a conflict marker of Git', 3],
  ['a line with two reasons', (text) => `${withReason('one')(text)}${allows('s3:ListBucket')}  # another\n`, 'repeats line 9 with another reason', 15],
])('a file with %s is refused, and the message names the line', (_, change, message, line) => {
  const file = baseline(change);
  const text = readFileSync(file, 'utf8');
  for (const options of [[], ['--write-baseline']]) {
    const { code, out, err } = check(app, file, ...options);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`cdk-irsa: ${file}, line ${line}, ${message}`);
    expect(err.split('\n')).toHaveLength(2);
  }
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('a line of access that nobody has, although it could be one, fails', () => {
  const { code, out } = check(app, baseline((text) => `${text}role App.template.json/Reader: allows s3:* on *  # all of S3\n`));
  expect(code).toBe(1);
  expect(out).toContain('\n- role App.template.json/Reader: allows s3:* on *  # all of S3\n');
});

test('the same line twice, as a merge can leave it, is one line', () => {
  expect(check(app, baseline((text) => `${text}${allows('s3:ListBucket')}\n\n`)).code).toBe(0);
});

test('a baseline that is not there is refused, and not written', () => {
  const file = fileWith();
  expect(check(app, file)).toEqual(refused(`there is no baseline in ${file}: correct the name, or write a new file with --write-baseline`));
  expect(existsSync(file)).toBe(false);
});

test('a baseline in a folder that is not there is refused, with and without --write-baseline', () => {
  const file = join(app, 'none', 'access.txt');
  expect(check(app, file)).toEqual(refused(`there is no baseline in ${file}: correct the name, or write a new file with --write-baseline`));
  expect(check(app, file, '--write-baseline')).toEqual(refused(`${file} cannot be written, because there is no folder ${dirname(file)}: create it, or correct the name`));
});

test('names that look like options stay as they are in messages', () => {
  expect(check(app, 'context')).toEqual(refused('there is no baseline in context: correct the name, or write a new file with --write-baseline'));
  expect([['context'], [app, '--can', 's3:GetObject on context']].map((args) => run('access', ...args).err))
    .toEqual([expect.stringMatching(/^cdk-irsa: there is no directory context: /), expect.stringMatching(/^cdk-irsa: context is neither /)]);
});

test('a file is no folder for a baseline', () => {
  const file = join(app, 'manifest.json', 'access.txt');
  expect(check(app, file, '--write-baseline')).toEqual(refused(`${file} cannot be written, because there is no folder ${dirname(file)}: create it, or correct the name`));
});

test('a folder is refused as a baseline', () =>
  expect(check(app, app)).toEqual(refused(`${app} is not a file: give the file that lists the access`)));

test.each<[string, string[], string]>([
  ['a baseline and a folder to compare', ['--diff', 'a', 'b', '--baseline', 'f'], '--baseline cannot be used with --diff: it takes the place of the old folder'],
  ['a baseline and a question', ['a', '--baseline', 'f', '--can', 's3:GetObject'], '--baseline cannot be used with --can'],
  ['a file without a name', ['a', '--baseline', ''], '--baseline and --approved take the name of a file, but got none'],
  ['--write-baseline alone', ['a', '--write-baseline'], '--write-baseline needs --baseline'],
  ['--approved alone', ['a', '--approved', 'f'], '--approved needs --baseline'],
  ['--approved where the file is written', ['a', '--baseline', 'f', '--write-baseline', '--approved', 'f'], '--approved cannot be used with --write-baseline'],
  ['a format where the file is written', ['a', '--baseline', 'f', '--write-baseline', '--format', 'markdown'], '--format cannot be used with --write-baseline'],
])('the command refuses %s, in one line', (_, args, message) => {
  expect(run('access', ...args)).toEqual(refused(message));
});
