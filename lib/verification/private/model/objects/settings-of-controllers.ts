import { mayGenerate } from './generators';
import { namesOfValues } from './values-from';
import { Text } from '../../values/text';
import { KubernetesObject } from '../kubernetes-object';

/** A ConfigMap or a Secret in the namespace of an object from which a controller applies others. */
export interface SettingOfController {
  readonly object: KubernetesObject;
  readonly name: Text;
}

/** What says how Argo CD reads the objects that it applies, and who may tell it to. @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/ */
const OF_ARGO_CD = ['argocd-cm', 'argocd-rbac-cm', 'argocd-secret'].map(Text.of);

/** The settings that decide what controllers apply from the objects of the templates, with the values that these take from elsewhere. */
export const settingsOfControllers = (objects: readonly KubernetesObject[]): SettingOfController[] => objects.filter(mayGenerate).flatMap((object) =>
  [...namesOfValues(object), ...(object.group === 'argoproj.io' ? OF_ARGO_CD : [])].map((name) => ({ object, name })));
