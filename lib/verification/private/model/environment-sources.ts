import { KubernetesObject } from './kubernetes-object';
import { literalOf, textOf } from './texts';
import { Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';

/** The environment variables that containers get from an object. */
interface Variables {
  readonly names: readonly string[];
  /** Why there may be others; undefined if there are none. */
  readonly unread?: string;
}

const KINDS = { configMapRef: 'ConfigMap', secretRef: 'Secret' } as const;

const UNREADABLE: Variables = { names: [], unread: 'gets environment variables from an object that cannot be read' };

/**
 * The ConfigMaps and Secrets of the templates, each key of which can be an environment variable.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export class EnvironmentSources {
  private readonly objects: ReadonlyMap<string, KubernetesObject>;

  constructor(objects: readonly KubernetesObject[]) {
    this.objects = new Map(objects.filter(({ kind, group }) => group === '' && Object.values<string>(KINDS).includes(kind))
      .flatMap((object) => (object.name ? [[keyOf(object, object.kind, object.name), object]] : [])));
  }

  /** The variables that an item of `envFrom` gives to the containers of a workload. */
  read(item: Resolved, workload: KubernetesObject): Variables {
    const field = (['configMapRef', 'secretRef'] as const).find((name) => item instanceof ResolvedMap && item.get(name) !== undefined);
    const name = field && item instanceof ResolvedMap ? textOf(item.at(field, 'name')) : undefined;
    const prefix = item instanceof ResolvedMap ? literalOf(item.get('prefix') ?? Text.of('')) : undefined;
    if (!field || !name) {
      return UNREADABLE;
    }
    const keys = keysOf(this.objects.get(keyOf(workload, KINDS[field], name)));
    return keys && prefix !== undefined
      ? { names: keys.map((key) => `${prefix}${key}`) }
      : { names: [], unread: `gets environment variables from the ${KINDS[field]} ${name}, whose keys the templates do not show` };
  }
}

const keyOf = ({ cluster, namespace }: KubernetesObject, kind: string, name: Text) => JSON.stringify([cluster.key, namespace.key, kind, name.key]);

/** Undefined if not all of them are known. */
function keysOf(object: KubernetesObject | undefined): string[] | undefined {
  const sections = ['data', 'stringData'].map((section) => object?.at(section)).filter((section) => section !== undefined);
  const keys = sections.flatMap((section) => (section instanceof ResolvedMap ? section.entries.map(([key]) => key.literal) : [undefined]));
  return object && keys.every((key) => key !== undefined) ? keys : undefined;
}
