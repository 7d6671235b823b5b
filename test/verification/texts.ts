import { Policy } from '../../lib/verification/private/policies/policy';
import { Resolved, ResolvedMap } from '../../lib/verification/private/values/resolved';
import { Text } from '../../lib/verification/private/values/text';
import { Unknown } from '../../lib/verification/private/values/unknown';

/** A text of a table of cases, in which `<<label>>` is unknown, and `<<label|:/>>` is unknown but without a colon and a slash. */
export const text = (written: string): Text =>
  Text.join(written.split(/(<<.*?>>)/).map((part) => {
    const [, label, excludes] = /^<<([^|]*?)(?:\|(.*))?>>$/.exec(part) ?? [];
    return label === undefined ? Text.of(part) : Text.unknown(new Unknown(label, { label, excludes }));
  }));

/** JSON of a table of cases, as a template resolves it. */
export function resolved(json: unknown): Resolved {
  if (json === null || json === undefined) {
    return undefined;
  }
  if (Array.isArray(json)) {
    return json.map(resolved);
  }
  return typeof json === 'object' ? new ResolvedMap(Object.entries(json).map(([key, value]) => [text(key), resolved(value)])) : text(String(json));
}

export const policy = (document: unknown, name = 'policy'): Policy =>
  ({ name, document: resolved(document), place: { template: 'Stack', logicalId: 'Policy', path: 'Properties.PolicyDocument' } });

/** A policy of the statements, in the version that has variables. */
export const policyOf = (statements: unknown, name?: string): Policy => policy({ Version: '2012-10-17', Statement: statements }, name);
