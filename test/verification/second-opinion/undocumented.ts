import { AccessReason } from '../../../lib/verification/access-reason';

/** Where AWS's documentation leaves open what IAM answers: lib/verification says UNKNOWN there, and the other evaluator takes one side. */
export interface Undocumented {
  readonly what: string;
  readonly see: string;
  /** Of the reasons of such a decision. */
  readonly pattern: RegExp;
  /** Of the generated cases. */
  readonly cases: number;
}

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';

export const UNDOCUMENTED: readonly Undocumented[] = [
  { what: 'an ARN operator whose pattern has fewer than six parts', see: `${GUIDE}reference_policies_elements_condition_operators.html#Conditions_ARN`, pattern: /^condition (For\w+:)?Arn\w+ .* may match /, cases: 23 },
  { what: 'Bool with a value that is not true or false', see: `${GUIDE}reference_policies_elements_condition_operators.html#Conditions_Boolean`, pattern: /^condition (For\w+:)?Bool\w* .* may be /, cases: 17 },
  { what: 'Null with a key whose value is empty', see: `${GUIDE}reference_policies_elements_condition_operators.html#Conditions_Null`, pattern: /whether an empty value is null is not documented$/, cases: 9 },
  { what: 'Deny with NotPrincipal that does not name role, session and account', see: `${GUIDE}reference_policies_elements_notprincipal.html`, pattern: /^NotPrincipal .* does not certainly name the session, its role and its account$/, cases: 17 },
  { what: 'IfExists with ForAnyValue, and a missing key', see: `${GUIDE}reference_policies_condition-single-vs-multi-valued-context-keys.html`, pattern: /whether IfExists holds with ForAnyValue is not documented$/, cases: 5 },
  { what: 'a multivalued key without ForAllValues or ForAnyValue', see: `${GUIDE}reference_policies_condition-single-vs-multi-valued-context-keys.html`, pattern: /the key has several values, which only ForAllValues or ForAnyValue compare$/, cases: 2 },
];

/** The first kind that explains a decision; undefined if none does. */
export const undocumentedKind = (reasons: readonly AccessReason[]): Undocumented | undefined =>
  UNDOCUMENTED.find(({ pattern }) => leavesOf(reasons).some((what) => pattern.test(what)));

const leavesOf = (reasons: readonly AccessReason[]): string[] =>
  reasons.flatMap(({ what, because = [] }) => (because.length > 0 ? leavesOf(because) : [what]));
