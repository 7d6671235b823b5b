/** The escape sequence of each character in a text, in the order in which CloudFormation replaces them. */
export type Escapes = readonly (readonly [character: string, written: string])[];

/** The characters that end a JSON string or a TOML basic string, or are not allowed in one. */
const QUOTED: Escapes = [['\\', '\\\\'], ['"', '\\"'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t']];
/** Last in each list: CloudFormation resolves dynamic references after everything else, including one that a value completes. */
const BRACE = ['{', '\\u007b'] as const;

/** In a JSON string, and in a TOML basic string. */
export const IN_QUOTES: Escapes = [...QUOTED, BRACE];

/**
 * In a string of an IAM policy, where `${…}` is a policy variable. Every `$` is escaped, because the next value could start with a brace.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export const IN_POLICY: Escapes = [...QUOTED, ['$', '${$}'], BRACE];

/** Within single quotes of a POSIX shell. A brace starts a second quoted part, so that CloudFormation does not find `{{` or `${`. */
export const IN_SINGLE_QUOTES: Escapes = [["'", "'\\''"], ['{', "''{"]];
