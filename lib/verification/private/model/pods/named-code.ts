import { isOfKubernetes, podTemplates, serviceAccountOf } from './pod-templates';
import { readRunners, writesOfRunner } from './runners';
import { writesOfArtifacts } from './workflow-artifacts';
import { Text } from '../../values/text';
import { derived } from '../../values/text-parts';
import { CodeLocations } from '../code/code-locations';
import { NamedCode } from '../code/named-images';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { OF_CHARTS } from '../objects/chart-values';
import { isGenerator } from '../objects/generators';
import { destinationOf } from '../objects/other-clusters';

/**
 * The code that objects without a template of pods name, and the values of charts: that of a job of Spark or Flink, or a script in a ConfigMap. The values of
 * objects that install charts are objects of their own.
 */
export const readNamedCode = (objects: readonly KubernetesObject[], locations: CodeLocations): NamedCode[] => [
  ...objects.filter((object) => !isGenerator(object) && podTemplates(object).every(({ path }) => path === undefined))
    .map((object) => codeOf(object, objects, locations)).filter(({ code }) => code.length > 0),
  ...readRunners(objects),
];

function codeOf(object: KubernetesObject, objects: readonly KubernetesObject[], locations: CodeLocations): NamedCode {
  const { kind, name = Text.of(kind) } = object;
  const given = givenText(object.at('metadata', 'namespace'));
  const namespace = given ?? (isOfKubernetes(object) ? object.namespace : derived(name, 'namespace'));
  const templates = podTemplates(object);
  const named = templates.length > 0 ? templates.map(({ at }) => serviceAccountOf(at)) : [derived(name, 'service account')];
  const ofRunner = isOfKubernetes(object) || object.group === OF_CHARTS ? [] : writesOfRunner(object, []);
  return {
    cluster: destinationOf(object),
    label: `${kind} ${given ? `${given}/` : ''}${name}`,
    code: [...locations.writesOf(object.at()), ...writesOfArtifacts(object, objects), ...ofRunner],
    accounts: named.map((serviceAccountName) => ({ namespace, serviceAccountName })),
  };
}
