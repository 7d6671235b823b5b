/** A host without its port. */
export const withoutPort = (host: string): string => host.replace(/:\d+$/, '');

/** How long a name in DNS can be. @see https://datatracker.ietf.org/doc/html/rfc1035#section-2.3.4 */
const LONGEST = 253;

/** A host, and those with a wildcard that stand for it, such as `*.example.com`. No name of a longer text can be asked for. */
export const withWildcards = (host: string): string[] => [
  host, ...(host.length > LONGEST ? [] : host.split('.').slice(1)).map((_, i, parts) => ['*', ...parts.slice(i)].join('.')),
];
