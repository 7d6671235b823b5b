import { causingRequests } from './causing-requests';
import { NearTexts } from './near-texts';
import { Sender, sendersOf } from './senders';
import { actionNames } from '../aws-data/actions';
import { changingRequests } from '../model/changing-requests';
import { anyPart, arnOf } from '../model/code/code-write';
import { OF_TABLES } from '../model/code/stored-writes';
import { Delivery, EventRule, Events } from '../model/events';
import { Model } from '../model/model';
import { Program } from '../model/program';
import { CodeStores } from '../model/programs/code-stores';
import { Resource } from '../model/resource';
import { isVersionOf } from '../model/resources/lambda-permissions';
import { nameOfService, prefixOf } from '../model/services';
import { Interned, sameList } from '../values/interned';
import { mayBeEqual } from '../values/may-be-equal';
import { equal } from '../values/pattern';
import { splitText } from '../values/split';
import { Text } from '../values/text';

/** A request with which others start a program, because a service tells it about the request. */
interface ProgramStart {
  /** Undefined if anyone can start it, without a permission of AWS. */
  readonly action?: string;
  /** What the request is about; undefined for anything. */
  readonly arn?: Text;
  /** The service that starts it, for messages. */
  readonly by: string;
}

/** What the templates say about who sends what to whom. */
export interface Senders {
  readonly events: Events;
  readonly resources: readonly Resource[];
  readonly codeStores: CodeStores;
}

/** Requests that send something to others. Any change of a resource of another service can be what a program is told about. */
const SENDING: { readonly [service: string]: readonly string[] } = {
  dynamodb: OF_TABLES,
  events: ['events:PutEvents'],
  firehose: ['firehose:PutRecord', 'firehose:PutRecordBatch', 'firehose:UpdateDestination'],
  kinesis: ['kinesis:PutRecord', 'kinesis:PutRecords'],
  logs: ['logs:PutLogEvents'],
  s3: [
    's3:DeleteObject', 's3:DeleteObjectTagging', 's3:DeleteObjectVersion', 's3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTagging', 's3:ReplicateObject', 's3:RestoreObject',
  ],
  sns: ['sns:Publish'],
  sqs: ['sqs:SendMessage'],
  states: ['states:StartExecution', 'states:StartSyncExecution'],
};

/** Services that others use without a permission of AWS: over HTTP, with messages and mails, or as users who sign up. */
const OF_EVERYONE = new Set([
  'alexa-appkit', 'alexa-connectedhome', 'apigateway', 'appsync', 'cloudfront', 'cognito-idp', 'connect', 'elasticloadbalancing', 'kafka', 'lex', 'mq', 'rds', 'ses', 'transfer',
  'vpc-lattice', 'its URL',
]);

/**
 * What starts a program besides the requests about it: what a service of its policy tells it, and what is delivered to it, possibly over several queues and topics.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
export const startsOf = (program: Program, model: Model): readonly ProgramStart[] =>
  known.of([model, program], () => startsAt(program.arns, SenderIndex.of(model), () => true, new Set()));

const known = new Interned<readonly ProgramStart[]>();

/** What decides what some sources hand on: the requests about them, and what is delivered to them. */
export function feedsOf(sources: readonly Text[], senders: Senders): readonly ProgramStart[] {
  const index = SenderIndex.of(senders);
  return [
    ...sources.flatMap((arn) => requestsOf({ service: serviceIn(arn), arn }, index)),
    ...startsAt(sources.map((arn) => receiverOf(arn, index)), index, ({ isFixed }) => !isFixed, new Set()),
  ].filter(({ action }) => action === undefined || !REPEATING.includes(action));
}

type Counts = (delivery: Delivery) => boolean;

function startsAt(targets: readonly Text[], index: SenderIndex, counts: Counts, seen: Set<string>): ProgramStart[] {
  const rest = targets.filter(({ key }) => !seen.has(key));
  rest.forEach(({ key }) => seen.add(key));
  return rest.flatMap((target) => sendersTo(target, index, counts)).flatMap((sender) =>
    [...requestsOf(sender, index), ...(sender.arn ? startsAt([receiverOf(sender.arn, index)], index, counts, seen) : [])]);
}

