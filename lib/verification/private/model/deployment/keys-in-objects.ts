import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { KeyCopy } from '../identities';
import { KubernetesObject } from '../objects/kubernetes-object';
import { podTemplates } from '../pods/pod-templates';

const DEFAULT = Text.of('default');

/**
 * The Kubernetes objects that have the key of a user. What is in a template of pods, these pods have. What is in another object, such as a Secret, pods of its
 * namespace can mount.
 */
export const copiesInObjects = (objects: readonly KubernetesObject[], isIn: (value: Resolved) => boolean): KeyCopy[] =>
  objects.filter((object) => isIn(object.at())).flatMap((object) => {
    const { cluster, kind, name, namespace, place } = object;
    const where = `${kind} ${namespace}/${name}`;
    const templates = podTemplates(object).filter(({ path }) => path !== undefined);
    const accounts = templates.map(({ at }) => at('spec', 'serviceAccountName') ?? at('spec', 'serviceAccount'));
    const heldBy = { cluster, namespace };
    return templates.length === 0 ? [{ where, place, heldBy }] : accounts.map((account) =>
      ({ where, place, heldBy: { ...heldBy, serviceAccountName: textOf(account) ?? DEFAULT, workload: { kind, name } } }));
  });
