import { decide } from './decide-resource';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { candidateResources } from '../policies/candidate-resources';
import { Question } from '../questions/question';
import { Credentials } from '../reach/credentials';
import { equal, Pattern } from '../values/pattern';
import { Text } from '../values/text';

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

/** What the key of a resource changes about a decision. */
export interface KeyCheck {
  /** That the key denies, or might deny, what its service needs, so that it is not known whether an action succeeds that policies allow. */
  readonly denial?: AccessReason;
  readonly assumed?: string;
}

/**
 * Asks the key of a resource whether an action succeeds that policies allow. It never makes a denial: what was encrypted before can have an earlier key. A key
 * that is not in the templates is assumed to let its account decide, as most keys do.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function checkKey(
  credentials: Credentials, { action, context }: Question, resource: Text, assigned: AssignedModel, withoutPolicy: readonly Pattern[],
): KeyCheck {
  const needed = Object.hasOwn(NEEDS, action.toLowerCase()) ? NEEDS[action.toLowerCase()] : undefined;
  const encrypted = assigned.resources.find(resource);
  if (needed === undefined || !encrypted?.encryptionKey) {
    return {};
  }
  const { arn, service } = encrypted.encryptionKey;
  const { decision } = decide(credentials, { action: needed, context: { ...context, 'kms:ViaService': [service] } }, arn, assigned, withoutPolicy);
  if (decision.outcome === 'ALLOWED') {
    return {};
  }
  if (decision.outcome === 'UNKNOWN' && !assigned.resources.find(arn) && mayAllow(credentials, needed, arn)) {
    return { assumed: `the policy of ${arn}, which is not in the templates, lets policies of roles allow ${needed}` };
  }
  const verb = decision.outcome === 'DENIED' ? 'denies' : 'might deny';
  return {
    denial: {
      what: `${resource} is encrypted with ${arn}, which ${verb} ${needed} to role ${credentials.role.label}`, place: encrypted.place, because: [...decision.reasons],
    },
  };
}

const mayAllow = ({ role: { policies } }: Credentials, action: string, arn: Text): boolean =>
  candidateResources(policies, action).some(({ resource }) => equal(resource, arn) !== 'no');
