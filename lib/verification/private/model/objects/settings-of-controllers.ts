import { mayGenerate } from './generators';
import { changesObjects, valuesUnder } from './served-settings';
import { namesOfValues } from './values-from';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** A ConfigMap or a Secret that decides what a controller applies from an object. */
export interface SettingOfController extends Pick<KubernetesObject, 'cluster' | 'namespace'> {
  readonly object: KubernetesObject;
  readonly name: Text;
}

/** What says how Argo CD reads the objects that it applies, and who may tell it to. @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/ */
const OF_ARGO_CD = ['argocd-cm', 'argocd-rbac-cm', 'argocd-secret'].map(Text.of);

/** The settings that decide what controllers apply from the objects of the templates, with the values that these take from elsewhere. */
export const settingsOfControllers = (objects: readonly KubernetesObject[]): SettingOfController[] => [
  ...objects.filter(mayGenerate).flatMap((object) => [
    ...[...namesOfValues(object), ...(object.group === 'argoproj.io' ? OF_ARGO_CD : [])].map((name) => settingOf(object, name)),
    ...referredTo(object, object.at('spec', 'policyRefs')),
  ]),
  ...objects.filter(changesObjects).flatMap((policy) =>
    valuesUnder(policy.at('spec'), ['context']).flatMap(listOf).flatMap((entry) => referredTo(policy, valueAt(entry, 'configMap')))),
];

const settingOf = (object: KubernetesObject, name: Text): SettingOfController =>
  ({ object, name, cluster: object.cluster, namespace: object.namespace });

/**
 * ConfigMaps and Secrets of any namespace, with the objects that Sveltos applies, or with what a policy of Kyverno fills in.
 *
 * @see https://projectsveltos.github.io/sveltos/main/addons/raw_yaml/
 * @see https://kyverno.io/docs/policy-types/cluster-policy/external-data-sources/#variables-from-configmaps
 */
const referredTo = (object: KubernetesObject, references: Resolved): SettingOfController[] => listOf(references).flatMap((reference) => {
  const [name, namespace = object.namespace] = ['name', 'namespace'].map((property) => textOf(valueAt(reference, property)));
  return name ? [{ ...settingOf(object, name), namespace }] : [];
});
