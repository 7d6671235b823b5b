import { namesOfSecrets } from './names-of-secrets';
import { packagesNamed } from './package-names';
import { referencesOf } from './references-to-secrets';
import { namesOfKeys, namesOfSecret } from './secret-names';
import { equal } from '../../values/pattern';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { KubernetesObject } from '../kubernetes-object';

/** A Secret with tokens of registries of packages, or an object from which a controller writes one. */
export interface PackageSecret { readonly object: KubernetesObject; readonly registries: readonly Text[] }

/** What lets pods publish packages: a Secret, or a variable. */
export interface HeldPackages { readonly name: Text; readonly registries: readonly Text[] }

/** The Secrets with tokens of registries of packages, as their names and those of their keys tell, and what containers have of these. */
export class PackageSecrets {
  /** Those of the templates. */
  readonly all: readonly PackageSecret[];

  constructor(objects: readonly KubernetesObject[]) {
    this.all = objects.filter(({ kind }) => kind.includes('Secret')).flatMap((object) => {
      const registries = [`${object.name ?? ''}`, ...namesOfKeys(object)].flatMap(packagesNamed);
      return registries.length > 0 ? [{ object, registries }] : [];
    });
  }

  /** What the containers of an object have. */
  heldBy(
    containers: readonly Resolved[], volumes: readonly Resolved[], { cluster, namespace }: Pick<KubernetesObject, 'cluster' | 'namespace'>,
  ): HeldPackages[] {
    const isIn = (object: KubernetesObject) => object.cluster.is(cluster) !== 'no' && (object.kind.startsWith('Cluster') || equal(object.namespace, namespace) !== 'no');
    const inSecret = (name: Text) => this.all.filter(({ object }) => isIn(object) && namesOfSecret(object).some((one) => equal(one, name) !== 'no'));
    return containers.flatMap((container) => [
      ...namesOfSecrets(container, volumes).map((name) => ({ name: Text.of(name), registries: packagesNamed(name) })),
      ...referencesOf(container, volumes).filter(({ keys }) => keys === undefined)
        .flatMap(({ name }) => inSecret(name).map(({ registries }) => ({ name, registries }))),
    ]).filter(({ registries }) => registries.length > 0);
  }
}
