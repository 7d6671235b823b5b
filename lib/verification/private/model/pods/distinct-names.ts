import { valueKey } from '../../values/resolved';
import { Text } from '../../values/text';
import { Workload } from '../model';

/**
 * Numbers workloads that differ, but have one kind and name. Which of several objects the cluster keeps is not known, and those with a generated name, or of
 * different API groups, exist next to each other: the pods of each count.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#generated-values
 */
export function withDistinctNames(workloads: readonly Workload[]): Workload[] {
  const byName = new Map<string, Workload[]>();
  for (const workload of workloads) {
    const key = nameKey(workload);
    byName.set(key, [...byName.get(key) ?? [], workload]);
  }
  return [...byName.values()].flatMap((namesakes) => (namesakes.length === 1 ? namesakes : numbered(namesakes)));
}

const nameKey = ({ cluster, kind, namespace, name }: Workload): string => [kind, cluster.key, namespace.key, name.key].join(' ');

/** Objects with the same pods are one. */
function numbered(namesakes: readonly Workload[]): Workload[] {
  const different = [...new Map(namesakes.map((workload) => [contentKey(workload), workload])).values()];
  return different.length === 1 ? different : different.map((workload, i) => {
    const objectName = workload.objectName ?? workload.name;
    return { ...workload, objectName, name: Text.join([workload.name, Text.of(` (${i + 1})`)]) };
  });
}

function contentKey({ template, ...workload }: Workload): string {
  const settings = Object.entries(workload).filter(([, value]) => typeof value !== 'object');
  return JSON.stringify([settings, valueKey(template?.labels), valueKey(template?.spec)]);
}
