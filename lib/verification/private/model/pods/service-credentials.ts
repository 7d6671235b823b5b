import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { ServiceCredentials } from '../container-settings';

/** An AWS service with passwords, keys or tokens of its own, which requests of no other service take. */
interface Service {
  /** In the names of variables and of Secrets. */
  readonly word: string;
  /** The first label of the hosts that take them. */
  readonly host: string;
  /** The actions that they are for. */
  readonly only: RegExp;
}

/**
 * Keys of Amazon Bedrock are also for its endpoints for clients of OpenAI.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/bedrock-mantle.html
 * @see https://docs.aws.amazon.com/codeartifact/latest/ug/tokens-authentication.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_ssh-keys.html
 * @see https://docs.aws.amazon.com/keyspaces/latest/devguide/programmatic.credentials.ssc.html
 * @see https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html
 */
const SERVICES: readonly Service[] = [
  { word: 'bedrock', host: 'bedrock[a-z-]{0,20}', only: /^bedrock(-mantle)?:/i },
  { word: 'codeartifact', host: 'codeartifact', only: /^codeartifact:/i },
  { word: 'codecommit', host: 'git-codecommit', only: /^codecommit:git/i },
  { word: 'keyspaces', host: 'cassandra', only: /^cassandra:/i },
  { word: 'ses', host: 'email-smtp', only: /^ses:send/i },
];

const HOSTS = SERVICES.map(({ host, only }) =>
  ({ only, host: new RegExp(`(?<![\\w-])${host}(-fips)?\\.[^\\s"'/]{1,60}?(amazonaws|api\\.aws|AWS::URLSuffix)`, 'i') }));

/** Most texts have none of these words. */
const MENTIONED = new RegExp(SERVICES.map(({ host }) => host.replace(/\[.*/, '')).join('|'), 'i');

/** How names have the word of a service: `SES_SMTP_PASSWORD`, `ses-smtp`, `SesSmtpPassword`. */
const mentions = (word: string): RegExp =>
  new RegExp(`(^|[^a-zA-Z])(${word}|${word.toUpperCase()})($|[^a-z]|smtp)|${word[0].toUpperCase()}${word.slice(1)}($|[^a-z])`);

/** How names tell what is secret of each service. */
export const NAMES_OF_SERVICES = SERVICES.map(({ word, only }) => ({
  only,
  mentioned: mentions(word),
  secret: new RegExp(`(^|[_.-])${word}([_.-]|smtp)([\\w.-]*[_.-])?(password|passwd|pass|pwd|token|secret|key|credentials)$|bearer[_.-]?token[_.-]${word}$`, 'i'),
  word: new RegExp(`(^|[_.-])${word}($|[_.-])`, 'i'),
}));

/** The names of what is secret: `SMTP_PASSWORD`, `apiKey`, `secretKeyRef`. Pods do not have what pulls their images, and the token of their account is none of these. */
const SECRET = /(password|passwd|passphrase|(?<!pull)secrets?\w*|(?<!serviceaccount)token|(access|api|deploy|private|secret|ssh)[_.-]?key\w*|[_.-](pass|pwd|key))$/i;

/** A secret in a text: after a name, or in a URL. */
const IN_TEXT = /(passw(or)?d|passphrase|secret|token|key|[_.-](pass|pwd))["']?[ \t]*[=:][ \t]*["']?[^\s"']|:\/\/[^\s/:@]{1,100}:[^\s/@]{1,200}@/i;

/** What tells which credentials containers have. */
interface Having {
  /** The names of their variables, and of the keys of Secrets that they have. */
  readonly names: readonly string[];
  /** The names of these Secrets. */
  readonly secrets: readonly string[];
  /** The settings of the containers, and the objects with variables and files for them. */
  readonly contents: readonly Resolved[];
}

/**
 * The credentials for single services that containers have: by a name such as `SES_SMTP_PASSWORD`, or anything secret beside a host of the service that takes them, such
 * as `email-smtp.us-west-2.amazonaws.com`.
 */
export function serviceCredentials({ names, secrets, contents }: Having): ServiceCredentials[] {
  const named = NAMES_OF_SERVICES.flatMap(({ secret, word, only }): ServiceCredentials[] => {
    const variable = names.find((name) => secret.test(name));
    const from = secrets.find((name) => word.test(name));
    return variable ? [{ why: `has ${variable}`, only }] : from ? [{ why: `has Secret ${from}`, only }] : [];
  });
  const texts = contents.flatMap(textsIn).map((text) => `${text}`).filter((text) => MENTIONED.test(text));
  const hosts = HOSTS.flatMap(({ host, only }) => texts.flatMap((text) => host.exec(text)?.[0] ?? []).slice(0, 1).map((found) => ({ found, only })));
  return [...named, ...(hosts.length > 0 && contents.some(hasSecret) ? hosts : []).map(({ found, only }) => ({ why: `has a secret value beside ${found}`, only }))];
}

/** Whether a value has, or refers to, something secret. */
export const hasSecret = (value: Resolved): boolean => (value instanceof Text ? isSecret(value)
  : value instanceof ResolvedMap ? value.entries.some(([name, inner]) => (inner !== undefined && SECRET.test(`${name}`)) || hasSecret(inner))
    : value?.some(hasSecret) ?? false);

function isSecret(value: Text): boolean {
  const text = `${value}`;
  return /^[\w.-]+$/.test(text) ? SECRET.test(text) : IN_TEXT.test(text);
}
