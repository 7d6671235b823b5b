import { decide } from './decide-resource';
import { Answer } from './principal-verdict';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { Question } from '../questions/question';
import { Pattern } from '../values/pattern';

/** What Amazon S3 asks of a key on behalf of those who read or write objects. */
const NEEDS: { readonly [action: string]: string } = { 's3:getobject': 'kms:Decrypt', 's3:putobject': 'kms:GenerateDataKey' };

/**
 * That a key of a bucket denies what S3 allows: the decision about the object says nothing about its key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function notesOnKey(
  { credentials, outcome, resource }: Answer, { action, context }: Question, assigned: AssignedModel, withoutPolicy: readonly Pattern[],
): AccessReason[] {
  const needed = NEEDS[action.toLowerCase()];
  const bucket = resource && assigned.resources.find(resource);
  if (needed === undefined || outcome !== 'ALLOWED' || !bucket?.encryptionKey) {
    return [];
  }
  const { arn, service } = bucket.encryptionKey;
  const { decision } = decide(credentials, { action: needed, context: { ...context, 'kms:ViaService': [service] } }, arn, assigned, withoutPolicy);
  return decision.outcome === 'ALLOWED' ? [] : [{
    what: `the bucket encrypts its objects with ${arn}, which ${decision.outcome === 'DENIED' ? 'denies' : 'might deny'} ${needed} to role ${credentials.role.label}`,
    place: bucket.place,
    because: [...decision.reasons],
  }];
}
