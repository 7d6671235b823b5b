import { anyPart, arnOf, CodeWrite } from './code-write';
import { BY_PARAMETER_STORE, nameInStore } from './stored-elsewhere';
import { PARAMETERS_OF_AWS } from '../../resolution/parameters';
import { isCustomResource } from '../../resource-types/custom-resources';
import { unknownsOf } from '../../values/origins';
import { Resolved } from '../../values/resolved';
import { completeArn, endsAsComplete } from '../../values/secret-arn';
import { Text } from '../../values/text';
import { textAfter } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';

/** Requests that change a secret of AWS Secrets Manager. */
export const OF_SECRETS = ['PutSecretValue', 'UpdateSecret', 'UpdateSecretVersionStage'].map((name) => `secretsmanager:${name}`);

/** Requests that change what a parameter of the Parameter Store stands for. */
export const OF_PARAMETERS = ['ssm:PutParameter', 'ssm:LabelParameterVersion'];

/** Requests that change the items of a table of Amazon DynamoDB. */
export const OF_TABLES = ['BatchWriteItem', 'DeleteItem', 'PartiQLDelete', 'PartiQLInsert', 'PartiQLUpdate', 'PutItem', 'UpdateItem'].map((name) => `dynamodb:${name}`);

/** What makes a secret. @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html for how to delete the one that there is at once */
export const CREATE_SECRET = 'secretsmanager:CreateSecret';

/**
 * What changes a secret or a parameter, by its name or its ARN. The ARN of a secret has more characters than its name, so that another secret with the name has
 * another ARN.
 */
export const writesOfStoredValue = (name: Text): CodeWrite[] => [
  ...requestsOfStoredValue(name, OF_SECRETS, OF_PARAMETERS),
  ...((name.start === '' && !mayBeName(name)) || endsAsComplete(name) ? [] : requestsOfStoredValue(name, [CREATE_SECRET], []))
    .map((write): CodeWrite => ({ ...write, afterOneOf: ['secretsmanager:DeleteSecret'] })),
];

/** Requests that read the value of a secret of AWS Secrets Manager. */
const READS_OF_SECRETS = ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'];

/** Requests that read the value of a parameter of the Parameter Store. */
export const READS_OF_PARAMETERS = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'];

/** What reads the value that a request changes. */
export const readsOfWritten = ({ action, arn }: CodeWrite): CodeWrite[] =>
  (action === OF_SECRETS[0] ? READS_OF_SECRETS : action === OF_PARAMETERS[0] ? READS_OF_PARAMETERS : []).map((read) => ({ action: read, arn }));

/** What reads it. */
export const readsOfStoredValue = (name: Text): CodeWrite[] => requestsOfStoredValue(name, READS_OF_SECRETS, READS_OF_PARAMETERS);

/** What reads a secret, by its name or its ARN. */
export const readsOfSecret = (name: Text): CodeWrite[] => readsOfStoredValue(name).filter(({ action }) => action.startsWith('secretsmanager:'));

/** What reads the secrets and parameters from which a template takes a value. */
export const readsOfStored = (value: Resolved): CodeWrite[] => [...unknownsOf(value)].flatMap(({ storedAs }) =>
  (storedAs ? readsOfStoredValue(nameInStore(storedAs)).filter(({ action }) => action.startsWith(`${storedAs.service}:`)) : []));

/**
 * What AWS Secrets Manager adds to the name of a secret in its ARN.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html#iam-resources
 */
const CHARACTERS = Text.unknown(new Unknown('characters after the name of a secret', { label: 'characters after the name of a secret', excludes: '*?:/-' }));

function requestsOfStoredValue(given: Text, ofSecrets: readonly string[], ofParameters: readonly string[]): CodeWrite[] {
  const name = arnBehind(given) ?? given;
  const path = Text.join([Text.of(name.startsWith('/') ? 'parameter' : 'parameter/'), name]);
  const secret = Text.join([Text.of('secret:'), name, Text.of('-'), CHARACTERS]);
  const requests = (service: string, actions: readonly string[], resource: Text): CodeWrite[] => {
    const ofArn = mayBeArn(name) ? [completeArn(name)] : [];
    const ofName = mayBeName(name) ? [arnOf(service, resource, anyPart('Region'), anyPart('account'))] : [];
    const isOfOther = name.startsWith('arn:') && textAfter(name, `:${service}:`) === undefined;
    return isOfOther ? [] : [...ofArn, ...ofName].flatMap((arn) => actions.map((action) => ({ action, arn })));
  };
  return [...requests('secretsmanager', ofSecrets, secret), ...requests('ssm', ofParameters, path)];
}

