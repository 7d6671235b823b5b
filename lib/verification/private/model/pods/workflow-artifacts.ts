import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isText, textOf, textsIn, textsUnder } from '../../values/text-parts';
import { isFile } from '../code/code-locations';
import { isPathOfCode } from '../code/code-names';
import { anyPart, CodeWrite } from '../code/code-write';
import { writesTo } from '../code/code-writes';
import { wordsIn } from '../code/image-names';
import { pairIn } from '../code/object-locations';
import { KubernetesObject } from '../kubernetes-object';

/** What a template of a workflow runs. @see https://argo-workflows.readthedocs.io/en/latest/fields/#template */
const CONTAINERS = [['container'], ['script'], ['containerSet', 'containers'], ['initContainers'], ['sidecars']];

/**
 * The artifacts of Argo Workflows that no file name tells to be code, because the containers that get them run what is at their path, and files of code that have a
 * key only: they are in the bucket of a repository of artifacts.
 *
 * @see https://argo-workflows.readthedocs.io/en/latest/walk-through/hardwired-artifacts/
 * @see https://argo-workflows.readthedocs.io/en/latest/key-only-artifacts/
 */
export function writesOfArtifacts(object: KubernetesObject, objects: readonly KubernetesObject[]): CodeWrite[] {
  const artifacts = mapsBelow(object.at()).filter((map) => map.get('s3') instanceof ResolvedMap);
  const run = artifacts.length === 0 ? new Set() : new Set(mapsBelow(object.at()).flatMap(namesOfRunArtifacts));
  return artifacts.flatMap((artifact) => {
    const { bucket, key = Text.EMPTY } = pairIn(artifact.get('s3') as ResolvedMap, true); // it was found by this
    const buckets = bucket ? [bucket] : bucketsOfArtifacts(object, objects);
    const locations = buckets.map((one) => Text.join([Text.of('s3:/'), one, withoutExpressions(key)], '/'));
    const isRun = run.has(textOf(artifact.get('name'))?.key);
    return locations.filter((location) => isRun || (!bucket && isFile(location))).flatMap(writesTo);
  });
}

/** The names of artifacts that a template runs. */
export const namesOfRunArtifacts = (template: ResolvedMap): string[] => listOf(template.at('inputs', 'artifacts')).flatMap((artifact) => {
  const [name, path] = ['name', 'path'].map((property) => textOf(valueAt(artifact, property)));
  return name && path && isPathOfCode(path, CONTAINERS.flatMap((where) => listOf(template.at(...where)))) ? [name.key] : [];
});

/** All maps in a value, but those that a workflow only writes. */
export const mapsBelow = (value: Resolved): ResolvedMap[] => (Array.isArray(value) ? value.flatMap(mapsBelow) : !(value instanceof ResolvedMap) ? []
  : [value, ...value.entries.flatMap(([{ literal }, inner]) => (literal === 'outputs' ? [] : mapsBelow(inner)))]);

/** What follows an expression of a workflow is not known. */
function withoutExpressions(key: Text): Text {
  const [first, ...rest] = wordsOf(key, /\{\{/);
  return rest.length === 0 ? key : Text.join([first, anyPart('rest of a key')]);
}

/** ConfigMaps with the default repository of a namespace, and with that of the controller. */
const DEFAULTS = ['artifact-repositories', 'workflow-controller-configmap'];

/**
 * The buckets in which the artifacts of a workflow may be that have only a key: any bucket, if the templates show none.
 *
 * @see https://argo-workflows.readthedocs.io/en/latest/artifact-repository-ref/
 */
function bucketsOfArtifacts(object: KubernetesObject, objects: readonly KubernetesObject[]): Text[] {
  const names = [...DEFAULTS.map(Text.of), ...textsUnder(object.at(), /^configMap$/)];
  const found = objects.flatMap((other) => {
    const isRepository = other.kind === 'ConfigMap' && names.some((name) => other.name && isText(other.name, `${name}`) !== 'no');
    const ofChart = mapsBelow(other.at()).flatMap((map) => mapsBelow(map.get('artifactRepository')));
    return [...(isRepository ? textsIn(other.at('data')).flatMap(namedIn) : []), ...ofChart.flatMap((map) => pairIn(map, false).bucket ?? [])];
  });
  return found.length > 0 ? found : [anyPart('bucket')];
}

/** The buckets that a text names, as YAML or JSON. */
function namedIn(text: Text): Text[] {
  const words = wordsIn(text).filter(({ key }) => key !== ':');
  return words.filter((_, i) => i > 0 && /^bucket:?$/.test(words[i - 1].toString()));
}
