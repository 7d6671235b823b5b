import { allTexts, TextBelow } from './texts-below';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';
import { scriptsIn } from '../code/commands';
import { decidesWhatRuns } from '../code/deciding-variables';
import { documentOf } from '../objects/applied-objects';
import { StackResource } from '../stack-resource';

/** What is about the code of pods, which is read as such, and the number of pods. */
const OF_PODS = /^\/spec\/((.*\/)?(init)?containers\/\d+\/(image|(command|args)\/\d+)|replicas)$/i;

const OF_VARIABLES = /^(\/spec\/(?:.*\/)?(?:init)?containers\/\d+)\/env\/(\d+)\/value$/i;

/** The values that `Custom::KubernetesObjects` puts into objects, except those of which their place shows that they are not about access. They cannot add anything beside them. */
export const textsOfApplied = (resource: StackResource): TextBelow[] => listOf(resource.property('Objects')).flatMap((entry) => {
  const document = documentOf(entry);
  return listOf(valueAt(entry, 'Values')).filter((value) => !isData(value, document)).flatMap((value) => allTexts(value, 'Objects'));
});

function isData(placed: Resolved, document: Resolved): boolean {
  const path = literalOf(valueAt(placed, 'Path'));
  if (path === undefined || !(valueAt(placed, 'Value') instanceof Text) || valueAt(placed, 'Key') !== undefined) {
    return false;
  }
  const [, container, i] = OF_VARIABLES.exec(path) ?? [];
  if (container === undefined) {
    return OF_PODS.test(path);
  }
  const pod = below(document, container.split('/').slice(1));
  const name = literalOf(valueAt(below(pod, ['env', i]), 'name'));
  return name !== undefined && !decidesWhatRuns(name, scriptsIn(pod));
}

/** The value at a pointer, whose keys have no characters that are escaped. */
const below = (value: Resolved, path: readonly string[]): Resolved => path.reduce<Resolved>((inner, key) =>
  (Array.isArray(inner) ? inner[Number(key)] : inner instanceof ResolvedMap ? inner.get(key) : undefined), value);
