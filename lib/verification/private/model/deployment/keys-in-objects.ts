import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { KeyCopy } from '../identities';
import { KubernetesObject } from '../objects/kubernetes-object';
import { podTemplates } from '../pods/pod-templates';

const DEFAULT = Text.of('default');

/**
 * Who has the key of a user that is in a Kubernetes object. What is in a template of pods, these pods have. What is in another object, such as a Secret, pods of
 * its namespace can mount.
 */
export function copiesInObject(object: KubernetesObject): KeyCopy[] {
  const { cluster, kind, name, namespace, place } = object;
  const where = `${kind} ${namespace}/${name}`;
  const templates = podTemplates(object).filter(({ path }) => path !== undefined);
  const accounts = templates.map(({ at }) => at('spec', 'serviceAccountName') ?? at('spec', 'serviceAccount'));
  const heldBy = { cluster, namespace };
  return templates.length === 0 ? [{ where, place, heldBy }] : accounts.map((account) =>
    ({ where, place, heldBy: { ...heldBy, serviceAccountName: textOf(account) ?? DEFAULT, workload: { kind, name } } }));
}
