import { refused, run } from './run';
import { version } from '../../package.json';

const LONG = /^.{101}/m;

test('the help names the commands and the exit codes', () => {
  const { code, out, err } = run('--help');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Usage: cdk-irsa \[options\] \[command\]\n/);
  expect(out).toMatch(/^ {2}access .*\n^ {2}scannable-templates .*\n/m);
  expect(out).toContain('Exit codes:\n  0  the command succeeded\n  1  with --fail-on-broadening: access is broader; with --baseline: access is not what the file says\n  2  wrong usage, or input that cannot be read\n');
});

test.each(['access', 'scannable-templates'])('the help of %s names its arguments and the exit codes, in lines that fit', (command) => {
  const { code, out, err } = run(command, '--help');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(new RegExp(`^Usage: cdk-irsa ${command} `));
  expect(out).toContain('Exit codes:');
  expect(out).not.toMatch(LONG);
  expect(run('help', command)).toEqual({ code: 0, out, err: '' });
});

test('the version is that of the package', () => {
  expect(run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test.each<[string, string[], string]>([
  ['no command', [], 'no command is given: see npx --no cdk-irsa help'],
  ['an unknown command', ['acces'], "unknown command 'acces' (Did you mean access?)"],
  ['help about an unknown command', ['help', 'acces'], "unknown command 'acces': see npx --no cdk-irsa help"],
  ['help about an unknown command that has another name', ['help', 'diff'], "unknown command 'diff': to compare two assemblies, run cdk-irsa access --diff"],
  ['a comparison that is no command', ['diff', 'a', 'b'], "unknown command 'diff': to compare two assemblies, run cdk-irsa access --diff"],
  ['a question that is no command', ['can', 's3:GetObject'], "unknown command 'can': to list who can do something, run cdk-irsa access --can '<action> on <resource>'"],
  ['a folder without a command', ['docs'], "unknown command 'docs': to show who can do what in it, run cdk-irsa access docs"],
  ['a name of a property of objects', ['constructor'], "unknown command 'constructor'"],
  ['an option without a command', ['--diff', 'a', 'b'], "unknown option '--diff': options follow the command: cdk-irsa access --diff"],
  ['an unknown option', ['access', 'cdk.out', '--fromat', 'json'], "unknown option '--fromat' (Did you mean --format?)"],
  ['a format as an option', ['access', 'cdk.out', '--json'], "unknown option '--json': use --format json"],
  ['another format as an option', ['access', '--diff', 'a', 'b', '--markdown'], "unknown option '--markdown': use --format markdown"],
  ['a format for code scanning as an option', ['access', 'a', '--sarif'], "unknown option '--sarif': use --format sarif"],
  ['an unknown format', ['access', 'cdk.out', '--format', 'xml'], "option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, markdown, sarif, html."],
  ['a request without quotes', ['access', 'cdk.out', '--can', 's3:GetObject', 'on', 'arn:aws:s3:::a/b'],
    "the shell has split the request, quote it: --can 's3:GetObject on arn:aws:s3:::a/b'"],
  ['a request without quotes before the folder', ['access', '--can', 's3:GetObject', 'on', 'arn:aws:s3:::a/b', 'cdk.out'],
    "the shell has split the request, quote it: --can 's3:GetObject on arn:aws:s3:::a/b'"],
  ['a request without quotes and without a word', ['access', 'cdk.out', '--can', 's3:GetObject', 'arn:aws:s3:::a/b'],
    "the shell has split the request, quote it: --can 's3:GetObject on arn:aws:s3:::a/b'"],
  ['no folder', ['access'], "missing required argument 'folders': for example, npx --no cdk-irsa access cdk.out"],
  ['two folders', ['access', 'a', 'b'], 'access takes one folder, but got 2: to compare two, add --diff'],
  ['one folder to compare', ['access', '--diff', 'a'], '--diff takes two folders, the old one and the new one, but got 1'],
  ['a question about a comparison', ['access', '--diff', 'a', 'b', '--can', 's3:GetObject'], '--can cannot be used with --diff'],
  ['two questions', ['access', 'a', '--can', 's3:GetObject', '--can', 's3:PutObject'], '--can takes one request, but got 2: run the command for each'],
  ['an assumption without a question', ['access', 'a', '--assume-resource-without-policy', 'arn:aws:s3:::b'], '--assume-resource-without-policy needs --can'],
  ['an assumption about a parameter without a value', ['access', 'a', '--assume-parameter', 'Stage'], '--assume-parameter must be <name>=<value>, such as Stage=prod, or for one template <template>/<name>=<value>'],
  ['an assumption about a parameter without a name', ['access', 'a', '--assume-parameter', '=prod'], '--assume-parameter must be <name>=<value>, such as Stage=prod, or for one template <template>/<name>=<value>'],
  ['two assumptions about a parameter', ['access', 'a', '--assume-parameter', 'Stage=prod', '--assume-parameter', 'Stage=dev'], '--assume-parameter names Stage twice: give it one value'],
  ['an undocumented action without a question', ['access', 'a', '--undocumented-action'], '--undocumented-action needs --can'],
  ['--fail-on-broadening without a comparison', ['access', 'a', '--fail-on-broadening'], '--fail-on-broadening needs --diff'],
  ['a question without a value', ['access', 'a', '--can'], "option '--can <request>' argument missing: for example, --can 's3:GetObject on MyStack/Reports/*'"],
  ['a place without a value', ['access', 'a', '--assume-changes-nothing'], "option '--assume-changes-nothing <place>' argument missing: for example, --assume-changes-nothing MyStack/Seed"],
  ['a question with a wildcard', ['access', 'docs', '--can', 's3:*'],
    '--can is "s3:*", but must be an action without wildcards, such as s3:GetObject, or "<action> on <resource>"'],
  ['a question about two resources', ['access', 'docs', '--can', 's3:GetObject on arn:aws:s3:::a arn:aws:s3:::b'],
    '--can is "s3:GetObject on arn:aws:s3:::a arn:aws:s3:::b", but must be an action without wildcards, such as s3:GetObject, or "<action> on <resource>"'],
  ['a question about an ARN that only the deployment knows', ['access', 'docs', '--can', 's3:GetObject on arn:aws:s3:::${Bucket}/*'],
    '--can names arn:aws:s3:::${Bucket}/*, but the ARN is not known before the deployment: name the resource by the path of its construct or by its logical ID'],
  ['a condition key without a value', ['access', 'docs', '--can', 's3:GetObject', '--context', 'aws:SourceIp'],
    '--context must be <key>=<value>, such as aws:SourceIp=10.0.0.1'],
  ['a condition key without a question', ['access', 'docs', '--context', 'aws:SourceIp=10.0.0.1'], '--context needs --can'],
  ['a cluster in a comparison', ['access', '--diff', 'a', 'b', '--cluster', 'prod'], '--cluster cannot be used with --diff'],
  ['a folder that is not there', ['access', 'not-there'], 'there is no directory not-there: give the directory that "cdk synth" writes, such as cdk.out'],
  ['a copy without a folder', ['scannable-templates', 'a'], "missing required argument 'folder': for example, npx --no cdk-irsa scannable-templates cdk.out scan"],
  ['a copy into two folders', ['scannable-templates', 'a', 'b', 'c'], "too many arguments for 'scannable-templates'. Expected 2 arguments but got 3."],
])('the command refuses %s, in one line', (_, args, message) => {
  expect(run(...args)).toEqual(refused(message));
});
