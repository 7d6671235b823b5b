import { anyPart, arnOf, CodeWrite } from './code-write';
import { writesTo } from './code-writes';
import { OtherNames } from './other-names';
import { CHANGES_OF_AMPLIFY, CHANGES_OF_APIS } from '../../resource-types/programs';
import { Text } from '../../values/text';
import { textsIn, textsUnder } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** How a type of resources serves at hosts. */
interface Hosting {
  /** The attributes with its hosts. */
  readonly attributes: readonly string[];
  /** The property with a host of its own. */
  readonly property?: string;
  /** Whether names below these are its hosts, too. */
  readonly hasNamesBelow?: true;
  /** The requests with which others decide what is there, and what they are about: any resource of the service, if nothing else is said. */
  readonly requests: readonly string[];
  readonly about?: (resource: StackResource) => Text[];
}

const withParts = (arn: Text, separator: string): Text[] => [arn, Text.join([arn, Text.of(separator), anyPart('part')])];

/**
 * Services that serve what a container, a deployment or a target does.
 *
 * @see https://docs.aws.amazon.com/apprunner/latest/api/API_UpdateService.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateExpressGatewayService.html
 * @see https://docs.aws.amazon.com/amplify/latest/APIReference/API_CreateDeployment.html
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_RegisterTargets.html
 * @see https://docs.aws.amazon.com/global-accelerator/latest/api/API_UpdateEndpointGroup.html
 */
const HOSTING: { readonly [type: string]: Hosting } = {
  'AWS::AppRunner::Service': { attributes: ['ServiceUrl'], requests: ['apprunner:UpdateService'], about: ({ ref }) => [ref] },
  'AWS::ECS::ExpressGatewayService': { attributes: ['Endpoint'], requests: ['ecs:UpdateExpressGatewayService'], about: (service) => [service.attribute('ServiceArn')] },
  'AWS::Amplify::App': {
    attributes: ['DefaultDomain'],
    hasNamesBelow: true,
    requests: CHANGES_OF_AMPLIFY,
    about: (app) => withParts(app.attribute('Arn'), '/branches/'),
  },
  'AWS::Amplify::Domain': { attributes: [], property: 'DomainName', hasNamesBelow: true, requests: CHANGES_OF_AMPLIFY },
  'AWS::VpcLattice::Service': {
    attributes: ['DnsEntry.DomainName'],
    property: 'CustomDomainName',
    requests: ['vpc-lattice:CreateListener', 'vpc-lattice:CreateRule', 'vpc-lattice:RegisterTargets', 'vpc-lattice:UpdateListener', 'vpc-lattice:UpdateRule'],
  },
  'AWS::GlobalAccelerator::Accelerator': {
    attributes: ['DnsName', 'DualStackDnsName'],
    requests: ['globalaccelerator:AddEndpoints', 'globalaccelerator:CreateEndpointGroup', 'globalaccelerator:UpdateEndpointGroup'],
  },
};

export const hostingServicesIn = (resources: StackResources): OtherNames[] => resources.ofType(...Object.keys(HOSTING)).map((resource) => {
  const { attributes, property, hasNamesBelow, requests, about } = HOSTING[resource.type];
  const own = [...attributes.map((name) => resource.attribute(name)), ...(property ? textsIn(resource.property(property)) : [])];
  return {
    type: resource.type,
    names: hasNamesBelow ? own.flatMap((name) => [name, Text.join([Text.of('*.'), name])]) : own,
    writes: [
      ...requests.flatMap((action) => (about?.(resource) ?? anyOf(action)).map((arn) => ({ action, arn }))),
      ...imagesOf(resource).flatMap(writesTo),
    ],
  };
});

const anyOf = (action: string): Text[] => [arnOf(action.split(':')[0], anyPart('resource'), anyPart('Region'), anyPart('account'))];

const imagesOf = (resource: StackResource): Text[] => textsUnder(resource.property(), /^Image(Identifier)?$/);

/** What integrates something else with an API. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
export const changesOfApi = ({ arn }: StackResource): CodeWrite[] =>
  CHANGES_OF_APIS.flatMap((action) => (arn ? withParts(arn, '/') : []).map((one) => ({ action, arn: one })));

/** The same of an API outside the templates. */
export const changesOfAnyApi: readonly CodeWrite[] = CHANGES_OF_APIS.map((action) => ({ action, arn: arnOf('apigateway', anyPart('API'), anyPart('Region'), Text.EMPTY) }));
