/** In the JSON of a value: what has a meaning in a policy, in JSON or in a dynamic reference. */
const SPECIAL_CHARACTERS = /[*?$]|\\|\{\{/;

/** Whether resolved data contains characters that have a meaning where CloudFormation or the library writes a value. */
export const hasSpecialCharacters = (value: unknown): boolean => SPECIAL_CHARACTERS.test(JSON.stringify(value));
