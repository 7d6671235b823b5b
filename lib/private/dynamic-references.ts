/**
 * Whether there is a dynamic reference in a text, or in a string of resolved data: CloudFormation replaces it with a value that someone else can set, wherever it
 * is in a template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export const hasDynamicReference = (value: unknown): boolean => (typeof value === 'string' ? value : JSON.stringify(value) ?? '').includes('{{resolve:');
