import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../documents';

interface Named { readonly name: string; readonly docs?: { readonly summary?: string } }
interface Type extends Named {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly namespace?: string;
  readonly base?: string;
  /** Whether it is a struct. */
  readonly datatype?: boolean;
  readonly interfaces?: string[];
  readonly properties?: Named[];
  readonly methods?: Named[];
  /** Of an enum. */
  readonly members?: Named[];
}

const { types }: { types: { readonly [fqn: string]: Type } } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));

/** What an app needs on its first day: a cluster, new or existing, its service accounts and roles, objects, and a proof. */
export const FIRST_DAY = [
  'IrsaCluster', 'IrsaClusterProps', 'IrsaNodegroupOptions', 'IrsaClusterAttributes', 'IIrsaCluster',
  'ServiceAccountWithRole', 'ServiceAccountWithRoleProps', 'ServiceAccountRole', 'ServiceAccountRoleProps', 'ServiceAccountSubject',
  'KubernetesObjects', 'KubernetesObjectsProps', 'PodAccess', 'PodSelection',
];

/** The kinds of types, in the order of the tables. */
const KINDS: [string, (type: Type) => boolean][] = [
  ['construct', ({ base }) => base === 'constructs.Construct'],
  ['class', ({ kind }) => kind === 'class'],
  ['enum', ({ kind }) => kind === 'enum'],
  ['struct', ({ datatype }) => datatype === true],
  ['interface', () => true],
];

const rankOf = (type: Type) => KINDS.findIndex(([, isOfKind]) => isOfKind(type));

const isFirstDay = ({ name }: Type) => FIRST_DAY.includes(name);

/** Undefined is the main module. */
const NAMESPACES = [undefined, 'policies', 'verification'];

const rowOf = ([fqn, type]: [string, Type]): string => {
  const { name, docs, properties = [], methods = [], members = [] } = type;
  const summary = (docs?.summary ?? '').replace(/\|/g, '\\|');
  const cells = [`[\`${name}\`](../API.md#${fqn})`, isFirstDay(type) ? 'yes' : '', KINDS[rankOf(type)][0], properties.length + methods.length + members.length, summary];
  return `| ${cells.join(' | ')} |`;
};

function tableOf(namespace: string | undefined): string {
  const rows = Object.entries(types).filter(([, type]) => type.namespace === namespace)
    .sort(([, a], [, b]) => Number(isFirstDay(b)) - Number(isFirstDay(a)) || rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1)).map(rowOf);
  return ['| type | first day | kind | members | what it is |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** The tables of the page, from the assembly. */
export const publicApiTables = () => NAMESPACES.map((namespace) => `## ${namespace ? `\`${namespace}\`` : 'The main module'}\n\n${tableOf(namespace)}\n`).join('\n');

export const names = Object.values(types).map(({ name }) => name);