const mayBeArn = ({ start, parts }: Text): boolean => start.startsWith('arn:') || (start === '' && !isNameWithUnknownStart(parts));

/** Whether a text is a name, or the value of a parameter, which can be a name or an ARN. */
const mayBeName = ({ start, parts, unknowns }: Text): boolean =>
  (start === '' ? isNameWithUnknownStart(parts) || unknowns[0]?.assumption !== undefined : !start.startsWith('arn:'));

/** An ARN has colons, and the name of a secret or a parameter has none: `${Stage}/token`, or what a parameter without a name returns. */
const isNameWithUnknownStart = (parts: Text['parts']): boolean => !parts.some((part) => typeof part === 'string' && part.includes(':'))
  && (parts.length > 1 || (parts[0] instanceof Unknown && !parts[0].mayContain(':')));

/**
 * The ARN of a secret of the templates, from which aws-cdk takes its name.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_secretsmanager.Secret.html#secretname
 */
function arnBehind(text: Text): Text | undefined {
  const isDerived = text.unknowns.length > 0 && text.unknowns.every(({ madeOf }) => madeOf.length > 0);
  const [name, suffix, ...others] = isDerived ? [...unknownsOf(text)].filter(({ resource }) => resource !== undefined) : [];
  const isOfSecret = name?.differsWithin?.includes('AWS::SecretsManager::Secret') && suffix?.resource === name.resource && others.length === 0;
  return isOfSecret ? arnOf('secretsmanager', Text.join(['secret:', name, '-', suffix].map(Text.ofPart)), anyPart('Region'), anyPart('account')) : undefined;
}

/**
 * What changes the value of a parameter of the Parameter Store, by its name or its ARN, and a label or a version that can follow it. A version never changes, and a
 * label can be moved.
 */
export function writesOfParameter(reference: Text): CodeWrite[] {
  const [name, version] = splitVersion(reference);
  const path = Text.join([Text.of(name.startsWith('/') ? 'parameter' : 'parameter/'), name]);
  const arn = name.startsWith('arn:') ? name : arnOf('ssm', path, anyPart('Region'), anyPart('account'));
  return name.startsWith(PARAMETERS_OF_AWS) || (version !== undefined && /^\d+$/.test(version)) ? []
    : [{ action: version === undefined ? 'ssm:PutParameter' : 'ssm:LabelParameterVersion', arn }];
}

/** The name or the ARN of a parameter, and the version or the label that follows it. */
function splitVersion(text: Text): [Text, string | undefined] {
  const last = text.parts[text.parts.length - 1];
  const [, before, version] = (typeof last === 'string' && /^(.*):([^:/]+)$/s.exec(last)) || [];
  return version === undefined ? [text, undefined] : [Text.join([...text.parts.slice(0, -1), before].map(Text.ofPart)), version];
}

/**
 * What changes a text that the next deployment gets from the Parameter Store or AWS Secrets Manager.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export const writesOfStored = (text: Text): CodeWrite[] => [...unknownsOf(text)].flatMap(({ storedAs }) => {
  if (storedAs === undefined) {
    return [];
  }
  const reference = Text.join(storedAs.name.map(Text.ofPart));
  const secret = storedAs.service === 'secretsmanager' ? reference
    : reference.startsWith(BY_PARAMETER_STORE) ? textAfter(reference, BY_PARAMETER_STORE) : undefined;
  return secret ? writesOfStoredValue(beforeKey(secret)) : writesOfParameter(reference);
});

/** A secret without the key of its value. */
const beforeKey = (reference: Text): Text => {
  const i = reference.parts.findIndex((part) => typeof part === 'string' && part.includes(':SecretString'));
  return i < 0 ? reference : Text.join([...reference.parts.slice(0, i), `${reference.parts[i]}`.split(':SecretString')[0]].map(Text.ofPart));
};

/** In place of an action: decides what a custom resource returns. The ARN is what identifies the resource. */
export const DECIDE_RETURNED = 'custom-resource:Return';

/** What changes a text that the next deployment gets from there, or from a custom resource. */
export const writesOfTaken = (text: Text): CodeWrite[] => [...writesOfStored(text), ...[...unknownsOf(text)].flatMap(({ resource, resourceType = '' }) =>
  (resource && isCustomResource(resourceType) ? [{ action: DECIDE_RETURNED, arn: Text.of(resource) }] : []))];
