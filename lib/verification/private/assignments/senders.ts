import { Delivery } from '../model/events';
import { nameOfService, prefixOf } from '../model/services';
import { matchesAction } from '../policies/matches-action';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { Condition, Statement } from '../policies/statement';
import { Interned } from '../values/interned';
import { splitText } from '../values/split';
import { Text } from '../values/text';
import { withUnknowns } from '../values/wildcards';

/** What tells a program about requests: a service, or one of its resources. */
export interface Sender extends Pick<Delivery, 'requests'> {
  /** The prefix of the actions of a service, or its name if its actions have another one; undefined if it is not known. */
  readonly service?: string;
  readonly arn?: Text;
  /** What everyone can make send, in an account of their own, for messages; undefined if they cannot. */
  readonly anyone?: string;
}

/**
 * The services that the policy of a receiver lets send to it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn
 */
export const sendersOf = (policy: Policy): readonly Sender[] =>
  senders.of([policy], () => parsePolicy(policy, 'resource').statements.filter(({ effect }) => effect !== 'Deny').flatMap(sendersIn));

const senders = new Interned<readonly Sender[]>();

function sendersIn(statement: Statement): Sender[] {
  const { principals, conditions = [] } = statement;
  const services = (principals?.principals ?? []).filter(({ kind }) => kind === 'Service').map(({ name }) => serviceOf(name.start))
    .filter((service) => service !== READING || SENDING.some((action) => matchesAction(statement, action) !== 'no'));
  const sources = conditions.filter(({ key }) => key.literal?.toLowerCase() === 'aws:sourcearn').flatMap(({ values }) => values.map(withUnknowns));
  const isUrl = conditions.some(({ key, values }) => key.literal?.toLowerCase() === 'lambda:functionurlauthtype'
    && values.some(({ literal }) => literal === undefined || literal === 'NONE'));
  const isLimited = conditions.some(limitsAccounts);
  const ofServices = services.map((service) => prefixOf(service) ?? service).flatMap((service) => {
    const anyone = isLimited ? {} : { anyone: `${nameOfService(service)} of any account` };
    return sources.length > 0 ? sources.map((arn): Sender => ({ service, arn, ...anyone })) : [{ service, ...anyone }];
  });
  return [...(isUrl ? [{ service: 'its URL' }] : []), ...ofServices, ...(!isUrl && letsEveryoneSend(statement) ? [OF_EVERYONE] : [])];
}

/** The service that sends, by its principal. Alarms have one of their own. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html */
const serviceOf = (principal: string): string => (principal.startsWith('lambda.alarms.cloudwatch.') ? 'cloudwatch' : principal.split('.')[0]);

/** The keys that tell whose principal it is, or for which account a service acts. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
export const OF_ACCOUNTS = /^(aws:((source|principal)(account|arn|org\w+)|sourceowner|userid|federatedprovider|referer)|lambda:eventsourcetoken)$/i;

/**
 * Whether a condition says for which account, or for which resource, a service may act. Otherwise, anyone makes the service send, in an account of their own.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html#cfn-lambda-permission-sourcearn
 */
const limitsAccounts = ({ operator, key, values }: Condition): boolean => (key.literal === undefined || OF_ACCOUNTS.test(key.literal))
  && !/not|null|forallvalues/i.test(operator.toString()) && values.every((value) => !isOfAnyAccount(value));

/** Whether a value admits any account: `*`, or an ARN with it in place of the account or, without an account, of the name. */
export function isOfAnyAccount(value: Text): boolean {
  const { known } = splitText(value, ':');
  const [account, name] = [known[4], known[5]];
  const isWild = (text?: Text) => text?.startsWith('*') ?? false;
  return isWild(known.length > 4 ? account : known.at(-1)) || (known.length > 5 && account.literal === '' && isWild(name));
}

/** Requests that send something, or start it. */
const SENDING = ['events:PutEvents', 'lambda:InvokeFunction', 'lambda:InvokeFunctionUrl', 's3:PutObject', 'sns:Publish', 'sqs:SendMessage'];

/**
 * What requests the URLs of functions with its own signature, and mostly only reads.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
const READING = 'cloudfront';

const OF_EVERYONE: Sender = { requests: [], anyone: 'a policy that lets in everyone' };

/** Conditions of a URL do not say who requests it. */
const OF_URLS = /^lambda:(functionurlauthtype|invokedviafunctionurl)$/i;

/** Whether a statement lets everyone send, so also with credentials of an account of their own. */
const letsEveryoneSend = (statement: Statement): boolean => {
  const { principals, conditions = [] } = statement;
  return principals !== undefined && !principals.negated && principals.principals.some(({ kind, name }) => kind === 'AWS' && name.literal === '*')
    && conditions.every(({ key }) => OF_URLS.test(key.literal ?? '')) && SENDING.some((action) => matchesAction(statement, action) !== 'no');
};
