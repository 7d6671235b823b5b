import { Command } from 'commander';
import { Io } from './io';
import { writeCopy } from './template-copy';
import { placeText } from '../verification/internal/place-text';
import { printable } from '../verification/internal/printable';
import { ScannableTemplates } from '../verification/scannable-templates';

/** `cdk-irsa scannable-templates`. */
export const scannableTemplatesCommand = (io: Io): Command => new Command('scannable-templates')
  .summary('copy templates with trust policies as JSON objects')
  .description('Copies the templates of a cloud assembly for tools that read trust policies only as objects. In the copy, each trust policy that is a string'
    + ' becomes the object that IAM gets, and a name replaces each value that is known only at deployment, such as an issuer. Do not deploy the copy.')
  .argument('<assembly>', 'a cloud assembly, such as cdk.out')
  .argument('<folder>', 'where to write the copy: an empty or new folder, or an earlier copy')
  .action((assembly: string, folder: string) => {
    const templates = ScannableTemplates.fromAssembly(assembly);
    writeCopy(templates.texts, folder);
    for (const file of Object.keys(templates.texts)) {
      io.out(`${printable(`${file}: ${summary(templates.changedRoles[file] ?? [])}`)}\n`);
    }
    for (const { message, place } of templates.findings) {
      io.err(`cdk-irsa: warning: a trust policy is unchanged: ${printable(`${message}${place ? ` (${placeText(place)})` : ''}`)}\n`);
    }
  });

const summary = (roles: readonly string[]) =>
  (roles.length === 0 ? 'unchanged' : `the trust ${roles.length === 1 ? 'policy' : 'policies'} of ${roles.join(', ')}`);
