import { Rules, rulesOf } from '../../../lib/verification/private/diff/rule';
import { PolicyKind } from '../../../lib/verification/private/policies/statement';
import { fromJson } from '../../../lib/verification/private/values/from-json';

/** The rules of a policy with these statements. */
export const rulesFrom = (statements: object[], kind: PolicyKind = 'identity'): Rules =>
  rulesOf([{ name: 'policy', document: fromJson({ Version: '2012-10-17', Statement: statements }) }], kind);
