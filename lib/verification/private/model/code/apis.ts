import { Text } from '../../values/text';
import { textOf, textsIn } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The APIs of Amazon API Gateway that have hosts. */
export const apisIn = (resources: StackResources): StackResource[] => resources.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api');

/** What integrates something with an API names both. */
const INTEGRATIONS = ['AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Integration'];

/** The texts of what is integrated with an API. */
export const integrationsOf = (api: StackResource, resources: StackResources): Text[] => [
  ...resources.ofType(...INTEGRATIONS).map((one) => one.once('texts of an integration', () => textsIn(one.property())))
    .filter((all) => all.some((text) => text.key === api.ref.key)).flat(),
  ...['Target', 'Body'].flatMap((name) => textsIn(api.property(name))),
];

/** What maps a domain name to an API. */
const MAPPINGS = ['AWS::ApiGateway::BasePathMapping', 'AWS::ApiGatewayV2::ApiMapping'];
const DOMAINS = ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'];

/** The domain names of an API, and those to which their records lead. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html */
export const domainsOf = (api: StackResource, resources: StackResources): Text[] => resources.ofType(...MAPPINGS)
  .filter((mapping) => ['ApiId', 'RestApiId'].some((property) => textOf(mapping.property(property))?.key === api.ref.key))
  .flatMap((mapping) => textOf(mapping.property('DomainName')) ?? []).flatMap((name) => {
    const domain = resources.ofType(...DOMAINS).find((one) => one.ref.key === name.key || textOf(one.property('DomainName'))?.key === name.key);
    const attributes = domain ? ['DistributionDomainName', 'RegionalDomainName'].map((part) => domain.attribute(part)) : [];
    return [textOf(domain?.property('DomainName')) ?? name, ...attributes];
  });

/** The address of an API that an attribute has. */
export const endpointsOf = (api: StackResource): Text[] => (api.type === 'AWS::ApiGatewayV2::Api' ? [api.attribute('ApiEndpoint')] : []);
