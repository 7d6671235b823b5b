import { Pattern } from './pattern';
import { Text } from './text';
import { Unknown } from './unknown';

/** What Secrets Manager adds to the name of a secret in its ARN. */
const SUFFIX = /-[A-Za-z0-9]{6}$/;

/**
 * The ARN of a secret of the templates without what Secrets Manager adds to the name, by which it also finds the secret.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export function partialArn({ parts }: Text): Text | undefined {
  const [before, suffix] = parts.slice(-2);
  const isOfSecret = parts.some((part) => typeof part === 'string' && part.includes(':secret:'));
  const isWhole = isOfSecret && typeof before === 'string' && before.endsWith('-') && suffix instanceof Unknown;
  const start = isWhole ? before.slice(0, -1) : '';
  return isWhole ? Text.join([...parts.slice(0, -2), start].map(Text.ofPart)) : undefined;
}

/** Whether the ARN of a secret ends like a complete one, and is taken for one, also if this is the end of the name. */
export function endsAsComplete({ parts }: Text): boolean {
  const last = parts.at(-1);
  return typeof last === 'string' && SUFFIX.test(last);
}

const SECRETS = Pattern.glob(Text.of('arn:*:secretsmanager:*:*:secret:*'));

/** The ARN of a secret, completed if it certainly is a partial one. */
export function completeArn(arn: Text): Text {
  const last = arn.parts.at(-1);
  const isPartial = typeof last === 'string' && !endsAsComplete(arn) && !/[*?]/.test(last) && SECRETS.matches(arn) === 'yes';
  return isPartial ? withSuffix(arn) : arn;
}

/** The complete ARN of a secret that has a partial one. */
export const withSuffix = (arn: Text): Text => Text.join([arn, Text.of('-'), Text.unknown(suffixOf(arn))]);

const suffixOf = ({ key }: Text): Unknown =>
  new Unknown(`suffix of ${key}`, { label: 'the six characters that Secrets Manager adds to the name', excludes: '*?:/' });
