import { ResolvedMap } from '../../values/resolved';
import { textOf } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { readsOfStored } from '../code/stored-writes';
import { KubernetesObject } from '../kubernetes-object';
import { isOfRepositories, readsOfFilled } from '../objects/values-from';

/** An object because of which pods of its namespace can mount the credentials of a Git repository, with which others may push to it. */
export interface RepositoryCredentials {
  readonly object: KubernetesObject;
  /** The requests that read the credentials where they come from. */
  readonly reads: readonly CodeWrite[];
}

/**
 * The credentials of Git repositories that Argo CD has in Secrets, and those that sources of Flux name.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference
 */
export const readRepositoryCredentials = (objects: readonly KubernetesObject[]): RepositoryCredentials[] => objects.flatMap((object) => {
  const ofFlux = object.group === 'source.toolkit.fluxcd.io' && object.kind === 'GitRepository' ? textOf(object.at('spec', 'secretRef', 'name')) : undefined;
  if (ofFlux) {
    return [{ object, reads: readsOfFilled(object, false, [ofFlux], objects) }];
  }
  if (isOfRepositories(object, 'spec', 'target', 'template')) {
    return [{ object, reads: readsOfFilled(object, true, [], objects) }];
  }
  return object.kind === 'Secret' && isOfRepositories(object) ? ofSecret(object) : [];
});

/** Without one of these, a repository is public. */
const SECRET = /password|key|token/i;

function ofSecret(object: KubernetesObject): RepositoryCredentials[] {
  const values = ['stringData', 'data'].flatMap((name) => entriesOf(object, name)).filter(([key]) => SECRET.test(`${key}`)).map(([, value]) => value);
  return values.length > 0 ? [{ object, reads: values.flatMap(readsOfStored) }] : [];
}

function entriesOf(object: KubernetesObject, name: string): ResolvedMap['entries'] {
  const value = object.at(name);
  return value instanceof ResolvedMap ? value.entries : [];
}
