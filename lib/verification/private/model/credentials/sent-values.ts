import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { textOf, textsIn } from '../../values/text-parts';
import { KeyRead } from '../identities';
import { prefixOf } from '../services';
import { StackResource } from '../stack-resource';

/** What sends what its properties say: to a queue, a topic, a stream or a log group, whose ARN or URL they have, too. */
const SENDING = /^AWS::(Events::Rule|IoT::TopicRule|Pipes::Pipe|Scheduler::Schedule)$/;

/** The requests with which others get it there. */
const RECEIVING: { readonly [service: string]: readonly string[] } = {
  kinesis: ['GetRecords', 'SubscribeToShard'],
  logs: ['FilterLogEvents', 'GetLogEvents', 'StartLiveTail', 'StartQuery'],
  sns: ['Subscribe'],
  sqs: ['ReceiveMessage'],
};

/**
 * The requests that read what a resource sends.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html
 */
export function readsOfSent(holder: StackResource): KeyRead[] {
  const source = textOf(holder.property('Source')); // from which a pipe reads
  const places = SENDING.test(holder.type) ? textsIn(holder.property()).filter(({ key }) => key !== source?.key) : [];
  return places.flatMap((text) => {
    const service = serviceOf(text) ?? '';
    const arn = text.startsWith('arn:') ? text : undefined; // the name in a URL can be of any account
    return Object.hasOwn(RECEIVING, service) ? RECEIVING[service].map((name): KeyRead => ({ action: `${service}:${name}`, arn })) : [];
  });
}

/** The service of an ARN, of a URL or of what a resource of the templates returns. */
function serviceOf(text: Text): string | undefined {
  const [reference] = text.unknowns.flatMap(({ resourceType }) => resourceType ?? []);
  return text.startsWith('arn:') ? splitText(text, ':').known[2]?.literal : prefixOf(reference?.split('::')[1]) ?? /^https:\/\/(sqs)\./.exec(text.start)?.[1];
}
