import { readsOfParameters } from './properties-reads';
import { readsOfStores, storesOf } from './stored-reads';
import { StoredValues } from './stored-values';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textOf, textsUnder } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { CodeWrite } from '../code/code-write';
import { readsOfStoredValue } from '../code/stored-writes';
import { StackResource } from '../stack-resource';

/**
 * Properties with the token of a repository, which also lets push to it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/appendix-github-oauth.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-sourcecredential.html
 */
const OF_TOKENS = /^(OAuth|Oauth|Access)?Token$/;

/** The requests that read the token with which the source of a resource can be changed. */
export const readsOfTokens = (resource: StackResource, stored: StoredValues): CodeWrite[] => [
  ...textsUnder(resource.property(), OF_TOKENS).flatMap((token) => [
    ...readsOfStores(storesOf(token, resource, stored)), ...readsOfParameters(token).map(({ action }) => ({ action, arn: ANY_RESOURCE })),
  ]),
  ...secretsIn(resource.property()).flatMap(readsOfStoredValue).filter(({ action }) => action.startsWith('secretsmanager:')),
];

/**
 * The secrets from which a build takes the token itself.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-sourceauth.html
 */
function secretsIn(value: Resolved): Text[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap(secretsIn) : [];
  }
  const isSecret = ['AuthType', 'Type'].some((name) => isText(value.get(name), 'SECRETS_MANAGER') === 'yes');
  const secret = isSecret ? textOf(value.get('Token') ?? value.get('Resource')) : undefined;
  return [...(secret ? [secret] : []), ...value.entries.flatMap(([, inner]) => secretsIn(inner))];
}
