import { completeArn, withSuffix } from '../../values/secret-arn';
import { Text } from '../../values/text';
import { textAfter } from '../../values/text-parts';
import { StoredAs } from '../../values/unknown';
import { StackResource } from '../stack-resource';

/** A secret or a parameter that the templates name, and do not create. */
export interface StoreElsewhere {
  readonly type: 'AWS::SecretsManager::Secret' | 'AWS::SSM::Parameter';
  readonly name: Text;
  /** Undefined if only the deployment knows it. */
  readonly arn?: Text;
}

/** A secret, as the Parameter Store names it. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html */
export const BY_PARAMETER_STORE = '/aws/reference/secretsmanager/';

/**
 * The secret or the parameter that a dynamic reference in the properties of a resource names. It is in the account and the Region of the resource, unless
 * the reference has its ARN.
 */
export function storeElsewhere({ service, name: parts }: StoredAs, resource: StackResource): StoreElsewhere {
  const named = Text.join(parts.map(Text.ofPart));
  const secret = service === 'secretsmanager' ? named : named.startsWith(BY_PARAMETER_STORE) ? textAfter(named, BY_PARAMETER_STORE)! : undefined;
  const [type, isArn] = [secret ? 'AWS::SecretsManager::Secret' as const : 'AWS::SSM::Parameter' as const, named.startsWith('arn:')];
  const name = firstPieces(secret ?? named, !isArn ? 1 : secret ? 7 : 6);
  return { type, name, ...(named.start !== '' && { arn: isArn ? completeArn(name) : arnOf(type, name, resource) }) };
}

/** The name or the ARN of a secret or a parameter, as a dynamic reference names it. */
export function nameInStore({ service, name: parts }: StoredAs): Text {
  const named = Text.join(parts.map(Text.ofPart));
  return firstPieces(named, !named.startsWith('arn:') ? 1 : service === 'secretsmanager' ? 7 : 6);
}

function arnOf(type: StoreElsewhere['type'], name: Text, resource: StackResource): Text {
  const [partition, region, account] = (['Partition', 'Region', 'AccountId'] as const).map((parameter) => resource.pseudoParameter(parameter));
  const arn = (service: string, ...rest: Text[]) => Text.join([Text.of('arn'), partition, Text.of(service), region, account, ...rest], ':');
  const path = name.startsWith('/') ? name : Text.join([Text.of('/'), name]);
  return type === 'AWS::SSM::Parameter' ? arn('ssm', Text.join([Text.of('parameter'), path]))
    : withSuffix(arn('secretsmanager', Text.of('secret'), name));
}

/** What is before some colon: a key of the value, a stage or a version follows. What only the deployment knows is taken to have no colon. */
export function firstPieces({ parts }: Text, count: number): Text {
  const found: Text[] = [];
  let left = count;
  for (const part of parts) {
    const pieces = typeof part === 'string' ? part.split(':') : [part];
    found.push(...(typeof part === 'string' ? [Text.of(pieces.slice(0, left).join(':'))] : [Text.unknown(part)]));
    left -= pieces.length - 1;
    if (left <= 0) {
      break;
    }
  }
  return Text.join(found);
}
