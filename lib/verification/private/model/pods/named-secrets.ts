import { containersOf } from './containers';
import { filledSecrets } from './filled-secrets';
import { secretsByNames } from './names-of-secrets';
import { PodTemplate, podTemplates, serviceAccountOf } from './pod-templates';
import { secretsInObject } from './secrets-in-objects';
import { addTo } from '../../values/add-to';
import { Interned } from '../../values/interned';
import { listOf, mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { KubernetesObject } from '../kubernetes-object';

/** What tells that something is secret. */
export interface Telling {
  /** Whether a name does. */
  readonly has: (name: string) => boolean;
  /** Other names, as what has the variables uses them. */
  readonly usedIn?: (value: Resolved) => ReadonlySet<string>;
  /** Whether something is not one after all, as one of its names tells. */
  readonly isOther?: (name: string) => boolean;
  /** Whether a container has one in a volume, as the place of its files tells. */
  readonly isMounted?: (container: Resolved, volumes: readonly Resolved[]) => boolean;
}

/** The pods of an object. */
export interface Holder {
  readonly object: KubernetesObject;
  readonly namespace: Text;
  readonly serviceAccountName: Text;
}

/** What something in a cluster says of a Secret by naming it. */
interface Use {
  readonly by: KubernetesObject;
  readonly names: readonly string[];
  /** The keys that are meant. @default - all */
  readonly keys?: readonly string[];
  /** The pods that have these keys, by a container. */
  readonly pods?: { readonly holder: Holder; readonly container: ResolvedMap; readonly volume?: Resolved };
}

/** A Secret that something names. */
interface NamedSecret { readonly secret: KubernetesObject; readonly uses: readonly Use[] }

/** A Secret of which something tells what it has. */
export interface ToldSecret {
  /** What stands for it. The templates need not have it. */
  readonly secret: KubernetesObject;
  /** What tells. */
  readonly by: KubernetesObject;
  /** The names by which it does. */
  readonly names: readonly string[];
  /** The pods that have the same of it, under any name. */
  readonly holders: readonly Holder[];
}

/** The Secrets of which those who name them tell that they have something. One that does is enough for all who have the same key. */
export const toldSecrets = (telling: Telling, objects: readonly KubernetesObject[]): ToldSecret[] =>
  namedSecrets(objects).flatMap((one) => toldOf(one, telling));

function toldOf({ secret, uses }: NamedSecret, telling: Telling): ToldSecret[] {
  const [first, ...others] = uses.filter((use) => tells(use, telling));
  if (!first) {
    return []; // most do not
  }
  const told = [first, ...others];
  const keys = told.some((use) => !use.keys) ? undefined : new Set(told.flatMap((use) => use.keys!));
  const holders = uses.filter((use) => !keys || !use.keys || use.keys.some((key) => keys.has(key)))
    .flatMap(({ pods }) => (pods ? [pods.holder] : []));
  return [{ secret, by: first.by, names: told.flatMap(({ names }) => names), holders }];
}

function tells({ names, pods }: Use, { has, usedIn, isOther, isMounted }: Telling): boolean {
  const used = pods && usedIn && usedNames.of([pods.container, usedIn], () => usedIn(pods.container));
  return (names.some((name) => has(name) || used?.has(name) === true) && !(isOther && names.some(isOther)))
    || (pods?.volume !== undefined && isMounted?.(pods.container, [pods.volume]) === true);
}

/** Found once for all Secrets of a container. */
const usedNames = new Interned<ReadonlySet<string>>();

const namedSecrets = (objects: readonly KubernetesObject[]): readonly NamedSecret[] => known.of([objects], () => {
  const [uses, anywhere] = [new Map<string, NamingUse[]>(), new Map<string, NamingUse[]>()];
  for (const use of objects.flatMap(usesIn)) {
    if (use.namespace.literal === undefined) {
      addTo(anywhere, nameKey(use), use); // it may be that of each namespace
    } else {
      addTo(uses, `${nameKey(use)} ${use.namespace.key}`, use);
    }
  }
  const inNamespaces = [...uses.values()].map((some) => [...some, ...anywhere.get(nameKey(some[0])) ?? []]);
  return [...inNamespaces, ...anywhere.values()].map((some) => ({ secret: secretOf(some[0]), uses: some }));
});

const nameKey = ({ by, name }: NamingUse): string => JSON.stringify([by.cluster.key, name.key]);

const known = new Interned<readonly NamedSecret[]>();

interface NamingUse extends Use { readonly name: Text; readonly namespace: Text }

const usesIn = (by: KubernetesObject): NamingUse[] => [
  ...podTemplates(by).flatMap((template) => usesByPods(by, template)),
  ...secretsInObject(by).map(({ reference: { name, keys }, namespace, names }) => ({ by, names, name, namespace, keys })),
  ...filledSecrets(by).map(({ reference: { name, keys }, namespace, names }) => ({ by, names, name, namespace, keys })),
];

function usesByPods(by: KubernetesObject, { at, namespace = by.namespace }: PodTemplate): NamingUse[] {
  const [volumes, holder] = [listOf(at('spec', 'volumes')), { object: by, namespace, serviceAccountName: serviceAccountOf(at) }];
  const containers = containersOf(at('spec')).filter((container) => container instanceof ResolvedMap);
  return containers.flatMap((container) => secretsByNames(container, volumes).flatMap(({ names, references, volume }) =>
    references.map(({ name, keys }) => ({ by, names, name, namespace, keys, pods: { holder, container, volume } }))));
}

function secretOf({ by: { cluster, place }, name, namespace }: NamingUse): KubernetesObject {
  const metadata = mapOf({ name, namespace });
  return KubernetesObject.from(cluster, mapOf({ apiVersion: Text.of('v1'), kind: Text.of('Secret'), metadata }), place)!;
}
