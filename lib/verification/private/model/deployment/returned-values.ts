import { changesOfRead } from './changes-of-read';
import { customResources } from './custom-resources';
import { FunctionNames } from './function-names';
import { returnedCalls, SdkCall } from './sdk-calls';
import { Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsIn, textsUnder } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { writesOfNames } from '../code/image-names';
import { writesOfObjectsIn } from '../code/object-locations';
import { OF_TABLES, writesOfStoredValue, writesOfTaken } from '../code/stored-writes';
import { isRead, nodesOfRead, writesOfRead } from '../deliveries/reading-requests';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** Who decides what a custom resource returns to the templates. */
export interface Returned {
  /** The ARNs of the functions whose code does. */
  readonly functions: readonly Text[];
  /** Those of them that do what the properties of the custom resource say, which are in the event with which they are invoked. */
  readonly handlers: readonly Text[];
  /** The requests that change what the functions read, as far as the templates show it. */
  readonly writes: readonly CodeWrite[];
}

/** Requests that change the code of a function. */
const OF_FUNCTIONS = ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'];

const writesOfFunction = (arn: Text): CodeWrite[] => OF_FUNCTIONS.map((action) => ({ action, arn }));

/** The custom resource of aws-cdk that reads a parameter of another Region. */
const READER_OF_STRINGS = 'Custom::CrossRegionStringParameterReader';

/** Who decides what the custom resources of the templates return, by the identifiers of these. */
export function readReturned(resources: StackResources): ReadonlyMap<string, Returned> {
  const functions = new FunctionNames(resources);
  return new Map(customResources(resources).map((resource) => {
    const token = resource.once('service token', () => textOf(resource.property('ServiceToken')));
    const calls = resource.once('returned calls', () => returnedCalls(resource));
    const all = behind([...(token ? [token] : []), ...calls.flatMap(invokedBy)], functions);
    const elsewhere = all.filter((arn) => !functions.withName(arn)).flatMap(writesOfFunction);
    const read = resource.once('writes of what it reads', () => [...calls.flatMap(writesOfCall), ...writesOfParameterOf(resource)]);
    return [resource.key, { functions: all, handlers: token ? handlersOf(token, functions) : [], writes: [...elsewhere, ...read] }];
  }));
}

/** The requests that decide what custom resources return, by the identifiers of these: also those that change the code of their functions. */
export function writesOfReturned(resources: StackResources): ReadonlyMap<string, readonly CodeWrite[]> {
  const [returned, functions] = [readReturned(resources), new FunctionNames(resources)];
  const arns = new Map([...returned.values()].flatMap((one) => one.functions.map((arn) => [arn.key, arn] as const)));
  const layers = arns.size === 0 ? [] : resources.ofType('AWS::Lambda::LayerVersion').map((layer) => layer.property('Content'));
  const ofFunctions = new Map([...arns].map(([key, arn]) => {
    const own = functions.withName(arn);
    return [key, own ? [...writesOfFunction(arn), ...[own.property('Code'), ...layers].flatMap((code) => writesOfCode(code, own.assets))] : []];
  }));
  return new Map([...returned].map(([key, one]) => [key, [...one.writes, ...one.functions.flatMap((arn) => ofFunctions.get(arn.key) ?? [])]]));
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html */
const writesOfCode = (code: Resolved, assets?: Text): CodeWrite[] =>
  [...writesOfObjectsIn(code, assets), ...writesOfNames(code), ...textsIn(code).flatMap(writesOfTaken)];

/**
 * Functions, and those that their environment names. A provider of aws-cdk returns what another function does.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html#provider-framework
 */
function behind(names: readonly Text[], functions: FunctionNames): Text[] {
  const found = new Map(names.map((name) => ofName(name, functions)));
  for (const [, arn] of found) { // the map grows while it is read
    const own = functions.withName(arn);
    const texts = own?.once('texts of its environment', () => textsIn(own.property('Environment'))) ?? [];
    texts.filter((text) => functions.withName(text)).map((text) => ofName(text, functions)).forEach(([key, other]) => found.set(key, other));
  }
  return [...found.values()];
}

/** The variables with which the framework of aws-cdk names the functions to which it hands its event on. */
const HANDED_ON = /^USER_(ON_EVENT|IS_COMPLETE)_FUNCTION_ARN$/;

function handlersOf(token: Text, functions: FunctionNames): Text[] {
  const handed = textsUnder(functions.withName(token)?.property('Environment'), HANDED_ON);
  return [token, ...handed].map((name) => ofName(name, functions)[1]);
}

/** The ARN of the function that has a name, or else the name. */
function ofName(name: Text, functions: FunctionNames): readonly [string, Text] {
  const arn = functions.withName(name)?.arn ?? name;
  return [arn.key, arn];
}

/** The function that a call invokes. */
const invokedBy = ({ action, parameters }: SdkCall): Text[] => (action?.startsWith('lambda:Invoke') ? [textOf(valueAt(parameters, 'FunctionName')) ?? []].flat() : []);

/** The services of whose requests it is known what they read: what has a name in their parameters. */
const NAMED = /^(dynamodb|ecr|lambda|s3|secretsmanager|ssm):/;

function writesOfCall({ action: request = '', parameters }: SdkCall): CodeWrite[] {
  const read = { request, parameters, isPath: false };
  return !NAMED.test(request) ? changesOfRead(request) : !isRead(read) ? [] : [
    ...writesOfRead(read),
    ...nodesOfRead(read).filter(() => request.startsWith('dynamodb:')).flatMap((arn) => OF_TABLES.map((action) => ({ action, arn }))),
  ];
}

function writesOfParameterOf(reader: StackResource): CodeWrite[] {
  const name = reader.type === READER_OF_STRINGS ? textOf(reader.property('ParameterName')) : undefined;
  return name ? writesOfStoredValue(name) : [];
}
