import { decide, decideWithSide, Deciding } from './decide-resource';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { ResourceSide } from '../evaluation/grants';
import { holderName } from '../model/holder-name';
import { Resource } from '../model/resource';
import { Policy } from '../policies/policy';
import { Question } from '../questions/question';
import { Credentials } from '../reach/credentials';
import { Interned } from '../values/interned';
import { ResolvedMap } from '../values/resolved';
import { splitText } from '../values/split';
import { Text } from '../values/text';

const READ = 'kms:Decrypt';
const WRITE = 'kms:GenerateDataKey';

const actionsOf = (service: string, actions: readonly string[], needed: readonly string[]) =>
  Object.fromEntries(actions.map((action) => [`${service}:${action}`.toLowerCase(), needed]));

/**
 * What services ask of a key with the permissions of the caller. Amazon SQS and Amazon SNS decrypt the data keys that they generate, to verify them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-UsingKMSEncryption.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-kms-permissions.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * @see https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
 * @see https://docs.aws.amazon.com/codecommit/latest/userguide/encryption.html
 */
const NEEDS: { readonly [action: string]: readonly string[] } = {
  ...actionsOf('s3', ['GetObject', 'GetObjectVersion', 'GetObjectVersionForReplication'], [READ]),
  ...actionsOf('s3', ['PutObject'], [WRITE]),
  ...actionsOf('s3', ['ReplicateObject'], ['kms:Encrypt']),
  ...actionsOf('s3express', ['CreateSession'], [WRITE, READ]),
  ...actionsOf('s3tables', ['GetTableData', 'PutTableData'], [WRITE, READ]),
  ...actionsOf('secretsmanager', ['GetSecretValue', 'ReplicateSecretToRegions'], [READ]),
  ...actionsOf('secretsmanager', ['PutSecretValue', 'UpdateSecret'], [WRITE]),
  ...actionsOf('secretsmanager', ['CreateSecret'], [WRITE, READ]),
  ...actionsOf('sqs', ['ReceiveMessage', 'StartMessageMoveTask'], [READ]),
  ...actionsOf('sqs', ['SendMessage'], [WRITE, READ]),
  ...actionsOf('sns', ['Publish'], [WRITE, READ]),
  ...actionsOf('kinesis', ['PutRecord', 'PutRecords'], [WRITE]),
  ...actionsOf('kinesis', ['GetRecords', 'SubscribeToShard'], [READ]),
  ...actionsOf('codecommit', ['GetBlob', 'GetFile', 'GetFolder', 'GitPull'], [READ]),
  ...actionsOf('codecommit', ['CreateCommit', 'GitPush', 'PutFile'], [WRITE, READ]),
  ...actionsOf('dynamodb', [
    'GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'ConditionCheckItem',
    'PartiQLSelect', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete',
  ], [READ]),
};

/** Whether a service uses a key with the permissions of the caller. */
export const servicesNeedKey = (action: string): boolean => Object.hasOwn(NEEDS, action.toLowerCase());

/** What the key of a resource changes about a decision. */
export interface KeyCheck {
  /** That the key denies, or might deny, what its service needs, so that it is not known whether an action succeeds that policies allow. */
  readonly denial?: AccessReason;
  readonly assumed?: readonly string[];
}

/**
 * Asks the key of a resource whether an action succeeds that policies allow. It never makes a denial: what was encrypted before can have an earlier key. A key
 * that is not in the templates is assumed to let its account decide, as most keys do.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function checkKey(
  credentials: Credentials, question: Question, resource: Text, assigned: AssignedModel, deciding: Deciding,
): KeyCheck {
  const action = question.action.toLowerCase();
  const encrypted = assigned.resources.find(resource);
  const needs = Object.hasOwn(NEEDS, action) && encrypted?.encryptionKey ? NEEDS[action] : [];
  const checks = needs.map((needed) => checkNeed(needed, encrypted!, credentials, question, resource, assigned, deciding));
  return checks.find(({ denial }) => denial) ?? { assumed: checks.flatMap(({ assumed = [] }) => assumed) };
}

function checkNeed(
  needed: string, { encryptionKey, place }: Resource, credentials: Credentials, { context }: Question, resource: Text, assigned: AssignedModel,
  deciding: Deciding,
): KeyCheck {
  const { arn, service } = encryptionKey!;
  const asked = { action: needed, context: { ...context, 'kms:ViaService': [service] } };
  const { decision } = decide(credentials, asked, arn, assigned, deciding);
  if (decision.outcome === 'ALLOWED') {
    return {};
  }
  const isElsewhere = decision.outcome === 'UNKNOWN' && !assigned.resources.find(arn);
  if (isElsewhere && decideWithSide(credentials, asked, arn, { side: delegating(arn, credentials) }, assigned, deciding).outcome === 'ALLOWED') {
    return { assumed: [`the policy of ${arn}, which is not in the templates, lets policies of roles allow ${needed}`] };
  }
  const verb = decision.outcome === 'DENIED' ? 'denies' : 'might deny';
  return {
    denial: { what: `${resource} is encrypted with ${arn}, which ${verb} ${needed} to ${holderName(credentials.role)}`, place, because: [...decision.reasons] },
  };
}

/** The policy of a key that lets the account of a role decide. */
function delegating(arn: Text, { role: { account } }: Credentials): ResourceSide {
  const policy = delegations.of([account], () => ({
    name: 'assumed key policy',
    document: new ResolvedMap([[Text.of('Version'), Text.of('2012-10-17')], [Text.of('Statement'), new ResolvedMap([
      [Text.of('Effect'), Text.of('Allow')],
      [Text.of('Principal'), new ResolvedMap([[Text.of('AWS'), account]])],
      [Text.of('Action'), Text.of('kms:*')],
      [Text.of('Resource'), Text.of('*')],
    ])]]),
  }));
  return { kind: 'policies', account: splitText(arn, ':').known[4] ?? account, policies: [policy] };
}

const delegations = new Interned<Policy>();
