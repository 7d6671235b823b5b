import { containersOf } from './containers';
import { FilledContainers } from './filled-containers';
import { hasSteps } from './handing-workflows';
import { PodFiles } from './pod-files';
import { isOfKubernetes, podTemplates } from './pod-templates';
import { accountNotNamed, podsWithoutTemplate, templateOf } from './pods-without-template';
import { readRunners, writesOfRunner } from './runners';
import { hostsOfArtifacts, writesOfArtifacts } from './workflow-artifacts';
import { Text } from '../../values/text';
import { derived } from '../../values/text-parts';
import { CodeLocations } from '../code/code-locations';
import { NamedCode } from '../code/named-images';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { OF_CHARTS } from '../objects/chart-values';
import { isGenerator } from '../objects/generators';
import { destinationOf } from '../objects/other-clusters';
import { writesOfEnvironment } from '../objects/values-from';

/** What tells where code comes from. */
interface Sources {
  readonly locations: CodeLocations;
  readonly containers: FilledContainers;
  readonly files: PodFiles;
}

/**
 * The code that objects without a template of pods name, and the values of charts: that of a job of Spark or Flink, or a script in a ConfigMap. The values of
 * objects that install charts are objects of their own.
 */
export const readNamedCode = (objects: readonly KubernetesObject[], sources: Sources): NamedCode[] => [
  ...objects.filter((object) => !isGenerator(object) && (!hasTemplate(object) || podsWithoutTemplate(object)))
    .map((object) => codeOf(object, objects, sources)),
  ...readRunners(objects),
];

/** Whether the code that an object names is read with the pods of its template. */
const hasTemplate = (object: KubernetesObject): boolean => podTemplates(object).some(({ path }) => path !== undefined);

function codeOf(object: KubernetesObject, objects: readonly KubernetesObject[], { locations, containers, files }: Sources): NamedCode {
  const { kind, name = Text.of(kind) } = object;
  const given = givenText(object.at('metadata', 'namespace'));
  const namespace = given ?? (isOfKubernetes(object) ? object.namespace : derived(name, 'namespace'));
  const pods = podsWithoutTemplate(object);
  const namespaces = [namespace, ...pods?.namespaces.filter(({ key }) => key !== namespace.key) ?? []];
  const accounts = pods?.accounts ?? [accountNotNamed(object)];
  const ofRunner = isOfKubernetes(object) || object.group === OF_CHARTS ? [] : writesOfRunner(object, []);
  const filled = pods ? [...containers.of({ cluster: object.cluster, namespace, spec: pods.spec }), ...containers.withParameters(object)] : [];
  const ofFilled = filled.flatMap((value) => locations.writesOf(value));
  const ofPods = pods ? [...files.writesOf(object, templateOf(pods)), ...writesOfEnvironment(object, containersOf(pods.spec), objects)] : [];
  return {
    cluster: destinationOf(object),
    holder: { kind, name: object.name },
    label: `${kind} ${given ? `${given}/` : ''}${name}`,
    code: [
      ...(hasTemplate(object) ? [] : [...locations.writesOf(object.at()), ...writesOfArtifacts(object, objects), ...ofRunner]),
      ...ofFilled, ...ofPods,
    ],
    namespaces,
    accounts: namespaces.flatMap((one) => accounts.map((serviceAccountName) => ({ namespace: one, serviceAccountName }))),
    hasSteps: hasSteps(object),
    ...pods && { says: pods.says, spec: pods.spec, filled, stores: hostsOfArtifacts(object, objects) },
  };
}
