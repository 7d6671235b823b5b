/** What each character of a value becomes in a text, in the order in which CloudFormation replaces them. */
export type Escapes = readonly (readonly [character: string, written: string])[];

/** What ends a string of JSON, or a basic string of TOML, or cannot stand in one. */
const QUOTED: Escapes = [['\\', '\\\\'], ['"', '\\"'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t']];
/** Last in each list: CloudFormation resolves dynamic references after all else, also one that a value completes. */
const BRACE = ['{', '\\u007b'] as const;

/** In a string of JSON, and in a basic string of TOML. */
export const IN_QUOTES: Escapes = [...QUOTED, BRACE];

/**
 * In a string of an IAM policy, where `${…}` is a policy variable. Every `$` is escaped, because the next value may start with a brace.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export const IN_POLICY: Escapes = [...QUOTED, ['$', '${$}'], BRACE];

/** Within single quotes of a POSIX shell. A brace starts a second quoted part, so that `{{` and `${` are no longer what CloudFormation looks for. */
export const IN_SINGLE_QUOTES: Escapes = [["'", "'\\''"], ['{', "''{"]];
