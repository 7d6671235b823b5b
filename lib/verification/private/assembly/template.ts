import { AccessPlace } from '../../access-reason';

/** A template of a stack, or of one nested stack. */
export interface Template {
  /** Identifies it in its assembly: two nested stacks can share a file. */
  readonly id: string;
  /** Relative to the directory of the assembly; the name that the caller gave the template if there is no file. */
  readonly file: string;
  /** Undefined if only the deployment knows it, as for single templates. */
  readonly stackName?: string;
  /** What stacks that are deployed to one account and region have in common, even if neither is known. */
  readonly environment: string;
  readonly body: TemplateBody;
  /** The transforms that CloudFormation applies to the whole template. */
  readonly transforms: readonly string[];
  /** Loops that create resources at deployment, by their name, such as `Fn::ForEach::Roles`. They are not in `Resources`. */
  readonly loops: Section;
  /** The locations of what it includes, anywhere, as the templates write them. */
  readonly includes: readonly unknown[];
  /** The tags of the stack, which CloudFormation adds to its resources; undefined if they are not known. */
  readonly tags?: { readonly [key: string]: string };
  readonly account?: string;
  readonly region?: string;
  /** The ARN of the role that creates the resources of the stack, with placeholders such as `${AWS::AccountId}`; undefined if only the deployment knows it. */
  readonly deployedWith?: string;
  /** The bucket with the assets of the stack, in the same way. */
  readonly assets?: string;
  /** Where the stack is nested. */
  readonly parent?: { readonly template: Template; readonly logicalId: string };
  /** Undefined for templates without an assembly. */
  readonly creation?: CreationData;
  /** The IDs of all nested stacks that are made of the file, if it is that of a nested stack. */
  readonly nestedStacks?: readonly string[];
}

/** What aws-cdk-lib writes about the creation of constructs, by the path of the construct with a slash before it. */
export interface CreationData {
  /** The metadata of a stack. @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema-readme.html */
  readonly metadata?: { readonly [path: string]: unknown };
  /** From `validation-report.json`. */
  readonly reported?: ReadonlyMap<string, readonly string[]>;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export interface TemplateBody {
  readonly Parameters: Section;
  readonly Mappings: Section;
  readonly Conditions: Section;
  readonly Resources: { readonly [logicalId: string]: TemplateResource };
  readonly Outputs: Section;
}

type Section = { readonly [name: string]: any };

export interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: any;
  readonly DeletionPolicy?: any;
  readonly Properties?: any;
  readonly Metadata?: any;
}

const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs'] as const;

/** Deeper templates could overflow the stack. CloudFormation allows less. */
const DEEPEST = 200;

/**
 * The sections of a template, and what CloudFormation adds to them.
 *
 * @throws if it is not a template.
 */
export function parsedTemplate(file: string, content: unknown): Pick<Template, 'body' | 'transforms' | 'loops' | 'includes'> {
  const fail = (expected: string) => {
    throw new Error(`${file} is not a CloudFormation template: ${expected}`);
  };
  if (typeof content === 'string') {
    return fail('it must be an object, not a text: parse its JSON, or convert its YAML to JSON');
  }
  // the aws-cdk writes templates without resources, too, for stacks that have none
  if (!isObject(content) || !SECTIONS.some((section) => content[section] !== undefined)) {
    return fail('it must be an object with Resources');
  }
  if (isDeep(content)) {
    return fail(`it must not be nested more than ${DEEPEST} levels deep`);
  }
  for (const section of SECTIONS) {
    if (content[section] !== undefined && !isObject(content[section])) {
      fail(`${section} must be an object`);
    }
  }
  for (const [logicalId, resource] of Object.entries<any>(content.Resources ?? {})) {
    if (!isLoop(logicalId) && typeof resource?.Type !== 'string') {
      fail(`the resource ${logicalId} must be an object with a Type`);
    }
  }
  // without a prototype, because `constructor` can be a logical ID
  const sections = SECTIONS.map((section) => [section, Object.assign(Object.create(null), content[section])]);
  const body = Object.fromEntries(sections);
  const loops = Object.fromEntries(Object.entries(body.Resources).filter(([name]) => isLoop(name)));
  Object.keys(loops).forEach((name) => delete body.Resources[name]);
  const includes = includedIn(content);
  return { body, loops, includes, transforms: [content.Transform ?? [], content['Fn::Transform'] ?? []].flat().map((name) => scalarText(name?.Name ?? name)) };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html */
const isLoop = (name: string) => name.startsWith('Fn::');

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html */
const includedIn = (content: unknown): unknown[] => (typeof content !== 'object' || content === null ? []
  : [...('Name' in content && content.Name === 'AWS::Include' && 'Parameters' in content ? [Object(content.Parameters).Location] : []),
    ...Object.values(content).flatMap(includedIn)]);

function isDeep(content: unknown): boolean {
  let level: unknown[] = [content];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return level.length > 0;
}

export const isObject = (value: unknown): value is { [name: string]: any } => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The place of a resource, or below it. */
export function placeIn({ id, file, nestedStacks = [], body }: Template, logicalId: string, path?: string): AccessPlace {
  const constructPath: unknown = body.Resources[logicalId].Metadata?.['aws:cdk:path'];
  return {
    template: file,
    ...(nestedStacks.length > 1 && { nestedStack: id }),
    logicalId,
    ...(path && { path }),
    ...(typeof constructPath === 'string' && { constructPath }),
  };
}

/** The ID of the template of a nested stack. */
export const nestedId = (template: Template, logicalId: string) => `${template.id}/${logicalId}`;

/** A scalar as a text. Anything else counts as empty. */
export const scalarText = (value: unknown) => (typeof value === 'object' || value === undefined ? '' : String(value));
