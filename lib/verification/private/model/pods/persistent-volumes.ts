import { equal } from '../../values/pattern';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { KubernetesObject } from '../kubernetes-object';

/**
 * The persistent volumes with files of nodes. Kubernetes binds claims to them: which ones, it decides by size and class, unless a volume names its claim.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding
 */
export class PersistentVolumes {
  private readonly onNodes: readonly KubernetesObject[];

  constructor(objects: readonly KubernetesObject[]) {
    this.onNodes = objects.filter((object) => object.kind === 'PersistentVolume' && object.group === '' && pathOf(object) !== undefined);
  }

  /**
   * The paths of their node that a volume of pods may have. The claims of a StatefulSet are not in the template of its pods.
   *
   * @param volume undefined if the template does not have it.
   */
  pathsOf(volume: ResolvedMap | undefined, { cluster, namespace }: KubernetesObject): Resolved[] {
    const claim = volume?.get('persistentVolumeClaim');
    if (volume && claim === undefined && volume.get('ephemeral') === undefined) {
      return [];
    }
    const name = claim instanceof ResolvedMap ? claim.get('claimName') : undefined;
    return this.onNodes
      .filter((object) => object.cluster.is(cluster) !== 'no'
        && mayBe(object.at('spec', 'claimRef', 'namespace'), namespace) && mayBe(object.at('spec', 'claimRef', 'name'), name))
      .map(pathOf);
  }
}

const pathOf = (object: KubernetesObject): Resolved => object.at('spec', 'hostPath', 'path') ?? object.at('spec', 'local', 'path');

const mayBe = (named: Resolved, own: Resolved): boolean => !(named instanceof Text) || !(own instanceof Text) || equal(named, own) !== 'no';
