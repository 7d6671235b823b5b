/** The escape sequence of each character in a text, in the order in which CloudFormation replaces them. */
export type Escapes = readonly (readonly [character: string, written: string])[];

/** The characters that end a JSON string or a TOML basic string, or are not allowed in one. */
const QUOTED: Escapes = [['\\', '\\\\'], ['"', '\\"'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t']];
/** Last in each list: CloudFormation resolves dynamic references after everything else, including one that a value completes. */
const BRACE = ['{', '\\u007b'] as const;

/** In a JSON string, and in a TOML basic string. */
export const IN_QUOTES: Escapes = [...QUOTED, BRACE];

/**
 * What has a meaning of its own in a value of a policy: wildcards, and `${…}` for a policy variable. Every `$` is escaped, because the next value could start
 * with a brace, and it is first, because the other escapes contain it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
const MEANING: Escapes = [['$', '${$}'], ['*', '${*}'], ['?', '${?}']];

/** In a string of an IAM policy that is a text. */
export const IN_POLICY: Escapes = [...QUOTED, ...MEANING, BRACE];

/**
 * In a string of an IAM policy that is an object. IAM has no escape for a brace, with which a dynamic reference could start, so it becomes a line break,
 * which no name in AWS contains. It is first, because the other escapes contain braces.
 */
export const IN_POLICY_VALUE: Escapes = [['{', '\n'], ...MEANING];

/** Within single quotes of a POSIX shell. A brace starts a second quoted part, so that CloudFormation does not find `{{` or `${`. */
export const IN_SINGLE_QUOTES: Escapes = [["'", "'\\''"], ['{', "''{"]];
