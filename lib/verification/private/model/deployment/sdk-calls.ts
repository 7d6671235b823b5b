import { parseJson, parseOpenJson } from '../../values/json-text';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';
import { prefixOfKnownClient } from '../services';
import { StackResource } from '../stack-resource';

/** Requests that start something else, whose role decides what happens. */
const STARTS = /^(Assume|Execute|Invoke|Publish|PutEvents|Run|Send|Start|Submit|UpdateFunction|UpdateProject|UpdateStateMachine)/;

/** Requests that are known. */
export interface SdkCalls {
  /** As actions of IAM. */
  readonly actions: readonly string[];
  /** Whether the function makes all of them with its own role. */
  readonly areOfFunction: boolean;
}

/**
 * The requests of an `AwsCustomResource` of aws-cdk; undefined if it is another custom resource, if they cannot be read, or if they
 * start something else, so that what its function may do decides.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html
 */
export function sdkCallsOf(resource: StackResource): SdkCalls | undefined {
  if (!isOfSdk(resource)) {
    return undefined;
  }
  const calls = callsOf(resource, parseJson, 'Create', 'Update', 'Delete');
  const actions = calls.map(actionOf);
  return calls.length > 0 && actions.every((action) => action !== undefined)
    ? { actions: [...new Set(actions)], areOfFunction: calls.every(isOfFunction) }
    : undefined;
}

/** Whether a resource is an `AwsCustomResource`. */
const isOfSdk = (resource: StackResource): boolean => resource.property('InstallLatestAwsSdk') !== undefined;

const callsOf = (resource: StackResource, parse: typeof parseJson, ...events: string[]): Resolved[] =>
  events.flatMap((event) => listOf(resource.property(event))).map((call) => readCall(call, parse));

/** A request of an `AwsCustomResource` whose response it returns. */
export interface SdkCall {
  /** As an action of IAM, undefined if it is not known. */
  readonly action?: string;
  readonly parameters: Resolved;
  /** What it says about what `Ref` returns. */
  readonly id: Resolved;
}

/** The requests whose responses an `AwsCustomResource` returns; none if it is another custom resource. */
export const returnedCalls = (resource: StackResource): SdkCall[] => (isOfSdk(resource) ? callsOf(resource, parseOpenJson, 'Create', 'Update') : []).map((call) =>
  ({ action: nameOf(call), parameters: valueAt(call, 'parameters'), id: valueAt(call, 'physicalResourceId') }));

/** A call, as an object or, as aws-cdk writes it, as JSON. */
function readCall(call: Resolved, parse: typeof parseJson): Resolved {
  const parsed = call instanceof Text ? parse(call) : { value: call };
  return 'problem' in parsed ? undefined : parsed.value;
}

const isOfFunction = (call: Resolved): boolean => call instanceof ResolvedMap && call.entries.every(([{ literal }]) => literal !== undefined && literal !== 'assumedRoleArn');

function actionOf(value: Resolved): string | undefined {
  const name = nameOf(value);
  return name === undefined || STARTS.test(name.slice(name.indexOf(':') + 1)) ? undefined : name;
}

function nameOf(value: Resolved): string | undefined {
  const [service, action] = value instanceof ResolvedMap ? [literalOf(value.get('service')), literalOf(value.get('action'))] : [];
  return service === undefined || action === undefined ? undefined : requestOf(service.replace('@aws-sdk/client-', ''), action.replace(/Command$/, ''));
}

/** The action of IAM of a request as the AWS SDK for JavaScript names it; undefined if its service is not known. */
export function requestOf(service: string, request: string): string | undefined {
  const prefix = prefixOfKnownClient(service);
  return prefix && `${prefix}:${capitalized(request)}`;
}

const capitalized = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
