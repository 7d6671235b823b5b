import { NODE } from './node-hosts';
import { Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';
import { withTexts } from '../../values/with-texts';

/** Fields of pods with an address or a name of their node. @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#downwardapi-fieldRef */
const FIELDS = /^(status\.hostIPs?|spec\.nodeName)$/;

/** A value in which the address of the node is in place of the variables that have it. */
export function withNodeAddresses(value: Resolved): Resolved {
  const names = new Set(variablesIn(value));
  return names.size === 0 ? value : withTexts(value, (text) => withAddress(text, names));
}

const variablesIn = (value: Resolved): string[] => (Array.isArray(value) ? value.flatMap(variablesIn) : !(value instanceof ResolvedMap) ? [] : [
  ...(FIELDS.test(literalOf(valueAt(value, 'valueFrom', 'fieldRef', 'fieldPath')) ?? '') ? [literalOf(value.get('name')) ?? ''] : []),
  ...value.entries.flatMap(([, inner]) => variablesIn(inner)),
]);

/** How shells and Kubernetes write a variable. */
const REFERENCE = /(\$(?:\{\w+\}|\(\w+\)|\w+))/;

const withAddress = ({ parts }: Text, names: ReadonlySet<string>): Text => Text.join(parts.flatMap((part) => (typeof part !== 'string' ? [Text.ofPart(part)]
  : part.split(REFERENCE).map((piece, i) => (i % 2 === 1 && names.has(piece.replace(/\W/g, '')) ? NODE : Text.of(piece))))));
