import { misspelled } from './nearest';
import { actionNames, knownAction } from '../aws-data/actions';

const partsOf = (action: string) => action.toLowerCase().split(':');

/**
 * Names that people confuse with actions: operations of the API, which need the permission for another action.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-batch-api-actions.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
const OPERATIONS: { readonly [operation: string]: string } = {
  's3:headobject': 's3:GetObject',
  's3:headbucket': 's3:ListBucket',
  's3:listobjects': 's3:ListBucket',
  's3:listobjectsv2': 's3:ListBucket',
  's3:listobjectversions': 's3:ListBucketVersions',
  's3:listbuckets': 's3:ListAllMyBuckets',
  's3:listmultipartuploads': 's3:ListBucketMultipartUploads',
  's3:listparts': 's3:ListMultipartUploadParts',
  's3:deleteobjects': 's3:DeleteObject',
  's3:createmultipartupload': 's3:PutObject',
  's3:uploadpart': 's3:PutObject',
  's3:completemultipartupload': 's3:PutObject',
  's3:copyobject': 's3:PutObject on the new object, and s3:GetObject on the source',
  's3:uploadpartcopy': 's3:PutObject on the new object, and s3:GetObject on the source',
  's3:getbucketencryption': 's3:GetEncryptionConfiguration',
  's3:putbucketencryption': 's3:PutEncryptionConfiguration',
  'lambda:invoke': 'lambda:InvokeFunction',
  'sqs:sendmessagebatch': 'sqs:SendMessage',
  'sqs:deletemessagebatch': 'sqs:DeleteMessage',
  'sqs:changemessagevisibilitybatch': 'sqs:ChangeMessageVisibility',
  'sns:publishbatch': 'sns:Publish',
  'dynamodb:transactgetitems': 'dynamodb:GetItem',
  'dynamodb:transactwriteitems': 'dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem or dynamodb:ConditionCheckItem',
  'bedrock:converse': 'bedrock:InvokeModel',
  'bedrock:conversestream': 'bedrock:InvokeModelWithResponseStream',
};

/**
 * Checks the name of an action, because one that does not exist is denied everywhere.
 *
 * @param isUndocumented whether the caller knows that AWS did not document the action.
 * @returns what an explanation says about it.
 */
export function checkAction(action: string, isUndocumented: boolean): string[] {
  if (/[*?]/.test(action)) {
    throw new Error(`the action ${action} has a wildcard: ask about one action at a time`);
  }
  if (!/^[a-z0-9-]+:[A-Za-z0-9]+$/i.test(action)) {
    throw new Error(`the action ${JSON.stringify(action)} must be a service prefix and an action name, for example s3:GetObject`);
  }
  if (knownAction(action)) {
    return [];
  }
  if (isUndocumented) {
    return [`AWS did not document the action ${action} when this version was released`];
  }
  const operation = OPERATIONS[action.toLowerCase()];
  if (operation) {
    throw new Error(`${action} is an operation of the API, and not an action: it needs the permission for ${operation}`);
  }
  const near = misspelled(action, actionNames().filter((name) => partsOf(name).some((part, i) => part === partsOf(action)[i])));
  if (near) {
    throw new Error(`AWS documents no action ${action}: did you mean ${near}?`);
  }
  throw new Error(`AWS documents no action ${action}. Names of API operations can differ from those of actions: `
    + 'see the Service Authorization Reference. If AWS has added it after this version was released, pass undocumentedAction: true, or --undocumented-action on the command line');
}

