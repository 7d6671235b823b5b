import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { isReference } from '../../values/text-parts';
import { anyPart, arnOf } from '../code/code-write';

/** What stands before the names of what others send something to, in its ARN, by its service. */
const BEFORE_NAMES: { readonly [service: string]: string } = {
  dynamodb: 'table/', events: 'event-bus/', kinesis: 'stream/', s3: '', sns: '', sqs: '', states: 'stateMachine:',
};

/** Whether others send something to resources of a service, which these can hand on. */
export const hasNodes = (service: string): boolean => Object.hasOwn(BEFORE_NAMES, service);

/** The ARN of a resource that a text names by its ARN, its name or, as a queue, its URL or a path. */
export function namedNode(service: string, text: Text): Text {
  if (text.startsWith('arn:') || (text.start === '' && !isReference(text))) {
    return text;
  }
  const { known, isComplete } = splitText(text, '/');
  const name = isComplete ? known.at(-1)! : anyPart('name');
  const places = service === 's3' ? [Text.EMPTY, Text.EMPTY] : [anyPart('Region'), anyPart('account')];
  return arnOf(service, Text.join([Text.of(BEFORE_NAMES[service]), name]), ...places);
}
