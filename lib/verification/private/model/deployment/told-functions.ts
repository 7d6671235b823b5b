import { isOfOwnCode } from './actors';
import { customResources } from './custom-resources';
import { FunctionNames } from './function-names';
import { isOfSdk } from './sdk-calls';
import { textOf } from '../../values/text-parts';
import { StackResources } from '../stack-resources';
import { Takeover } from '../takeover';

/** Whoever invokes such a function decides what it does. */
const INVOKED: readonly Takeover[] = [{ action: 'lambda:InvokeFunction', isOfProgram: true }];

/**
 * The functions of the custom resources of aws-cdk, by the identifiers of these: they do what their event says, such as the request of an `AwsCustomResource`, and
 * send what it returns to where the event says.
 *
 * @see https://github.com/aws/aws-cdk/tree/main/packages/%40aws-cdk/custom-resource-handlers
 */
export class ToldFunctions {
  private readonly keys: ReadonlySet<string>;

  constructor(resources: StackResources) {
    const functions = new FunctionNames(resources);
    const tokens = customResources(resources).filter((resource) => isOfSdk(resource) || !isOfOwnCode(resource)).map((resource) => textOf(resource.property('ServiceToken')));
    this.keys = new Set(tokens.flatMap((token) => (token && functions.withName(token)?.key) ?? []));
  }

  takeoversOf(key: string): readonly Takeover[] {
    return this.keys.has(key) ? INVOKED : [];
  }
}
