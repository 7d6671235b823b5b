import { commandsOf, sourcesOfVariables, variablesOf } from './named-parts';
import { placedVolumes, VOLUMES } from './placed-volumes';
import { isOfKubernetes, isPolicy, podTemplates, serviceAccountOf } from './pod-templates';
import { withoutTemplates } from './spec-of-pods';
import { distinct } from '../../values/distinct';
import { Interned } from '../../values/interned';
import { listOf, mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived } from '../../values/text-parts';
import { withTexts } from '../../values/with-texts';
import { parseYaml } from '../../values/yaml-text';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { OF_CHARTS } from '../objects/chart-values';

/** What an object besides templates of pods, or the values of a chart, say about pods. */
export interface PodsWithoutTemplate {
  /** All that they say. What is a text in YAML there is a part of it. */
  readonly says: Resolved;
  /** What is read as the spec of the pods. One container stands for all of them. */
  readonly spec: ResolvedMap;
  /** The namespaces of the objects in it, such as a workflow that a sensor creates. */
  readonly namespaces: readonly Text[];
  /** The service accounts that they name, or else any. */
  readonly accounts: readonly Text[];
}

/**
 * What an object says about its pods at any depth. Controllers and charts have the properties of pods under names that end like those of Kubernetes, such as
 * `extraVolumeMounts`, `existingClaim` or `taskServiceAccountName`. Undefined for objects of Kubernetes, and for those without pods.
 *
 * @see https://argo-workflows.readthedocs.io/en/latest/fields/#template
 * @see https://tekton.dev/docs/pipelines/workspaces/
 * @see https://www.kubeflow.org/docs/components/spark-operator/user-guide/writing-sparkapplication/
 * @see https://airflow.apache.org/docs/helm-chart/stable/parameters-ref.html
 */
export const podsWithoutTemplate = (object: KubernetesObject): PodsWithoutTemplate | undefined => pods.of([object], () => {
  const templates = isOfKubernetes(object) || isPolicy(object) ? [] : podTemplates(object);
  const accounts = templates.filter(({ path }) => path !== undefined).map(({ at }) => serviceAccountOf(at));
  return templates.length === 0 ? undefined : readPods(object, accounts);
});

/** They, as a template of pods. */
export const templateOf = ({ spec }: PodsWithoutTemplate): KubernetesObject['at'] => (...path) => mapOf({ spec }).at(...path);

const pods = new Interned<PodsWithoutTemplate | undefined>();

function readPods(object: KubernetesObject, others: readonly Text[]): PodsWithoutTemplate {
  const says = withTextsRead(withoutTemplates(object.group === OF_CHARTS ? object.at('values') : mapOf({ spec: object.at('spec') })));
  const parts = partsIn(says);
  const maps = parts.map(({ map }) => map);
  const placed = parts.flatMap(({ map, path }, i) => placedVolumes(map, path, i));
  const container = mapOf({
    env: maps.flatMap(variablesOf),
    envFrom: maps.flatMap(sourcesOfVariables),
    volumeMounts: [...maps.filter((map) => map.get('mountPath') !== undefined), ...placed.map(({ mount }) => mount)],
    source: maps.map(commandsOf),
  });
  const named = maps.flatMap(({ entries }) => entries.flatMap(([{ literal = '' }, inner]) => (VOLUMES.test(literal) ? listOf(inner) : [])));
  const volumes = [...named, ...placed.map(({ volume }) => volume)];
  const accounts = distinct(maps.flatMap(accountsOf));
  const namespaces = distinct(maps.flatMap(namespaceOf));
  const known = accounts.length > 0 ? accounts : others;
  return { says, spec: mapOf({ containers: [container], volumes }), namespaces, accounts: known.length > 0 ? known : [accountNotNamed(object)] };
}

/** A map, and the properties above it. */
interface Part {
  readonly map: ResolvedMap;
  readonly path: string;
}

/** The maps in a value. Those of volumes are read with these. */
function partsIn(value: Resolved, path = ''): Part[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => partsIn(item, path));
  }
  const below = ([{ literal = '' }, inner]: readonly [Text, Resolved]) => (VOLUMES.test(literal) && Array.isArray(inner) ? [] : partsIn(inner, `${path}/${literal}`));
  return value instanceof ResolvedMap ? [{ map: value, path }, ...value.entries.flatMap(below)] : [];
}

const namespaceOf = (map: ResolvedMap): Text[] => {
  const namespace = map.get('kind') === undefined ? undefined : givenText(map.at('metadata', 'namespace'));
  return namespace ? [namespace] : [];
};

/** Stands for any service account, where an object names none. */
export const accountNotNamed = ({ kind, name = Text.of(kind) }: Pick<KubernetesObject, 'kind' | 'name'>): Text => derived(name, 'service account');

const SERVICE_ACCOUNT = /serviceAccount(Name)?$/i;

const accountsOf = ({ entries }: ResolvedMap): Text[] => entries.filter(([{ literal = '' }]) => SERVICE_ACCOUNT.test(literal))
  .flatMap(([, inner]) => givenText(inner instanceof ResolvedMap ? inner.get('name') : inner) ?? []).filter(({ literal }) => !['true', 'false'].includes(literal ?? ''));

/** What a text in YAML has if it is about pods, or what leads to them. */
const ABOUT_PODS = /(claim|config_?map|env|hostname|ingress|secret|serviceAccount|volume)\w{0,50}["']?:/i;

/** A value in which texts in YAML are what they have, such as the values of a chart in an `Application` of Argo CD. */
const withTextsRead = (value: Resolved): Resolved => withTexts(value, (text) => {
  const documents = ABOUT_PODS.test(`${text}`) ? parseYaml(text) : undefined;
  const isRead = documents?.every((one) => one !== undefined && !(one instanceof Text));
  return isRead ? withTextsRead(documents!.length === 1 ? documents![0] : documents) : text;
});
