import { existsSync } from 'node:fs';

/** What other tools call a command or an option, and what it is here. */
const MEANT: { readonly [word: string]: string } = {
  'diff': 'to compare two assemblies, run cdk-irsa access --diff',
  'compare': 'to compare two assemblies, run cdk-irsa access --diff',
  'can': "to list who can do something, run cdk-irsa access --can '<action> on <resource>'",
  'who-can': "to list who can do something, run cdk-irsa access --can '<action> on <resource>'",
  'scan': 'to copy templates for scanners, run cdk-irsa scannable-templates',
  '--json': 'use --format json',
  '--markdown': 'use --format markdown',
  '--sarif': 'use --format sarif',
  '--html': 'use --format html',
  '--who-can': "use --can '<action> on <resource>'",
};

/**
 * What was meant by an unknown command or option; undefined if that is not clear.
 *
 * @param optionsOfAccess the options of `access`, which need the command before them.
 */
export function hintOn(unknown: string, args: readonly string[], optionsOfAccess: readonly (string | undefined)[]): string | undefined {
  if (Object.hasOwn(MEANT, unknown)) {
    return MEANT[unknown];
  }
  if (unknown === args[0] && optionsOfAccess.includes(unknown)) {
    return `options follow the command: cdk-irsa access ${unknown}`;
  }
  return !unknown.startsWith('-') && existsSync(unknown) ? `to show who can do what in it, run cdk-irsa access ${unknown}` : undefined;
}

/** A whole command, for someone who has left out an argument. */
export const exampleOf = ([command]: readonly string[]): string =>
  (command === 'scannable-templates' ? 'npx --no cdk-irsa scannable-templates cdk.out scan' : 'npx --no cdk-irsa access cdk.out');

/** How to write options that take a value. */
const OPTION_EXAMPLES: { readonly [option: string]: string } = {
  '--can': "--can 's3:GetObject on MyStack/Reports/*'",
  '--context': '--context aws:SourceIp=10.0.0.1',
  '--cluster': '--cluster MyStack/Cluster',
  '--assume-resource-without-policy': '--assume-resource-without-policy arn:aws:s3:::shared',
  '--assume-changes-nothing': '--assume-changes-nothing MyStack/Seed',
  '--assume-parameter': '--assume-parameter Stage=prod',
  '--baseline': '--baseline access.txt',
  '--approved': '--approved main/access.txt',
  '--format': '--format json',
};

/** The option of an error about a value that is missing, with one. */
export const exampleOfOption = (error: string): string | undefined => OPTION_EXAMPLES[/--[\w-]+/.exec(error)?.[0] ?? ''];

/** How to quote a request that a shell has split; undefined if it has not. */
export function quotedRequest(action: string, folders: readonly string[]): string | undefined {
  const on = folders.indexOf('on');
  const resource = on >= 0 ? folders[on + 1] ?? '<resource>' : folders.find((folder) => folder.startsWith('arn:'));
  return resource === undefined ? undefined : `--can '${action} on ${resource}'`;
}
