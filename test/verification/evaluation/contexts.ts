import { ContextValue, RequestContext } from '../../../lib/verification/private/evaluation/request';
import { text } from '../texts';

/** A key of a table of cases: a value, values, null where the request does not have the key. A key that is not there is unknown. */
export type Given = Readonly<Record<string, string | readonly string[] | null>>;

/** The context of a request of a table of cases. */
export const contextOf = (given: Given = {}, otherwise: ContextValue = { kind: 'unknown', why: 'nobody knows' }): RequestContext => {
  const values = new Map(Object.entries(given).map(([key, value]) => [key.toLowerCase(), value]));
  return {
    lookup: (key) => {
      const value = values.get(key.toString().toLowerCase());
      return value === undefined ? otherwise
        : value === null ? { kind: 'missing' }
          : { kind: 'values', values: (typeof value === 'string' ? [value] : value).map(text), multivalued: typeof value !== 'string' };
    },
  };
};