/** What gets what a sender sends: itself, or the bus of a rule, to which nothing is sent. */
function receiverOf(arn: Text, index: SenderIndex): Text {
  const rule = index.rules.get(arn.key);
  return rule ? busOf(rule) : arn;
}

const serviceIn = (arn: Text): string | undefined => splitText(arn, ':').known[2]?.literal;

const sendersTo = (target: Text, { deliveries, receivers }: SenderIndex, counts: Counts): Sender[] => [
  ...receivers.to(target).flatMap(({ arn, senders }) => (equal(arn, target) === 'yes' || isVersionOf(target, arn) ? senders : [])),
  ...deliveries.to(target).filter((delivery) => counts(delivery) && (mayBeEqual(delivery.to, target) || isVersionOf(target, delivery.to)))
    .map(({ from, service, requests, anyone }) => ({ service: service ?? (from && serviceIn(from)), arn: from, requests, anyone })),
];

/** What has a policy that lets services send to it. */
interface Receiver {
  readonly arn: Text;
  readonly senders: readonly Sender[];
}

/** Who sends what to whom, by the receivers. */
class SenderIndex {
  static of({ events, resources, codeStores }: Senders): SenderIndex {
    return ofLists.of([resources, events, codeStores], () => {
      const receiving = sameList(resources.filter(({ policies }) => policies.length > 0));
      return indices.of([events, receiving, codeStores], () => new SenderIndex(events, receiving, codeStores));
    });
  }

  readonly rules: ReadonlyMap<string, EventRule>;
  readonly deliveries: NearTexts<Delivery>;
  readonly receivers: NearTexts<Receiver>;

  private constructor({ rules, deliveries }: Events, resources: readonly Resource[], readonly codeStores: CodeStores) {
    this.rules = new Map(rules.map((rule) => [rule.arn.key, rule]));
    this.deliveries = new NearTexts(deliveries, ({ to }) => to);
    const all = resources.map(({ arn, policies }) => ({ arn, senders: policies.flatMap(sendersOf) })); // most have none
    this.receivers = new NearTexts(all.filter((one) => one.senders.length > 0), ({ arn }) => arn);
  }
}

const indices = new Interned<SenderIndex>();
/** By the list of all resources, which is another one under each assignment of the conditions. */
const ofLists = new Interned<SenderIndex>();

const requestsOf = (sender: Sender, index: SenderIndex): ProgramStart[] =>
  [...requestsTo(sender, index), ...(sender.anyone === undefined ? [] : [{ by: sender.anyone }])];

function requestsTo({ service, arn, requests: given }: Sender, index: SenderIndex): ProgramStart[] {
  if (given) {
    return given.map((request) => ({ ...request, by: service ?? 'its own requests' }));
  }
  const rule = arn && index.rules.get(arn.key);
  if (rule) {
    return ofRule(rule, index);
  }
  if (service === undefined) {
    return arn ? Object.entries(SENDING).flatMap(([by, actions]) => actions.map((action) => ({ action, arn, by }))) : [{ by: 'what is not in AWS' }];
  }
  if (Object.hasOwn(SENDING, service)) {
    return ofSending(service, index, arn);
  }
  const requests = OF_EVERYONE.has(service) ? [] : [...changingRequests(service), ...invokingRequests(service)];
  return requests.length > 0 ? requests.map((action) => ({ action, by: service })) : [{ by: nameOfService(service) }];
}

function ofSending(service: string, index: SenderIndex, arn?: Text): ProgramStart[] {
  const parts = arn && service !== 'events' ? partsOf(service, arn) : [undefined];
  const sent = SENDING[service].flatMap((action) => parts.flatMap((part) =>
    (part && action === 's3:PutObject' ? index.codeStores.writesOf({ action, arn: part }) : [{ action, arn: part }])));
  const targets = service === 'events' ? (arn ? CHANGING_RULES : [NEW_TARGET]).map((action) => ({ action, arn })) : [];
  const isOfOne = arn !== undefined && arn.unknowns.length === 0;
  const registered = isOfOne || !Object.hasOwn(NEW_SENDER, service) ? [] : [{ action: NEW_SENDER[service], arn }];
  const redriven = service === 'sqs' ? REDRIVING.map((action) => ({ action, arn: undefined })) : [];
  return [...sent, ...targets, ...registered, ...redriven].map((request) => ({ action: request.action, arn: request.arn, by: service }));
}

