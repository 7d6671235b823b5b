import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { constructPaths, withConstructPaths } from './construct-paths';
import { reportedStacks } from './creation-stack';
import { CreationData, Template, isObject, nestedId, parsedTemplate, scalarText } from './template';

/**
 * The templates of a cloud assembly: of its stacks, of the stacks of its stages, and of nested stacks.
 *
 * @throws if it is not a cloud assembly.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/configure-synth.html
 */
export function readAssembly(directory: string): Template[] {
  if (!existsSync(directory)) {
    throw new Error(`there is no directory ${directory}: give the directory that "cdk synth" writes, such as cdk.out`);
  }
  if (!statSync(directory).isDirectory() || !existsSync(join(directory, MANIFEST))) {
    const expected = `it must be a directory with a ${MANIFEST}, such as the cdk.out that "cdk synth" writes. For other templates, use PodAccess.fromTemplates in a unit test`;
    throw new Error(`${directory} is not a cloud assembly: ${expected}${yamlIn(directory)}`);
  }
  const reported = existsSync(join(directory, REPORT)) ? reportedStacks(readObject(directory, REPORT)) : undefined;
  const templates = stacksIn({ directory, folder: '.', reported, nested: { count: 0, byFile: new Map() } });
  if (templates.length === 0) {
    throw new Error(`${directory} is a cloud assembly without stacks: give the directory of an app that has some`);
  }
  return templates;
}

const MANIFEST = 'manifest.json';
/** What plugins of aws-cdk-lib found, also in the assemblies of stages. */
const REPORT = 'validation-report.json';

const YAML = /\.ya?ml$/i;

/** For an error: the YAML at a path, such as the templates of another tool. */
function yamlIn(path: string): string {
  const files = (statSync(path).isDirectory() ? readdirSync(path) : [path]).filter((file) => YAML.test(file)).sort();
  return files.length === 0 ? ''
    : `. YAML is not read, such as ${files.slice(0, 3).join(', ')}: convert it to JSON`;
}

/** One of the assemblies within an assembly: each stage has one. */
interface Folder {
  readonly directory: string;
  readonly folder: string;
  readonly reported: CreationData['reported'];
  /** The nested stacks that have been read in all of them: how many, and the IDs of those that are made of a file. */
  readonly nested: { count: number; readonly byFile: Map<string, string[]> };
}

/** Files that nest each other again and again would make more templates than fit into memory. */
const MOST_NESTED = 5_000;

function stacksIn({ directory, folder, reported, nested }: Folder, within: readonly string[] = []): Template[] {
  const file = join(folder, MANIFEST);
  const { artifacts = {} } = readObject(directory, file);
  if (!isObject(artifacts)) {
    throw new Error(`${join(directory, file)} is not the manifest of a cloud assembly: its artifacts must be an object`);
  }
  const all = Object.entries<any>(artifacts);
  const ofType = (type: string) => all.filter(([, artifact]) => artifact?.type === type)
    .map(([id, artifact]) => ({ ...artifact, id, properties: artifact.properties ?? {} }));
  const assets = new Map(ofType('cdk:asset-manifest').flatMap(({ properties }) => templateAssets(directory, join(folder, scalarText(properties.file)))));
  const stacks = ofType('aws:cloudformation:stack').map((artifact) => {
    const metadata = { ...artifact.metadata, ...additionalMetadata(directory, folder, artifact) };
    const paths = constructPaths(metadata);
    return { paths, template: { ...stackTemplate({ directory, folder }, artifact, paths), creation: { metadata, reported } } };
  });
  const stages = ofType('cdk:cloud-assembly').map(({ properties }) => join(folder, scalarText(properties.directoryName)));
  return [
    ...stacks.flatMap(({ template, paths }) => [template, ...nestedIn({ directory, folder, reported, nested, assets, paths }, template)]),
    ...stages.filter((stage) => ![...within, folder].includes(stage))
      .flatMap((stage) => stacksIn({ directory, folder: stage, reported, nested }, [...within, folder])),
  ];
}

/** Newer versions of aws-cdk-lib write the metadata of a stack into a file of its own. Without the file, only construct paths are missing. */
function additionalMetadata(directory: string, folder: string, { additionalMetadataFile }: any): object {
  const file = join(folder, scalarText(additionalMetadataFile));
  return additionalMetadataFile !== undefined && existsSync(join(directory, file)) ? readObject(directory, file) : {};
}

