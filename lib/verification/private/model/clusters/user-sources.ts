import { ANY_VALUE, matchesIn } from '../../values/matches';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsIn } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { namesPool, poolsWithoutSignUp, triggersOf } from '../roles/user-pools';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';
import { UserSource } from '../user-source';

/**
 * The identity providers of clusters.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html
 */
export function readUserSources(resources: StackResources): UserSource[] {
  const closed = poolsWithoutSignUp(resources);
  return resources.ofType('AWS::EKS::IdentityProviderConfig').flatMap((config) => {
    const cluster = config.cluster('ClusterName');
    const issuer = textOf(config.property('Oidc', 'IssuerUrl')) ?? config.ref;
    const pool = closed.find((one) => namesPool(issuer, one));
    return cluster ? [{ cluster, issuer, ...pool && ofPool(pool) }] : [];
  });
}

/** Settings of Argo CD with the identity provider of its users. */
const OF_ARGO_CD = ['oidc.config', 'dex.config'];

/**
 * The user pools of which Argo CD takes users, who apply objects to the cluster. What users may do there who sign up themselves is for Argo CD to say.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/#existing-oidc-provider
 */
export function readUsersOfArgoCd(resources: StackResources, objects: () => readonly KubernetesObject[]): UserSource[] {
  const pools = resources.ofType('AWS::Cognito::UserPool');
  return pools.length === 0 ? [] : objects().flatMap((object) => settingsIn(object.at()).flatMap((issuer) =>
    pools.filter((pool) => namesPool(issuer, pool)).map((pool) => ({ cluster: object.cluster, issuer: pool.ref, ...ofPool(pool) }))));
}

const ofPool = (pool: StackResource): Pick<UserSource, 'pool' | 'triggers'> => ({ pool: pool.attribute('Arn'), triggers: triggersOf(pool) });

const settingsIn = (value: Resolved): Text[] => (value instanceof ResolvedMap
  ? value.entries.flatMap(([{ literal = '' }, inner]) => (OF_ARGO_CD.includes(literal) ? textsIn(inner) : settingsIn(inner)))
  : Array.isArray(value) ? value.flatMap(settingsIn) : []);

/** Properties with the address of an identity provider. @see https://dexidp.io/docs/connectors/ */
const OF_PROVIDERS = new RegExp(`\\b(?:issuer|baseURL|ssoURL)["']?:\\s*["']?((?:${ANY_VALUE}|[^\\s"',}])+)`, 'g');

/** The addresses of the identity providers, outside user pools, of which Argo CD takes users. */
export const issuersOfArgoCd = (value: Resolved): Text[] =>
  settingsIn(value).flatMap((text) => matchesIn(text, OF_PROVIDERS)).map(([address]) => address);
