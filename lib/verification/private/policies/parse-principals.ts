import { servicePrincipal } from './service-principal';
import { Principal } from './statement';
import { listOf, Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';

const KINDS = ['AWS', 'Federated', 'Service', 'CanonicalUser'] as const;

/**
 * The principals of a statement, or why they cannot be read.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipals(value: Resolved): { principals: Principal[] } | { problem: string } {
  if (value instanceof Text) {
    return value.literal === '*' ? { principals: [{ kind: 'AWS', name: value }] } : { problem: `the principal ${value} must be "*" or an object` };
  }
  if (!(value instanceof ResolvedMap)) {
    return { problem: 'the principal must be "*" or an object' };
  }
  const principals: Principal[] = [];
  for (const [key, names] of value.entries) {
    const kind = KINDS.find((known) => known === key.literal);
    if (!kind) {
      return { problem: `the kind of principal ${key} is not one of ${KINDS.join(', ')}` };
    }
    for (const name of listOf(names).filter((item) => item !== undefined)) {
      if (!(name instanceof Text)) {
        return { problem: `a principal under ${kind} is not a string` };
      }
      if (name.literal !== '*' && name.parts.some((part) => typeof part === 'string' && part.includes('*'))) {
        return { problem: `the principal ${name} has a wildcard, which matches only as "*"` };
      }
      principals.push({ kind, name: (kind === 'Service' ? servicePrincipal(name) : undefined) ?? name });
    }
  }
  return principals.length > 0 ? { principals } : { problem: 'the principal is empty' };
}
