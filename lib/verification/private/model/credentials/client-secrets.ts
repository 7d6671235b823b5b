import { KeyOrigins } from './passwords';
import { distinct } from '../../values/distinct';
import { requestsOfApis } from '../deliveries/api-requests';
import { clientsWithSecret } from '../roles/user-pools';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The secrets with which programs sign in to a user pool of Amazon Cognito, and the roles of the APIs that take its tokens: whoever has one calls them. Who may read
 * one from the pool itself is among the callers.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
export const clientSecrets = (resources: StackResources): KeyOrigins[] => resources.ofType('AWS::Cognito::UserPool').flatMap((pool) => {
  const clients = clientsWithSecret(pool, resources);
  const holderArns = clients.length === 0 ? [] : rolesBehind(pool, resources);
  return holderArns.length === 0 ? [] : clients.map((client): KeyOrigins =>
    ({ name: `secret of ${client.logicalId}`, resource: client, holderArns, origins: client.attribute('ClientSecret').unknowns, stores: [], elsewhere: [], sources: [] }));
});

function rolesBehind(pool: StackResource, resources: StackResources): KeyOrigins['holderArns'] {
  const { key } = pool.attribute('Arn');
  const ofUsers = requestsOfApis(resources).filter(({ callers }) => callers?.some(({ arn }) => arn.key === key));
  const roleArns = ofUsers.flatMap(({ roleArn }) => roleArn ?? []);
  return distinct(roleArns);
}
