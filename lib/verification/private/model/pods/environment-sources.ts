import { credentialsInScript } from './credential-commands';
import { entriesOf } from './data-of-objects';
import { Identity, SourceOfKeys } from './source-of-keys';
import { shownSecrets, syncedSecrets } from './synced-secrets';
import { equal } from '../../values/pattern';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { allOf, Truth } from '../../values/truth';
import { KubernetesObject } from '../kubernetes-object';

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
  private readonly sources: readonly SourceOfKeys[];
  /** What controllers write. */
  private readonly synced: readonly SourceOfKeys[];
  /** What others may write, of which only some keys are known. */
  private readonly shown: readonly SourceOfKeys[];

  constructor(objects: readonly KubernetesObject[]) {
    this.sources = objects.filter(({ kind, group }) => group === '' && Object.values<string>(KINDS).includes(kind))
      .flatMap((object) => (object.name ? [sourceOf(object, object.name)] : []));
    this.synced = syncedSecrets(objects);
    this.shown = shownSecrets(objects);
  }

  /** The variables that an item of `envFrom` gives to the containers of a workload. */
  read(item: Resolved, workload: KubernetesObject): Variables {
    const field = (['configMapRef', 'secretRef'] as const).find((name) => item instanceof ResolvedMap && item.get(name) !== undefined);
    const name = field && item instanceof ResolvedMap ? textOf(item.at(field, 'name')) : undefined;
    const prefix = item instanceof ResolvedMap ? literalOf(item.get('prefix') ?? Text.of('')) : undefined;
    if (!field || !name) {
      return UNREADABLE;
    }
    const keys = this.keys(KINDS[field], sourceIdentity(workload, name));
    return keys && prefix !== undefined
      ? { names: keys.map((key) => `${prefix}${key}`) }
      : { names: [], unread: `gets environment variables from the ${KINDS[field]} ${name}, whose keys the templates do not show` };
  }

  /** The keys of the Secret that a volume of a workload has; nothing if the templates do not show them. */
  keysOfSecret(name: Text | undefined, workload: KubernetesObject): string[] {
    const own = name && this.keys(KINDS.secretRef, sourceIdentity(workload, name));
    return [...own ?? [], ...this.keysSynced(KINDS.secretRef, name, workload)];
  }

  /** The same for what a controller writes: a Secret, or the files of a volume of the Secrets Store CSI driver. */
  keysSynced(kind: string, name: Text | undefined, workload: KubernetesObject): string[] {
    return [...this.synced, ...this.shown].filter((source) => name && source.kind === kind && same(source.identity, sourceIdentity(workload, name)) !== 'no')
      .flatMap(({ keys }) => keys ?? []);
  }

  /** The keys of an object whose values have an access key, or whose names say so. */
  keysHolding(kind: string, name: Text | undefined, workload: KubernetesObject): string[] {
    return this.meant(kind, name, workload).flatMap(({ holding = [] }) => holding);
  }

  /** What says, or has, the values of an object. */
  contentsOf(kind: string, name: Text | undefined, workload: KubernetesObject): Resolved[] {
    return this.meant(kind, name, workload).map(({ content }) => content);
  }

  private meant(kind: string, name: Text | undefined, workload: KubernetesObject): SourceOfKeys[] {
    return [...this.sources, ...this.synced].filter((source) => name && source.kind === kind && same(source.identity, sourceIdentity(workload, name)) !== 'no');
  }

  /** The keys of all objects that may be the one that is meant: of several with one name, the templates do not show which the cluster keeps. */
  private keys(kind: string, meant: Identity): string[] | undefined {
    const candidates = [...this.sources, ...this.synced].filter((source) => source.kind === kind)
      .map(({ identity, keys, mayHaveMore }) => ({ keys: mayHaveMore ? undefined : keys, isMeant: same(identity, meant) })).filter(({ isMeant }) => isMeant !== 'no');
    const keys = candidates.map((candidate) => candidate.keys);
    return candidates.some(({ isMeant }) => isMeant === 'yes') && keys.every((some) => some !== undefined) ? keys.flat() : undefined;
  }
}

const sourceIdentity = ({ namespace, cluster }: KubernetesObject, name: Text): Identity => ({ name, namespace, cluster });

const same = (one: Identity, other: Identity): Truth => allOf([
  sameText(one.name, other.name), sameText(one.namespace, other.namespace), one.cluster.is(other.cluster), one.mayBeMissing ? 'unknown' : 'yes',
]);

/** Most often, two are written in the same way, or are literals that differ. */
function sameText(one: Text, other: Text): Truth {
  const areLiterals = one.literal !== undefined && other.literal !== undefined;
  return one.key === other.key ? 'yes' : areLiterals ? 'no' : equal(one, other);
}

const holdingKeys = (object: KubernetesObject): string[] => entriesOf(object).filter(({ text }) => credentialsInScript(`${text}`) !== undefined).map(({ key }) => key);

function sourceOf(object: KubernetesObject, name: Text): SourceOfKeys {
  const content = new ResolvedMap(entriesOf(object).map(({ key, text }) => [Text.of(key), text]));
  const identity = { ...sourceIdentity(object, name), mayBeMissing: object.mayBeMissing };
  return { kind: object.kind, identity, keys: dataKeys(object), holding: holdingKeys(object), content };
}

function dataKeys(object: KubernetesObject): string[] | undefined {
  const sections = ['data', 'stringData'].map((section) => object.at(section)).filter((section) => section !== undefined);
  const keys = sections.flatMap((section) => (section instanceof ResolvedMap ? section.entries.map(([key]) => key.literal) : [undefined]));
  return keys.every((key) => key !== undefined) ? keys : undefined;
}
