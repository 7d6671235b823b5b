import { parseJson } from '../../values/json-text';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';
import { prefixOf } from '../services';
import { StackResource } from '../stack-resources';

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
  if (resource.property('InstallLatestAwsSdk') === undefined) {
    return undefined;
  }
  const calls = ['Create', 'Update', 'Delete'].flatMap((event) => listOf(resource.property(event))).map(readCall);
  const actions = calls.map(actionOf);
  return calls.length > 0 && actions.every((action) => action !== undefined)
    ? { actions: [...new Set(actions)], areOfFunction: calls.every(isOfFunction) }
    : undefined;
}

/** A call, as an object or, as aws-cdk writes it, as JSON. */
function readCall(call: Resolved): Resolved {
  const parsed = call instanceof Text ? parseJson(call) : { value: call };
  return 'problem' in parsed ? undefined : parsed.value;
}

const isOfFunction = (call: Resolved): boolean => call instanceof ResolvedMap && call.entries.every(([{ literal }]) => literal !== undefined && literal !== 'assumedRoleArn');

function actionOf(value: Resolved): string | undefined {
  const [service, action] = value instanceof ResolvedMap ? [literalOf(value.get('service')), literalOf(value.get('action'))] : [];
  if (service === undefined || action === undefined) {
    return undefined;
  }
  const command = action.replace(/Command$/, '');
  return STARTS.test(capitalized(command)) ? undefined : requestOf(service.replace('@aws-sdk/client-', ''), command);
}

/** The action of IAM of a request as the AWS SDK for JavaScript names it; undefined if its service is not known. */
export function requestOf(service: string, request: string): string | undefined {
  const prefix = prefixOf(service);
  return prefix && `${prefix}:${capitalized(request)}`;
}

const capitalized = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
