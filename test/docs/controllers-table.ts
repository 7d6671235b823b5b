import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compromisedPod } from './compromised-pod';
import { ROOT } from '../documents';
import { EXAMPLES } from '../policies/examples';
import { PLACES } from '../policies/place';
import { policiesOf } from '../policies/role-policies';
import { newStack } from '../stacks';

interface Docs { readonly see?: string; readonly remarks?: string; readonly custom?: { readonly [tag: string]: string } }
interface Property { readonly name: string; readonly optional?: boolean }
interface Type { readonly docs: Docs; readonly properties?: Property[]; readonly interfaces?: string[]; readonly kind: string }

export const { types }: { types: { readonly [fqn: string]: Type } } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));

export const PREFIX = 'cdk-irsa.policies.';
/** The names of the classes for well-known controllers. */
export const classes = Object.keys(types).filter((fqn) => fqn.startsWith(PREFIX) && types[fqn].interfaces?.includes(`${PREFIX}IControllerPolicy`))
  .map((fqn) => fqn.slice(PREFIX.length)).filter((name) => name !== 'CustomControllerPolicy').sort();

function inputsOf(name: string): string {
  const properties = types[`${PREFIX}${name}Props`]?.properties ?? [];
  const required = properties.filter(({ optional }) => !optional);
  const others = properties.filter(({ optional }) => optional);
  return [...required.map((property) => `**\`${property.name}\`**`), ...others.map((property) => `\`${property.name}\``)].join(', ');
}

function row(name: string): string {
  const { see, remarks, custom = {} } = types[`${PREFIX}${name}`].docs;
  const { namespace, serviceAccountName } = EXAMPLES[name](newStack());
  const account = namespace ?? serviceAccountName ? `\`${namespace ?? '…'}/${serviceAccountName ?? '…'}\`` : '';
  const sizes = policiesOf({ policy: EXAMPLES[name] }, PLACES[0]).map((document) => JSON.stringify(document).length);
  const cells = [
    `\`${name}\``, account, `[${custom.upstream}](${see})`, inputsOf(name), compromisedPod(remarks).summary, sizes.join(' + '), custom.hops,
    custom.credentials ?? 'IRSA, EKS Pod Identity',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The table of the guide, from the descriptions of the classes and from what they allow. */
export const controllersTable = () => [
  '| Class | Service account | Upstream | Inputs | What a compromised pod can still do | Characters | Settings without instance metadata | Credentials |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
  ...classes.map(row),
].join('\n');
