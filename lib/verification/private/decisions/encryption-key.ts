import { decide } from './decide-resource';
import { Answer } from './principal-verdict';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { Question } from '../questions/question';
import { Pattern } from '../values/pattern';

const READ = 'kms:Decrypt';
const WRITE = 'kms:GenerateDataKey';

/** What services ask of a key with the permissions of the caller. */
const NEEDS: { readonly [action: string]: string } = {
  's3:getobject': READ,
  's3:putobject': WRITE,
  'secretsmanager:getsecretvalue': READ,
  'secretsmanager:putsecretvalue': WRITE,
  'sqs:receivemessage': READ,
  'sqs:sendmessage': WRITE,
  'sns:publish': WRITE,
  ...Object.fromEntries(['getitem', 'batchgetitem', 'query', 'scan', 'putitem', 'updateitem', 'deleteitem', 'batchwriteitem'].map((action) => [`dynamodb:${action}`, READ])),
};

/**
 * That a key denies, or might deny, what its service needs, so that it is not known whether an action succeeds that policies allow. It never makes a denial: what
 * was encrypted before can have an earlier key.
 */
export function deniedByKey(
  { credentials, outcome, resource }: Answer, { action, context }: Question, assigned: AssignedModel, withoutPolicy: readonly Pattern[],
): AccessReason | undefined {
  const needed = Object.hasOwn(NEEDS, action.toLowerCase()) ? NEEDS[action.toLowerCase()] : undefined;
  const encrypted = resource && assigned.resources.find(resource);
  if (needed === undefined || outcome !== 'ALLOWED' || !encrypted?.encryptionKey) {
    return undefined;
  }
  const { arn, service } = encrypted.encryptionKey;
  const { decision } = decide(credentials, { action: needed, context: { ...context, 'kms:ViaService': [service] } }, arn, assigned, withoutPolicy);
  return decision.outcome === 'ALLOWED' ? undefined : {
    what: `${resource} is encrypted with ${arn}, which ${decision.outcome === 'DENIED' ? 'denies' : 'might deny'} ${needed} to role ${credentials.role.label}`,
    place: encrypted.place,
    because: [...decision.reasons],
  };
}