/**
 * Who sets where another queue sends what has failed sends that there, unless the queue there does not allow it.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
const REDRIVING = ['sqs:CreateQueue', 'sqs:SetQueueAttributes'];

/** An agent invokes functions when it is invoked itself. */
const invokingRequests = (service: string): string[] => actionNames().filter((action) => action.startsWith(`${service}:Invoke`));

/**
 * Whoever can change the targets of a rule can add a resource that lets Amazon EventBridge send events to it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
const NEW_TARGET = 'events:PutTargets';

/** The same for what else sends to any resource that lets its service send to it. */
const NEW_SENDER: { readonly [service: string]: string } = { logs: 'logs:PutSubscriptionFilter', s3: 's3:PutBucketNotification', sns: 'sns:Subscribe' };

/** Requests that decide when a rule starts its targets, and with which input. */
const CHANGING_RULES = ['events:PutRule', NEW_TARGET, 'events:EnableRule'];

/** The bus gets the events of an archive again. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html */
const REPLAY = 'events:StartReplay';

/** Requests with which a rule starts its targets, but which decide nothing of what these get. */
const REPEATING = ['events:EnableRule', REPLAY];

const ofRule = (rule: EventRule, index: SenderIndex): ProgramStart[] => [
  ...CHANGING_RULES.map((action) => ({ action, arn: rule.arn, by: 'events' })),
  ...eventsOf(rule, index),
  ...(rule.hasPattern ? [{ action: REPLAY, by: 'events' }] : []),
];

const eventsOf = (rule: EventRule, index: SenderIndex): ProgramStart[] => [
  ...rule.services.filter((service) => Object.hasOwn(WATCHING, service)).map((service) => ({ by: WATCHING[service] })),
  ...rule.services.flatMap((service) => eventsOfService(service, rule, index)),
  ...(rule.hasPattern && !rule.isOnlyOfServices ? [{ action: 'events:PutEvents', arn: busOf(rule), by: 'events' }] : []),
];

/** Objects are those of the buckets in the pattern, if it names some. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
function eventsOfService(service: string, { buckets }: EventRule, index: SenderIndex): ProgramStart[] {
  const requests = service === 's3' && buckets ? buckets.flatMap((bucket) => ofSending(service, index, bucket))
    : [...changingRequests(prefixOf(service) ?? service), ...causingRequests(service)].map((action) => ({ action }));
  return requests.map((request) => ({ ...request, by: 'events' }));
}

/**
 * Services with events about what pods do, whatever they may request, and what these events come from, for messages.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/kubernetes-protection.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
const WATCHING: { readonly [service: string]: string } = { cloudwatch: 'the metrics of pods', guardduty: 'findings about pods', securityhub: 'findings about pods' };

const busOf = ({ bus }: EventRule): Text =>
  (bus.startsWith('arn:') ? bus : arnOf('events', Text.join([Text.of('event-bus/'), bus]), anyPart('Region'), anyPart('account')));

/**
 * What requests are about that put something into a source: the objects of a bucket, the table of a stream, a state machine or a version of it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
 */
function partsOf(service: string, arn: Text): Text[] {
  if (service === 'states') {
    return [arn, Text.join([arn, anyPart('version')], ':')];
  }
  const { parts } = arn;
  const end = parts.findIndex((part) => typeof part === 'string' && /\/(stream|consumer)\//.test(part));
  const owner = end < 0 || service === 's3' ? arn : Text.join([...parts.slice(0, end), `${parts[end]}`.split(/\/(?:stream|consumer)\//)[0]].map(Text.ofPart));
  return service === 's3' ? [Text.join([arn, anyPart('key')], '/')] : [owner];
}
