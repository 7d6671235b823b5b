import { distinct } from '../../values/distinct';
import { ANY_VALUE, matchesIn } from '../../values/matches';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** A SAML provider of IAM. */
export interface SamlProvider {
  readonly arn: Text;
  /** Those of the server that signs its assertions. */
  readonly hosts: readonly Text[];
}

/** The SAML providers of the templates. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html */
export const readSamlProviders = (resources: StackResources): SamlProvider[] =>
  resources.ofType('AWS::IAM::SAMLProvider').map((provider) => ({ arn: provider.ref, hosts: hostsOf(provider) }));

const AT_HOST = new RegExp(`\\b(?:entityID|Location)=["']https?://((?:[\\w.-]|${ANY_VALUE})+)`, 'g');

/** The metadata name the server itself, and where people sign in. */
const hostsOf = (provider: StackResource): Text[] => distinct(textsIn(provider.property('SamlMetadataDocument'))
  .flatMap((text) => matchesIn(text, AT_HOST)).map(([host]) => host));
