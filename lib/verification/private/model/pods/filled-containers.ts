import { containersOf } from './containers';
import { DataEntry, entriesOf } from './data-of-objects';
import { objectsHeld } from './held-objects';
import { mountsOf } from './pod-volumes';
import { WorkflowParameters } from './workflow-parameters';
import { addTo } from '../../values/add-to';
import { equal } from '../../values/pattern';
import { listOf, mapOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { variablesOf } from '../code/container-variables';
import { formsOfValue } from '../code/filled-values';
import { KubernetesObject } from '../kubernetes-object';

/** Pods, by their spec, and where they are. */
export type PodsWithContainers = Pick<KubernetesObject, 'cluster' | 'namespace'> & { readonly spec: Resolved };

/** The kinds of objects from which containers have variables and files, and how they refer to one. */
const REFERENCES = { configMapKeyRef: 'ConfigMap', configMapRef: 'ConfigMap', secretKeyRef: 'Secret', secretRef: 'Secret' } as const;

/** Files of settings and data, which only programs read that know how. */
const OF_SETTINGS = /\.(cfg|conf|crt|csv|env|html?|ini|json|key|md|pem|properties|toml|tpl|txt|xml|ya?ml)$/;

/** What containers run because of other objects: with variables from ConfigMaps and Secrets of the templates, and scripts in these. */
export class FilledContainers {
  private readonly byName = new Map<string, KubernetesObject[]>();
  private readonly data = new Map<KubernetesObject, readonly DataEntry[]>();

  private readonly parameters: WorkflowParameters;

  constructor(objects: readonly KubernetesObject[]) {
    this.parameters = new WorkflowParameters(objects);
    objects.filter(({ group, kind }) => group === '' && ['ConfigMap', 'Secret'].includes(kind))
      .forEach((object) => addTo(this.byName, object.name?.literal ?? '', object));
  }

  /** The containers that have variables from other objects, with the values of all, and the scripts that they have mounted, with the same variables. */
  of(pods: PodsWithContainers): ResolvedMap[] {
    const volumes = listOf(valueAt(pods.spec, 'volumes'));
    return this.byName.size === 0 ? [] : containersOf(pods.spec).flatMap((container) => {
      if (!(container instanceof ResolvedMap)) {
        return [];
      }
      const given = this.variablesOf(container, pods);
      const env = [...variablesOf(container), ...given].map(({ name, value }) => mapOf({ name: Text.of(name), value }));
      const others = container.entries.filter(([{ literal }]) => literal !== 'env');
      return [
        ...(given.length > 0 ? [new ResolvedMap([...others, [Text.of('env'), env]])] : []),
        ...this.scriptsOf(container, volumes, pods).map((script) => mapOf({ env, script })),
      ];
    });
  }

  /** The forms of a workflow with the values of parameters that it has from other objects. */
  withParameters(object: KubernetesObject): Resolved[] {
    const variables = this.parameters.of(object);
    return variables.length === 0 ? [] : formsOfValue(object.at('spec'), variables).slice(1);
  }

  /** The variables that a container has from other objects. */
  private variablesOf(container: ResolvedMap, pods: PodsWithContainers) {
    const each = listOf(container.get('env')).flatMap((variable) => {
      const name = literalOf(valueAt(variable, 'name'));
      return name === undefined ? [] : this.valuesOf(valueAt(variable, 'valueFrom'), pods).map(({ text }) => ({ name, value: text }));
    });
    const all = listOf(container.get('envFrom')).flatMap((source) =>
      this.valuesOf(source, pods).map(({ key, text }) => ({ name: `${literalOf(valueAt(source, 'prefix')) ?? ''}${key}`, value: text })));
    return [...each, ...all];
  }

  /** The values to which a source of variables refers. */
  private valuesOf(source: Resolved, pods: PodsWithContainers): DataEntry[] {
    return Object.entries(REFERENCES).flatMap(([name, kind]) => {
      const reference = valueAt(source, name);
      const key = literalOf(valueAt(reference, 'key'));
      return this.entriesOf(kind, textOf(valueAt(reference, 'name')), pods).filter((entry) => key === undefined || entry.key === key);
    });
  }

  private scriptsOf(container: ResolvedMap, volumes: readonly Resolved[], pods: PodsWithContainers): Text[] {
    const mounts = volumes.length === 0 ? [] : mountsOf([container], volumes);
    return objectsHeld([], mounts).flatMap(({ kind, name, keys }) => this.entriesOf(kind, name, pods)
      .filter(({ key, text }) => (keys.length === 0 || keys.includes(key)) && (!OF_SETTINGS.test(key) || text.startsWith('#!'))).map(({ text }) => text));
  }

  /** What the objects have that may have a name. */
  private entriesOf(kind: string, name: Text | undefined, { cluster, namespace }: PodsWithContainers): DataEntry[] {
    const candidates = name?.literal === undefined ? [...this.byName.values()].flat() : [name.literal, ''].flatMap((key) => this.byName.get(key) ?? []);
    return !name ? [] : candidates.filter((object) => object.kind === kind && object.name !== undefined && equal(object.name, name) !== 'no'
      && object.cluster.is(cluster) !== 'no' && equal(object.namespace, namespace) !== 'no').flatMap((object) => this.dataOf(object));
  }

  private dataOf(object: KubernetesObject): readonly DataEntry[] {
    const data = this.data.get(object) ?? entriesOf(object);
    this.data.set(object, data);
    return data;
  }
}
