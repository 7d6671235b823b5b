import { writesOfObjectsIn } from './object-locations';
import { FUNCTION } from './programs';
import { returnedCalls, SdkCall } from './sdk-calls';
import { isCustomResource } from '../../resource-types/custom-resources';
import { Text } from '../../values/text';
import { textOf, textsIn } from '../../values/text-parts';
import { CodeWrite, writesOfStoredValue } from '../code-writes';
import { StackResource, StackResources } from '../stack-resources';

/** Who decides what a custom resource returns to the templates. */
export interface Returned {
  /** The ARNs of the functions whose code does. */
  readonly functions: readonly Text[];
  /** The requests that change what the functions read, as far as the templates show it. */
  readonly writes: readonly CodeWrite[];
}

/** Requests that change the code of a function. */
const OF_CODE = ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'];

/** Requests of an `AwsCustomResource` that return a parameter or a secret. */
const READING = /^(ssm:GetParameters?|secretsmanager:(BatchGet|Get)SecretValue)$/;

/** The custom resource of aws-cdk that reads a parameter of another Region. */
const READER_OF_STRINGS = 'Custom::CrossRegionStringParameterReader';

/** Who decides what the custom resources of the templates return, by the identifiers of these. */
export function readReturned(resources: StackResources): ReadonlyMap<string, Returned> {
  const functions = new Map(resources.ofType(FUNCTION).flatMap((one) =>
    [one.arn, one.ref].flatMap((text) => (text ? [[text.key, one] as const] : []))));
  const custom = resources.all.filter(({ type }) => isCustomResource(type));
  return new Map(custom.map((resource) => {
    const all = behind(resource.once('service token', () => textOf(resource.property('ServiceToken'))), functions);
    const elsewhere = all.filter(({ key }) => !functions.has(key)).flatMap((arn) => OF_CODE.map((action) => ({ action, arn })));
    const read = resource.once('writes of what it reads', () => [...returnedCalls(resource).flatMap(writesOfRead), ...writesOfParameterOf(resource)]);
    return [resource.key, { functions: all, writes: [...elsewhere, ...read] }];
  }));
}

/**
 * A function, and those that its environment names. A provider of aws-cdk returns what another function does.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html#provider-framework
 */
function behind(token: Text | undefined, functions: ReadonlyMap<string, StackResource>): Text[] {
  const found = new Map(token ? [[token.key, token]] : []);
  for (const [key] of found) { // the map grows while it is read
    const own = functions.get(key);
    const texts = own?.once('texts of its environment', () => textsIn(own.property('Environment'))) ?? [];
    texts.filter((text) => functions.has(text.key)).forEach((text) => found.set(text.key, text));
  }
  return [...found.values()];
}

function writesOfRead({ action = '', parameters }: SdkCall): CodeWrite[] {
  return READING.test(action) ? textsIn(parameters).flatMap(writesOfStoredValue) : action === 's3:GetObject' ? writesOfObjectsIn(parameters) : [];
}

function writesOfParameterOf(reader: StackResource): CodeWrite[] {
  const name = reader.type === READER_OF_STRINGS ? textOf(reader.property('ParameterName')) : undefined;
  return name ? writesOfStoredValue(name) : [];
}
