import { AccessAssumptions } from '../../access-assumptions';
import { isAboutUnknownRequests } from '../questions/stated-requests';

/** Stated assumptions, as explanations show them. The values of parameters and condition keys may be secret, and are left out. */
export const statedAssumptions = ({
  resourcesWithoutPolicy = [], changesNothing = [], noOtherNodes, noOtherCredentials, oidcProvidersExist, unreadPartsChangeNothing,
  parameters = {}, attributes = {}, clusterIssuers = {}, context = {},
}: AccessAssumptions): string[] => [
  ...resourcesWithoutPolicy.map((arn) => `${arn} has no resource policy`),
  ...changesNothing.map((what) => (isAboutUnknownRequests(what) ? `what services do for ${what} changes no access` : `${what}, which is not read, changes no access`)),
  ...(noOtherNodes ? ['clusters have no nodes but those in the templates'] : []),
  ...(noOtherCredentials ? ['pods have no credentials but those of their service account and of their node'] : []),
  ...(oidcProvidersExist ? ['IAM OIDC providers exist that trust policies name and no template creates'] : []),
  ...(unreadPartsChangeNothing ? ['macros, loops and other parts of the templates that cannot be read change no access'] : []),
  ...Object.keys(parameters).map(valueOfParameter),
  ...Object.entries(attributes).map(([name, value]) => `${name} is ${value}`),
  ...Object.entries(clusterIssuers).map(([cluster, issuer]) => `the issuer of cluster ${cluster} is ${issuer}`),
  ...Object.keys(context).map((key) => `the value of condition key ${key}`),
];

export const valueOfParameter = (name: string): string => `the value of parameter ${name}`;
