import { userArn } from './user-arn';
import { Text } from '../values/text';

/**
 * Requests that never succeed across accounts, whatever policies allow, by service.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html
 */
const WITHIN_ACCOUNT: { readonly [service: string]: readonly string[] } = {
  kms: [
    'CancelKeyDeletion', 'ConnectCustomKeyStore', 'CreateAlias', 'CreateCustomKeyStore', 'DeleteAlias', 'DeleteCustomKeyStore', 'DeleteImportedKeyMaterial',
    'DescribeCustomKeyStores', 'DisableKey', 'DisableKeyRotation', 'DisconnectCustomKeyStore', 'EnableKey', 'EnableKeyRotation', 'GetKeyPolicy',
    'GetParametersForImport', 'ImportKeyMaterial', 'ListKeyPolicies', 'ListKeyRotations', 'ListResourceTags', 'PutKeyPolicy', 'ReplicateKey', 'RotateKeyOnDemand',
    'ScheduleKeyDeletion', 'TagResource', 'UntagResource', 'UpdateAlias', 'UpdateCustomKeyStore', 'UpdateKeyDescription', 'UpdatePrimaryRegion',
  ],
  s3: ['DeleteBucketPolicy', 'GetBucketPolicy', 'PutBucketPolicy'],
  sqs: [
    'AddPermission', 'CancelMessageMoveTask', 'CreateQueue', 'DeleteQueue', 'ListMessageMoveTasks', 'ListQueues', 'ListQueueTags', 'RemovePermission',
    'SetQueueAttributes', 'StartMessageMoveTask', 'TagQueue', 'UntagQueue',
  ],
};

/**
 * Requests of users, which never succeed with credentials of a role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html
 */
const OF_USERS: { readonly [service: string]: readonly string[] } = {
  iam: ['ChangePassword'],
  sts: ['GetFederationToken', 'GetSessionToken'],
};

const actionsIn = (requests: { readonly [service: string]: readonly string[] }): ReadonlySet<string> =>
  new Set(Object.entries(requests).flatMap(([service, names]) => names.map((name) => `${service}:${name}`.toLowerCase())));

const [withinAccount, ofUsers] = [WITHIN_ACCOUNT, OF_USERS].map(actionsIn);

/** Whether a request never succeeds across accounts, whatever policies allow. */
export const isOnlyWithinAccount = (action: string): boolean => withinAccount.has(action.toLowerCase());

/** Whether a request never succeeds with the credentials of a holder of policies, because it is a role. */
export const isOnlyOfUsers = (action: string, holder: Text): boolean => ofUsers.has(action.toLowerCase()) && userArn(holder) === undefined;
