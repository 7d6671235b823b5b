import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { literalOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** What a generator of Argo CD has for a private repository, and labels, which only a member can set. */
const LIMITS = ['appSecretName', 'azuredevopsAuth', 'basicAuth', 'bearerToken', 'labels', 'tokenRef'];

/**
 * Whether an object lets a controller apply what pull requests to a public repository say, before a member has accepted them. For a private repository, the
 * controller needs credentials.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Pull-Request/
 * @see https://fluxoperator.dev/docs/crd/resourcesetinputprovider/
 */
export function appliesPullRequests(object: KubernetesObject): boolean {
  const { group, kind } = object;
  return (group === 'argoproj.io' && kind === 'ApplicationSet' && pullRequestsIn(object.at('spec', 'generators')).some(isOpen))
    || (group === 'fluxcd.controlplane.io' && kind === 'ResourceSetInputProvider' && /(Pull|Merge)Request$/.test(literalOf(object.at('spec', 'type')) ?? 'PullRequest')
      && object.at('spec', 'secretRef') === undefined && object.at('spec', 'filter', 'labels') === undefined);
}

/** Generators of a matrix or a merge have others in them. */
const pullRequestsIn = (generators: Resolved): Resolved[] => listOf(generators).flatMap((one) => (one instanceof ResolvedMap
  ? [one.get('pullRequest'), ...['matrix', 'merge'].flatMap((name) => pullRequestsIn(one.at(name, 'generators')))] : []));

const isOpen = (generator: Resolved): boolean => generator instanceof ResolvedMap && generator.entries.some(([, provider]) =>
  provider instanceof ResolvedMap && LIMITS.every((name) => provider.get(name) === undefined));
