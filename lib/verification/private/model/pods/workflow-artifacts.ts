import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isText, textOf, textsIn, textsUnder } from '../../values/text-parts';
import { isFile } from '../code/code-locations';
import { isPathOfCode } from '../code/code-names';
import { anyPart, CodeWrite } from '../code/code-write';
import { writesTo } from '../code/code-writes';
import { hostsNamed } from '../code/fetched-hosts';
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
export const writesOfArtifacts = (object: KubernetesObject, objects: readonly KubernetesObject[]): CodeWrite[] =>
  artifactsOf(object).flatMap(({ source, isRun }) => {
    const { bucket, key = Text.EMPTY } = pairIn(source, true);
    const buckets = bucket ? [bucket] : namedByRepositories(object, objects, 'bucket');
    return (buckets.length > 0 ? buckets : [anyPart('bucket')]).map((one) => locationOf(one, key))
      .filter((location) => isRun || (!bucket && isFile(location))).flatMap(writesTo);
  });

/** The object stores from which a workflow gets code: that of an artifact, or that of a repository of artifacts. */
export const hostsOfArtifacts = (object: KubernetesObject, objects: readonly KubernetesObject[]): Text[] =>
  artifactsOf(object).filter(({ source, isRun }) => isRun || isFile(locationOf(anyPart('bucket'), pairIn(source, true).key ?? Text.EMPTY)))
    .flatMap(({ source }) => textOf(source.get('endpoint')) ?? namedByRepositories(object, objects, 'endpoint')).flatMap(hostsNamed);

const locationOf = (bucket: Text, key: Text): Text => Text.join([Text.of('s3:/'), bucket, withoutExpressions(key)], '/');

/** An artifact in an object store. */
interface Artifact {
  readonly source: ResolvedMap;
  /** Whether a template runs what is at its path. */
  readonly isRun: boolean;
}

function artifactsOf(object: KubernetesObject): Artifact[] {
  const maps = mapsBelow(object.at());
  const artifacts = maps.flatMap((map) => {
    const source = map.get('s3');
    return source instanceof ResolvedMap ? [{ source, name: textOf(map.get('name'))?.key }] : [];
  });
  const run = artifacts.length === 0 ? new Set() : new Set(maps.flatMap(namesOfRunArtifacts));
  return artifacts.map(({ source, name }) => ({ source, isRun: run.has(name) }));
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
 * The buckets or the servers of the repositories in which the artifacts of a workflow may be that have only a key, as far as the templates show them.
 *
 * @see https://argo-workflows.readthedocs.io/en/latest/artifact-repository-ref/
 */
function namedByRepositories(object: KubernetesObject, objects: readonly KubernetesObject[], what: 'bucket' | 'endpoint'): Text[] {
  const names = [...DEFAULTS.map(Text.of), ...textsUnder(object.at(), /^configMap$/)];
  return objects.flatMap((other) => {
    const isRepository = other.kind === 'ConfigMap' && names.some((name) => other.name && isText(other.name, `${name}`) !== 'no');
    const ofChart = mapsBelow(other.at()).flatMap((map) => mapsBelow(map.get('artifactRepository')));
    return [...(isRepository ? textsIn(other.at('data')).flatMap((text) => namedIn(text, what)) : []),
      ...ofChart.flatMap((map) => (what === 'bucket' ? pairIn(map, false).bucket : textOf(map.get(what))) ?? [])];
  });
}

/** What a text has in some properties, as YAML or JSON. */
function namedIn(text: Text, property: string): Text[] {
  const words = wordsIn(text).filter(({ key }) => key !== ':');
  return words.filter((_, i) => i > 0 && [property, `${property}:`].includes(`${words[i - 1]}`));
}
