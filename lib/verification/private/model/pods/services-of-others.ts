import { isOfKubernetes, podTemplates } from './pod-templates';
import { derived } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { isGenerator } from '../objects/generators';
import { serviceWith } from '../objects/looked-up';
import { destinationOf } from '../objects/other-clusters';
import { namespaceOfPods, namespaceOfRelease } from '../objects/releases';
import { isService } from '../objects/service-objects';

/** Controllers that create no Services for the pods of their objects. */
const WITHOUT_SERVICES = /(^|\.)(argoproj\.io|tekton\.dev)$/;

/** Services of any name that the templates do not show: those of charts, and of controllers, in the namespace of their pods. One stands for all of a namespace. */
export function readServicesOfOthers(objects: readonly KubernetesObject[], charts: readonly KubernetesObject[]): KubernetesObject[] {
  const found = objects.filter((object) => (isGenerator(object) ? namespaceOfRelease(object) !== undefined : isOfController(object)));
  return [...new Map([...charts, ...found].map((object) => {
    const [cluster, namespace] = [isGenerator(object) ? destinationOf(object) : object.cluster, namespaceOfPods(object)];
    const service = serviceWith({ cluster, name: derived(namespace, 'any Service'), namespace, place: object.place });
    return [`${cluster.key} ${namespace.key}`, service];
  })).values()];
}

/** Whether a controller has a template of pods from an object, and may create Services of any name for them. */
const isOfController = (object: KubernetesObject): boolean => !isOfKubernetes(object) && !isService(object) && !WITHOUT_SERVICES.test(object.group)
  && podTemplates(object).some(({ path }) => path !== undefined);
