const matches = (pattern: RegExp, most: number, text: unknown) => typeof text === 'string' && text.length <= most && pattern.test(text);

/** An API version, or the plural name of a kind. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names */
export const isRfc1035Label = (text: unknown) => matches(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 63, text);

/** A namespace. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const isRfc1123Label = (text: unknown) => matches(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 63, text);

/** An API group. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const isRfc1123Subdomain = (text: string) => text.length <= 253 && text.split('.').every(isRfc1123Label);

/** `<version>` or `<group>/<version>`. */
export function isApiVersion(text: unknown): boolean {
  const [version, group, ...more] = typeof text === 'string' ? text.split('/').reverse() : [];
  return more.length === 0 && isRfc1035Label(version) && (group === undefined || isRfc1123Subdomain(group));
}

/**
 * The name of an object of any kind. Each kind has additional rules.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names
 */
export const isPathSegment = (text: unknown) => typeof text === 'string' && text !== '' && text !== '.' && text !== '..' && !/[/%]/.test(text);
