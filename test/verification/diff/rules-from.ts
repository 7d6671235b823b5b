import { Rules, rulesOf } from '../../../lib/verification/private/diff/rule';
import { fromJson } from '../../../lib/verification/private/model/from-json';
import { PolicyKind } from '../../../lib/verification/private/policies/statement';

/** The rules of a policy with these statements. */
export const rulesFrom = (statements: object[], kind: PolicyKind = 'identity'): Rules =>
  rulesOf([{ name: 'policy', document: fromJson({ Version: '2012-10-17', Statement: statements }) }], kind);
