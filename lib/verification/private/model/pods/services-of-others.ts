import { isOfKubernetes, podTemplates } from './pod-templates';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';
import { KubernetesObject } from '../kubernetes-object';
import { isGenerator } from '../objects/generators';
import { serviceWith } from '../objects/looked-up';
import { destinationOf } from '../objects/other-clusters';
import { namespaceOfPods, namespaceOfRelease } from '../objects/releases';
import { isService } from '../objects/service-objects';

/** Controllers that create no Services for the pods of their objects. */
const WITHOUT_SERVICES = /(^|\.)(argoproj\.io|tekton\.dev)$/;

/** Services of any name that the templates do not show: those of charts, and of controllers, in the namespace of their pods. */
export const readServicesOfOthers = (objects: readonly KubernetesObject[], charts: readonly KubernetesObject[]): KubernetesObject[] => [
  ...charts, ...objects.filter((object) => (isGenerator(object) ? namespaceOfRelease(object) !== undefined : isOfController(object))),
].map((object) => {
  const { kind, name = Text.of('without a name'), place } = object;
  const [cluster, namespace] = [isGenerator(object) ? destinationOf(object) : object.cluster, namespaceOfPods(object)];
  const label = `Service of ${kind} ${name}`;
  const any = Text.unknown(new Unknown(`${label} in ${cluster.key} ${namespace.key}`, { label, excludes: './:' }));
  return serviceWith({ cluster, name: any, namespace, place });
});

/** Whether a controller has a template of pods from an object, and may create Services of any name for them. */
const isOfController = (object: KubernetesObject): boolean => !isOfKubernetes(object) && !isService(object) && !WITHOUT_SERVICES.test(object.group)
  && podTemplates(object).some(({ path }) => path !== undefined);
