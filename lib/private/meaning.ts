/** In the JSON of a value: what has a meaning in a policy, in JSON or in a dynamic reference. */
const MEANING = /[*?$]|\\|\{\{/;

/** Whether resolved data contains characters that have a meaning where CloudFormation or the library writes a value. */
export const hasMeaning = (value: unknown): boolean => MEANING.test(JSON.stringify(value));
