import { ObjectOfCode } from './object-of-code';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { textOf, textsUnder } from '../../values/text-parts';
import { anyPart } from '../code/code-write';
import { givenText, KubernetesObject } from '../kubernetes-object';

/** An object; without a name or a namespace, any. */
export interface Place { readonly name?: Text; readonly namespace?: Text }

/** What a controller copies. If one of both has no name, it has that of the other one. */
export interface Copy {
  readonly kind: ObjectOfCode['kind'];
  readonly from: Place;
  readonly to: Place;
}

const KINDS: ReadonlyArray<Copy['kind']> = ['ConfigMap', 'Secret'];

const OF_EXTERNAL_SECRETS = 'external-secrets.io';

/**
 * What controllers copy because of an object, as far as it shows that.
 *
 * @param stores those of which the secrets are Secrets of a cluster.
 */
export function copiesBecauseOf(object: KubernetesObject, stores: readonly KubernetesObject[]): Copy[] {
  const { group, kind } = object;
  return group === '' ? KINDS.filter((one) => one === kind).flatMap((one) => ofAnnotations(object, one))
    : group === OF_EXTERNAL_SECRETS && kind.endsWith('ExternalSecret') ? fromCluster(object, stores)
      : group.endsWith('kyverno.io') ? clonesIn(object.at('spec'))
        : group === 'secretgen.carvel.dev' && kind === 'SecretImport' ? [imported(object)] : [];
}

/** Annotations with which controllers copy what has them to others of its name. */
const OF_SOURCE = /(^|\.)(emberstack\.com|mittwald\.de|appscode\.com)\//;

/** Those of a copy, with the name of what it is copied from. */
const OF_COPY = /(emberstack\.com\/reflects|mittwald\.de\/replicate-from)$/;

/**
 * @see https://github.com/emberstack/kubernetes-reflector
 * @see https://github.com/mittwald/kubernetes-replicator
 * @see https://config-syncer.com
 */
function ofAnnotations(object: KubernetesObject, kind: Copy['kind']): Copy[] {
  const annotations = object.at('metadata', 'annotations');
  const { name, namespace } = object;
  return !(annotations instanceof ResolvedMap) ? [] : annotations.entries.flatMap(([{ literal = '' }, value]): Copy[] => {
    const named = OF_COPY.test(literal) ? textOf(value) : undefined;
    return named ? [{ kind, from: placeIn(named, namespace), to: { name, namespace } }]
      : OF_SOURCE.test(literal) ? [{ kind, from: { name, namespace }, to: { name } }] : [];
  });
}

/** The place that a text names: `namespace/name`, or a name in the same namespace. */
function placeIn(named: Text, namespace: Text): Place {
  const { known: [first, second], isComplete } = splitText(named, '/');
  return !isComplete ? {} : second ? { namespace: first, name: second } : { namespace, name: first };
}

/**
 * What policies of Kyverno clone, at any depth.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/generate/#clone-source
 */
function clonesIn(value: Resolved): Copy[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap(clonesIn) : [];
  }
  const [one, list] = ['clone', 'cloneList'].map((name) => value.get(name));
  const kinds = [textOf(value.get('kind')), ...listOf(valueAt(list, 'kinds')).map(textOf)].flatMap((text) => text?.toString().split('/').at(-1) ?? []);
  const from = { namespace: givenText(valueAt(one ?? list, 'namespace')), name: givenText(valueAt(one, 'name')) };
  const copied = one ?? list ? KINDS.filter((kind) => kinds.some((named) => named === kind || /[*{$]/.test(named))) : [];
  return [
    ...copied.map((kind): Copy => ({ kind, from, to: one ? { name: givenText(value.get('name')) } : {} })),
    ...value.entries.flatMap(([, inner]) => clonesIn(inner)),
  ];
}

/**
 * The Secrets that External Secrets writes from others in a cluster.
 *
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
function fromCluster(object: KubernetesObject, all: readonly KubernetesObject[]): Copy[] {
  const spec = object.at('spec', 'externalSecretSpec') ?? object.at('spec');
  const named = textsUnder(spec, /^name$/);
  const stores = all.filter((store) => store.cluster.is(object.cluster) !== 'no' && named.some((name) => store.name && equal(name, store.name) !== 'no'));
  const searches = listOf(valueAt(spec, 'dataFrom')).some((source) => valueAt(source, 'find') !== undefined);
  const names = [...textsUnder(spec, /^key$/), ...(searches ? [anyPart('name')] : [])];
  const to = {
    name: textOf(valueAt(spec, 'target', 'name')) ?? givenText(object.at('spec', 'externalSecretName')) ?? object.name,
    ...object.kind === 'ExternalSecret' && { namespace: object.namespace },
  };
  return stores.flatMap((store) => names.map((name): Copy => ({
    kind: 'Secret', from: { name, namespace: givenText(store.at('spec', 'provider', 'kubernetes', 'remoteNamespace')) ?? DEFAULT }, to,
  })));
}

const DEFAULT = Text.of('default');

/** Whether an object says that secrets of External Secrets are Secrets of a cluster. */
export const isStoreOfCluster = (object: KubernetesObject): boolean => object.group === OF_EXTERNAL_SECRETS && object.kind.endsWith('SecretStore')
  && object.at('spec', 'provider', 'kubernetes') !== undefined;

/** @see https://github.com/carvel-dev/secretgen-controller/blob/develop/docs/secret-export.md */
const imported = (object: KubernetesObject): Copy => ({
  kind: 'Secret',
  from: { name: object.name, namespace: givenText(object.at('spec', 'fromNamespace')) },
  to: { name: object.name, namespace: object.namespace },
});