function stackTemplate({ directory, folder }: Pick<Folder, 'directory' | 'folder'>, { id, environment, properties }: any, paths: ReadonlyMap<string, string>): Template {
  const file = join(folder, scalarText(properties.templateFile));
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(scalarText(environment)) ?? [];
  return {
    id: file,
    file,
    stackName: scalarText(properties.stackName ?? id),
    // each stage is deployed on its own, so what is unknown can differ between them
    environment: `${folder}:${environment}`,
    account: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
    deployedWith: deploymentRole(properties),
    assets: bucketOfAssets(properties),
    tags: Object.fromEntries(Object.entries(Object(properties.tags)).map(([key, value]) => [key, scalarText(value)])),
    ...readTemplate(directory, file, paths),
  };
}

/** The role that is passed to CloudFormation, or else the one with which the stack is deployed. @see https://docs.aws.amazon.com/cdk/v2/guide/customize-synth.html */
const deploymentRole = ({ cloudFormationExecutionRoleArn, assumeRoleArn }: any): string | undefined =>
  [cloudFormationExecutionRoleArn, assumeRoleArn].find((arn) => typeof arn === 'string');

/** Where the template of the stack is stored before it is deployed, with its other assets. */
const bucketOfAssets = ({ stackTemplateAssetObjectUrl: url }: any): string | undefined => /^s3:\/\/([^/]+)\//.exec(scalarText(url))?.[1];

/** The files of an asset manifest, by the name with which a template URL ends. */
function templateAssets(directory: string, file: string): Array<[string, string]> {
  return Object.values<any>(readObject(directory, file).files ?? {}).flatMap(({ source, destinations }) =>
    Object.values<any>(destinations ?? {}).map(({ objectKey }): [string, string] => [basename(scalarText(objectKey)), scalarText(source?.path)]));
}

/** What the templates of a stack and of those that are nested in it have in common. */
interface StackFolder extends Folder {
  readonly assets: ReadonlyMap<string, string>;
  readonly paths: ReadonlyMap<string, string>;
}

function nestedIn(stack: StackFolder, template: Template, ancestors: readonly string[] = []): Template[] {
  return Object.entries(template.body.Resources).flatMap(([logicalId, { Type, Properties, Metadata }]) => {
    const isNamed = Metadata?.['aws:asset:property'] === 'TemplateURL';
    const asset = isNamed ? Metadata['aws:asset:path'] : stack.assets.get(basename(lastLiteral(Properties?.TemplateURL)));
    const file = join(stack.folder, scalarText(asset));
    if (Type !== 'AWS::CloudFormation::Stack' || asset === undefined || [...ancestors, template.file].includes(file)) {
      return [];
    }
    stack.nested.count++;
    if (stack.nested.count > MOST_NESTED) {
      throw new Error(`${stack.directory} has more than ${MOST_NESTED.toLocaleString('en-US')} nested stacks, which are too many to read`);
    }
    const id = nestedId(template, logicalId);
    const nestedStacks = stack.nested.byFile.get(file) ?? [];
    stack.nested.byFile.set(file, nestedStacks);
    nestedStacks.push(id);
    const nested: Template = {
      ...template,
      id,
      file,
      nestedStacks,
      ...readTemplate(stack.directory, file, stack.paths),
      parent: { template, logicalId },
    };
    return [nested, ...nestedIn(stack, nested, [...ancestors, template.file])];
  });
}

/** The end of a text that is joined or substituted. */
function lastLiteral(value: any): string {
  const parts = value?.['Fn::Join']?.[1];
  return scalarText(Array.isArray(parts) ? parts[parts.length - 1] : value?.['Fn::Sub'] ?? value);
}

function readTemplate(directory: string, file: string, paths: ReadonlyMap<string, string>) {
  const parsed = parsedTemplate(join(directory, file), readObject(directory, file));
  return { ...parsed, body: withConstructPaths(parsed.body, paths) };
}

function readObject(directory: string, file: string): { [name: string]: any } {
  const path = join(directory, file);
  const content = parsedJson(path, text(directory, path));
  if (!isObject(content)) {
    throw new Error(`${path} must be a JSON object`);
  }
  return content;
}

function text(directory: string, path: string): string {
  const unreadable = (why?: string) => new Error(`cannot read ${path}, which the manifest of the cloud assembly names: ${why}`);
  try {
    if (!isWithin(directory, path)) {
      throw new Error(`${path} is not in the cloud assembly ${directory}, whose manifest names it`);
    }
    if (!statSync(path).isFile()) { // reading from a named pipe would wait for a writer
      throw unreadable('it is not a file');
    }
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, ''); // some editors write a byte order mark
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : unreadable(code);
  }
}

/** A cloud assembly that is not trusted must not show other files in a report, neither by file names nor by links. */
const isWithin = (directory: string, path: string) => realpathSync(path).startsWith(join(realpathSync(directory), sep));

/** The error of the parser would show a part of the file. */
function parsedJson(path: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new Error(`${path} is not JSON${YAML.test(path) ? ': YAML is not read, so convert it to JSON' : ''}`);
  }
}
