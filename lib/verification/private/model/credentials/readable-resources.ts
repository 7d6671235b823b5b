import { READS_OF_RECORDS } from './properties-reads';
import { actionNames, arnFormats } from '../../aws-data/actions';
import { listOf, valueAt } from '../../values/resolved';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { anyPart } from '../code/code-write';
import { READS_OF_PARAMETERS } from '../code/stored-writes';
import { KeyRead } from '../identities';
import { prefixOf } from '../services';
import { StackResource } from '../stack-resource';

/** Requests that read a resource without naming it, such as all parameters below a path. */
const ANYWHERE = ['ssm:GetParametersByPath', 'cloudformation:DescribeStacks'];

/** The types of secrets and parameters, of which AWS Config records no values. */
export const STORES = ['AWS::SSM::Parameter', 'AWS::SecretsManager::Secret'];

const READS: { readonly [type: string]: readonly string[] } = {
  'AWS::CloudFormation::Stack': ['cloudformation:DescribeStacks'],
  'AWS::SSM::Parameter': READS_OF_PARAMETERS,
  'AWS::SecretsManager::Secret': ['secretsmanager:GetSecretValue', 'secretsmanager:PutResourcePolicy'],
};

/** What may be read: a resource, or a store outside the templates. */
export interface Readable { readonly type: string; readonly arn?: Text; readonly name?: Text }

/** The requests that read a resource; undefined for one of which it is not known who reads it, such as a custom resource. */
export function readsOf(holder: Readable): KeyRead[] | undefined {
  const { type, arn } = holder;
  const [vendor, service = ''] = type.split('::');
  const prefix = vendor === 'AWS' ? prefixOf(service) : undefined;
  const known = Object.hasOwn(READS, type) ? READS[type] : undefined;
  const actions = known ?? (prefix === undefined ? undefined : returningActions(prefix, arn));
  const arns = arn && [arn, ...(holder instanceof StackResource ? replicasOf(holder, arn) : [])];
  const own = actions?.flatMap((action): KeyRead[] =>
    (arns && !ANYWHERE.includes(action) ? arns.map((one) => ({ action, arn: one })) : [{ action }]));
  const ownReplicas = type === 'AWS::SecretsManager::Secret' && arn ? [{ ...OF_OWN_REPLICA, arn: inRegion(arn, anyPart('Region')) }] : [];
  return own && [...own, ...ownReplicas, ...(STORES.includes(type) ? [] : READS_OF_RECORDS)];
}

/** The ARNs of the replicas of a secret. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html */
export const replicasOf = (holder: StackResource, arn: Text): Text[] =>
  listOf(holder.property('ReplicaRegions')).map((replica) => inRegion(arn, textOf(valueAt(replica, 'Region')) ?? anyPart('Region')));

/** Of a replica that the reader makes. @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html */
const OF_OWN_REPLICA = { action: 'secretsmanager:GetSecretValue', afterOneOf: ['secretsmanager:ReplicateSecretToRegions'] };

function inRegion(arn: Text, region: Text): Text {
  const { known, isComplete } = splitText(arn, ':');
  return Text.join([...known.map((part, i) => (i === 3 ? region : part)), ...(isComplete ? [] : [anyPart('name')])], ':');
}

/** Requests that do something with the data of a resource, or start it, and return nothing of the resource itself. */
const OF_DATA = new RegExp('^(Abort|Assume|Connect|ES|Execute|GraphQL|Invoke|Poll|Publish(?!Version)|Put|Query|Receive|Send|Signal|Start(Sync)?Execution|StartJobRun'
  + '|Submit|Tag|Untag)|^DELETE$');

/** Requests that return what resources have, also if they are not about a single one. */
const READING = /^(BatchGet|Describe|GET$|Get|List|Search)/;

/**
 * Requests that may return what a resource has: those that read, and all others about resources like it, such as those that stop, retry or delete it.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StopBuild.html
 * @see https://docs.aws.amazon.com/apprunner/latest/api/API_PauseService.html
 */
function returningActions(prefix: string, arn: Text | undefined): string[] {
  const kind = arn && kindOfResource(splitText(arn, ':').known[RESOURCE]?.start);
  return ofService(prefix).filter((action) => {
    const [name, formats = []] = [action.slice(prefix.length + 1), arnFormats(action)];
    const isAbout = kind === undefined || formats.length === 0 || formats.some((format) => kindOfResource(format.split(':')[RESOURCE]) === kind);
    return READING.test(name) || (isAbout && !OF_DATA.test(name));
  });
}

/** Where an ARN says what it is of. */
const RESOURCE = 5;

const kindOfResource = (resource = ''): string | undefined => /^\/?[\w-]+/.exec(resource)?.[0];

const actionsOfServices = new Map<string, readonly string[]>();

function ofService(prefix: string): readonly string[] {
  const known = actionsOfServices.get(prefix) ?? actionNames().filter((action) => action.startsWith(`${prefix}:`));
  actionsOfServices.set(prefix, known);
  return known;
}
