import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, literalOf, textOf } from '../../values/text-parts';
import { allOf, anyOf, not, Truth } from '../../values/truth';
import { NodeProperties, Taint } from '../node-properties';

type Labels = ReadonlyMap<string, Text>;

/**
 * Why pods may not run on nodes; undefined if nothing keeps them away.
 *
 * @param spec that of the pods; undefined for pods without any settings.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export function keptAway({ labels = new Map(), taints = [] }: NodeProperties, spec: ResolvedMap | undefined): string | undefined {
  const taint = taints.find((one) => tolerated(spec, one) !== 'yes');
  if (taint) {
    return `they do not tolerate the taint ${taint.key ?? 'of these nodes'}`;
  }
  if (spec?.get('nodeName') !== undefined) {
    return 'they name a node';
  }
  const unmet = selectorOf(spec).find(([key, value]) => hasLabel(labels, key.literal, [value]) !== 'yes');
  if (unmet) {
    return `they select nodes by the label ${unmet[0]}`;
  }
  return meetsAffinity(labels, spec) === 'yes' ? undefined : 'their affinity asks for other nodes, or for labels that the templates do not show';
}

/**
 * Whether pods may run on nodes. Nodes whose labels do not show what the pods select are taken for others. A taint keeps pods away that certainly do not tolerate
 * it, if its effect is known.
 */
export const mayRunOn = ({ labels = new Map(), taints = [] }: NodeProperties, spec: ResolvedMap | undefined): boolean =>
  taints.every((taint) => taint.effect === undefined || tolerated(spec, taint) !== 'no') && spec?.get('nodeName') === undefined
  && (meetsAffinity(labels, spec) === 'yes' || requiredAffinity(spec) instanceof Text)
  && selectorOf(spec).every(([{ literal }, value]) => literal === undefined || (labels.has(literal) && hasLabel(labels, literal, [value]) !== 'no'));

/** Whether pods select nodes with some labels; `unknown` if that depends on labels that are not known. */
export const selectNodes = ({ labels = new Map() }: NodeProperties, spec: ResolvedMap | undefined): Truth =>
  allOf([...selectorOf(spec).map(([key, value]) => hasLabel(labels, key.literal, [value])), meetsAffinity(labels, spec)]);

/** Whether pods select nodes with other values of some labels, whatever other labels these have. */
export const selectOthers = ({ labels = new Map() }: NodeProperties, spec: ResolvedMap | undefined): Truth => anyOf([
  meetsAffinity(labels, spec) === 'no' ? 'yes' : 'no',
  ...selectorOf(spec).filter(([{ literal }]) => literal === undefined || labels.has(literal))
    .map(([{ literal }, value]) => not(hasLabel(labels, literal, [value]))),
]);

/** Whether pods select nodes at all. */
export const selectsAny = (spec: ResolvedMap | undefined): boolean => selectorOf(spec).length > 0 || requiredAffinity(spec) !== undefined;

const requiredAffinity = (spec: ResolvedMap | undefined): Resolved =>
  spec?.at('affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');

/** A selector that only the deployment knows can ask for any label. */
const selectorOf = (spec: ResolvedMap | undefined): ResolvedMap['entries'] => {
  const selector = spec?.get('nodeSelector');
  return selector instanceof ResolvedMap ? selector.entries : selector instanceof Text ? [[selector, selector]] : [];
};

/** Whether nodes have a label with one of some values. */
function hasLabel(labels: Labels, key: string | undefined, values: readonly Resolved[]): Truth {
  const own = key === undefined ? undefined : labels.get(key);
  return own === undefined ? 'unknown' : anyOf(values.map((value) => (value instanceof Text ? equal(own, value) : 'unknown')));
}

/** Whether pods tolerate a taint. */
const tolerated = (spec: ResolvedMap | undefined, taint: Taint): Truth => anyOf(listOf(spec?.get('tolerations')).map((toleration) => tolerates(toleration, taint)));

function tolerates(toleration: Resolved, taint: Taint): Truth {
  const [key, value, effect] = ['key', 'value', 'effect'].map((name) => textOf(valueAt(toleration, name)));
  const exists = isText(valueAt(toleration, 'operator'), 'Exists');
  const ofKey: Truth = key === undefined ? exists : taint.key ? equal(key, taint.key) : 'unknown';
  const ofValue = anyOf([exists, equal(value ?? Text.EMPTY, textOf(taint.value) ?? Text.EMPTY)]);
  const ofEffect: Truth = effect === undefined ? 'yes' : taint.effect === undefined ? 'unknown' : isText(effect.toLowerCase(), taint.effect);
  return allOf([ofKey, ofValue, ofEffect]);
}

/** Whether nodes meet one of the terms that pods require. */
function meetsAffinity(labels: Labels, spec: ResolvedMap | undefined): Truth {
  const required = requiredAffinity(spec);
  if (required === undefined) {
    return 'yes';
  }
  const terms = required instanceof ResolvedMap ? required.get('nodeSelectorTerms') : undefined;
  return Array.isArray(terms) ? anyOf(terms.map((term) => meetsTerm(labels, term))) : 'unknown';
}

function meetsTerm(labels: Labels, term: Resolved): Truth {
  const [expressions, fields] = ['matchExpressions', 'matchFields'].map((name) => (term instanceof ResolvedMap ? listOf(term.get(name)) : []));
  const isRead = expressions.length > 0 && fields.length === 0;
  return allOf([isRead ? 'yes' : 'unknown', ...expressions.map((expression) => meets(labels, expression))]);
}

function meets(labels: Labels, expression: Resolved): Truth {
  const get = (name: string) => (expression instanceof ResolvedMap ? expression.get(name) : undefined);
  const [key, operator] = ['key', 'operator'].map((name) => literalOf(get(name)));
  const isThere: Truth = key !== undefined && labels.has(key) ? 'yes' : 'unknown';
  switch (operator) {
    case 'Exists': return isThere;
    case 'DoesNotExist': return not(isThere);
    case 'In': return hasLabel(labels, key, listOf(get('values')));
    case 'NotIn': return not(hasLabel(labels, key, listOf(get('values'))));
    default: return 'unknown';
  }
}
