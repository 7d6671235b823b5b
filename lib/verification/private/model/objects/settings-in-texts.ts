import { objectOfValues } from './chart-values';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** A setting in YAML, JSON or TOML with which pods may reach their node. */
const SETTING = /(^|[^\w.])(hostNetwork|hostPID|hostPath|privileged)["']?\s*[:=](?!\s*["']?false)/;

/** The kinds of objects that pods take settings from, and where these have texts. */
const TEXTS: ReadonlyMap<string, string> = new Map([['ConfigMap', 'data'], ['Secret', 'stringData']]);

/**
 * The texts of ConfigMaps and Secrets from which a controller may take settings of pods, as those of GitLab Runner, Apache Airflow and Argo Workflows do, like values of a chart.
 *
 * @see https://docs.gitlab.com/runner/executors/kubernetes/
 * @see https://airflow.apache.org/docs/apache-airflow-providers-cncf-kubernetes/stable/kubernetes_executor.html#pod-template-file
 * @see https://argo-workflows.readthedocs.io/en/latest/workflow-controller-configmap/
 */
export const readSettingsInTexts = (objects: readonly KubernetesObject[]): KubernetesObject[] => objects.flatMap((object) => {
  const { cluster, group, kind, namespace, place, name = Text.of(kind) } = object;
  const section = group === '' ? TEXTS.get(kind) : undefined;
  const texts = section ? textsIn(object.at(section)).filter((text) => SETTING.test(`${text}`)) : [];
  return texts.length > 0 ? objectOfValues({ cluster, kind, name, namespace, values: texts, place }) ?? [] : [];
});
