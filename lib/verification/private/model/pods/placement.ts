import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { allOf, anyOf, Truth } from '../../values/truth';
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
  const taint = taints.find((one) => !listOf(spec?.get('tolerations')).some((toleration) => tolerates(toleration, one)));
  if (taint) {
    return `they do not tolerate the taint ${taint.key ?? 'of these nodes'}`;
  }
  if (spec?.get('nodeName') !== undefined) {
    return 'they name a node';
  }
  const unmet = selectorOf(spec).find(([{ literal }, value]) => !isLabel(labels, literal, [value]));
  if (unmet) {
    return `they select nodes by the label ${unmet[0]}`;
  }
  return meetsAffinity(labels, spec) ? undefined : 'their affinity asks for other nodes, or for labels that the templates do not show';
}

const selectorOf = (spec: ResolvedMap | undefined): ResolvedMap['entries'] => {
  const selector = spec?.get('nodeSelector');
  return selector instanceof ResolvedMap ? selector.entries : [];
};

/** Whether nodes certainly have a label with one of some values. */
const isLabel = (labels: Labels, key: string | undefined, values: readonly Resolved[]): boolean => {
  const own = key === undefined ? undefined : labels.get(key);
  return own !== undefined && values.some((value) => value instanceof Text && equal(own, value) === 'yes');
};

/** Whether pods certainly tolerate a taint. */
function tolerates(toleration: Resolved, taint: Taint): boolean {
  if (!(toleration instanceof ResolvedMap)) {
    return false;
  }
  const [key, value] = ['key', 'value'].map((name) => textOf(toleration.get(name)));
  const [operator, effect] = ['operator', 'effect'].map((name) => literalOf(toleration.get(name)));
  const exists = operator === 'Exists';
  const ofKey: Truth = key === undefined ? (exists ? 'yes' : 'no') : taint.key ? equal(key, taint.key) : 'unknown';
  const ofValue: Truth = exists ? 'yes' : equal(value ?? Text.EMPTY, textOf(taint.value) ?? Text.EMPTY);
  const ofEffect: Truth = toleration.get('effect') === undefined || effect?.toLowerCase() === taint.effect ? 'yes' : 'unknown';
  return allOf([ofKey, ofValue, ofEffect]) === 'yes';
}

/** Whether nodes certainly meet one of the terms that pods require. */
function meetsAffinity(labels: Labels, spec: ResolvedMap | undefined): boolean {
  const required = spec?.at('affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  const terms = required instanceof ResolvedMap ? listOf(required.get('nodeSelectorTerms')) : [];
  return required === undefined || anyOf(terms.map((term) => meetsTerm(labels, term))) === 'yes';
}

function meetsTerm(labels: Labels, term: Resolved): Truth {
  const [expressions, fields] = ['matchExpressions', 'matchFields'].map((name) => (term instanceof ResolvedMap ? listOf(term.get(name)) : []));
  return expressions.length > 0 && fields.length === 0 && expressions.every((expression) => meets(labels, expression)) ? 'yes' : 'unknown';
}

function meets(labels: Labels, expression: Resolved): boolean {
  const get = (name: string) => (expression instanceof ResolvedMap ? expression.get(name) : undefined);
  const [key, operator] = ['key', 'operator'].map((name) => literalOf(get(name)));
  return (operator === 'Exists' && key !== undefined && labels.has(key)) || (operator === 'In' && isLabel(labels, key, listOf(get('values'))));
}
