import { actionsThatGiveAccessTo } from './access-changes';
import { recreationsOf } from './recreations';
import { WITHOUT_RESOURCE_POLICIES } from '../evaluation/resource-policies';

/** A request that changes who has access to a resource, and that is about this resource. */
export interface PolicyChange {
  readonly request: string;
  /** Whether what the policies of the resource deny stays denied, or whether nothing is allowed instead. */
  readonly only?: 'adds' | 'removes';
  /** The actions to which it gives access, if it is not any. */
  readonly about?: RegExp;
  /** Whether it is about an object of a bucket, and does nothing as long as objects have no ACLs. */
  readonly isOfObjects?: boolean;
  /** What the principal must also request then, because the first request deletes the resource. */
  readonly then?: string;
}

/** Also requests that remove single statements: the principal can remove a denial and keep what allows. */
const replaces = (...requests: string[]): PolicyChange[] => requests.map((request) => ({ request }));
const adds = (request: string, about?: RegExp): PolicyChange => ({ request, only: 'adds', about });
const removes = (...requests: string[]): PolicyChange[] => requests.map((request) => ({ request, only: 'removes' }));

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations */
const BY_GRANT = /^kms:(CreateGrant|Decrypt|DeriveSharedSecret|DescribeKey|Encrypt|Generate(DataKey.*|Mac)|GetPublicKey|ReEncrypt(From|To)|RetireGrant|Sign|Verify(Mac)?)$/i;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions */
const BY_ACL = /^s3:(ListBucket.*|PutObject|DeleteObject(Version)?|GetBucketAcl|PutBucketAcl)$/i;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions */
const BY_OBJECT_ACL = /^s3:(GetObject(Version)?(Acl)?|PutObject(Version)?Acl)$/i;

const ofObjects = (...requests: string[]): PolicyChange[] => requests.map((request) => ({ ...adds(request, BY_OBJECT_ACL), isOfObjects: true }));

/** A resource with the same name, and without the policies of the first, or with another one. */
const recreates = (service: string): PolicyChange[] => recreationsOf(service)
  .map(({ deletes, creates, setsPolicy }) => ({ request: deletes, then: creates, ...!setsPolicy && { only: 'removes' } }));

/**
 * The requests that change the policies of resources, by the prefix of the actions that these can allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const CHANGES: { readonly [service: string]: readonly PolicyChange[] } = {
  'acm-pca': [...replaces('acm-pca:PutPolicy'), ...removes('acm-pca:DeletePolicy')],
  'aps': [...replaces('aps:PutResourcePolicy'), ...removes('aps:DeleteResourcePolicy')],
  'backup': [...replaces('backup:PutBackupVaultAccessPolicy'), ...removes('backup:DeleteBackupVaultAccessPolicy')],
  'dynamodb': [...replaces('dynamodb:PutResourcePolicy'), ...removes('dynamodb:DeleteResourcePolicy')],
  'ecr': [...replaces('ecr:SetRepositoryPolicy'), ...removes('ecr:DeleteRepositoryPolicy'), ...replaces('ecr:PutRegistryPolicy')],
  'es': replaces('es:UpdateDomainConfig', 'es:UpdateElasticsearchDomainConfig'),
  'events': replaces('events:PutPermission', 'events:RemovePermission'),
  'elasticfilesystem': replaces('elasticfilesystem:PutFileSystemPolicy', 'elasticfilesystem:DeleteFileSystemPolicy'),
  'kafka': [...replaces('kafka:PutClusterPolicy'), ...removes('kafka:DeleteClusterPolicy')],
  'kinesis': [...replaces('kinesis:PutResourcePolicy'), ...removes('kinesis:DeleteResourcePolicy')],
  'kms': [...replaces('kms:PutKeyPolicy', 'kms:ReplicateKey'), adds('kms:CreateGrant', BY_GRANT)],
  'lambda': [
    adds('lambda:AddPermission'), adds('lambda:AddLayerVersionPermission', /^lambda:GetLayerVersion$/i), ...replaces('lambda:PutResourcePolicy', 'lambda:RemovePermission'),
  ],
  's3': [
    ...replaces('s3:PutBucketPolicy'), ...removes('s3:DeleteBucketPolicy'), ...ofObjects('s3:PutObjectAcl', 's3:PutObjectVersionAcl'),
    adds('s3:PutBucketAcl', BY_ACL), adds('s3:PutBucketOwnershipControls', BY_ACL), adds('s3:PutBucketPublicAccessBlock', BY_ACL),
  ],
  's3express': [...replaces('s3express:PutBucketPolicy'), ...removes('s3express:DeleteBucketPolicy')],
  's3tables': [...replaces('s3tables:PutTableBucketPolicy', 's3tables:PutTablePolicy'), ...removes('s3tables:DeleteTableBucketPolicy', 's3tables:DeleteTablePolicy')],
  'secretsmanager': [...replaces('secretsmanager:PutResourcePolicy'), ...removes('secretsmanager:DeleteResourcePolicy')],
  'sns': [...replaces('sns:SetTopicAttributes', 'sns:RemovePermission'), adds('sns:AddPermission')],
  'sqs': [...replaces('sqs:SetQueueAttributes', 'sqs:RemovePermission'), adds('sqs:AddPermission')],
  'ssm': [...replaces('ssm:PutResourcePolicy'), ...removes('ssm:DeleteResourcePolicy')],
  'sts': replaces('iam:UpdateAssumeRolePolicy'),
};

/**
 * With this request, CloudFormation deletes policies that deny, with the role of the stack, whatever the caller may do. A resource can stay when its separate policy
 * is deleted, and a role can still act before it is deleted itself.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export const DELETE_STACK = 'cloudformation:DeleteStack';

/** The prefix of an action. */
export const serviceOf = (action: string): string => action.split(':')[0].toLowerCase();

/** Whether all requests that change the policies of the resources of a service are known. */
export const isOfKnownService = (action: string): boolean => changesOf(action).isOfKnownService;

/** The requests that change the policies of a resource so that they might allow an action. */
export const policyChanges = (action: string): readonly PolicyChange[] => changesOf(action).changes;

interface Changes {
  readonly isOfKnownService: boolean;
  readonly changes: readonly PolicyChange[];
}

/** By action: they are asked for with each of the credentials of each principal. */
const known = new Map<string, Changes>();

function changesOf(action: string): Changes {
  const changes = known.get(action) ?? findChanges(action);
  known.set(action, changes);
  return changes;
}

function findChanges(action: string): Changes {
  const service = serviceOf(action);
  if (Object.hasOwn(CHANGES, service)) {
    const changes = [...CHANGES[service], ...recreates(service)];
    return { isOfKnownService: true, changes: changes.filter(({ about }) => !about || about.test(action)) };
  }
  return { isOfKnownService: false, changes: WITHOUT_RESOURCE_POLICIES.has(service) ? [] : replaces(...actionsThatGiveAccessTo(service)) };
}
