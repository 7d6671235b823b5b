import { ContextValue } from './request';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

export const MISSING: ContextValue = { kind: 'missing' };

export const one = (value: Text): ContextValue => ({ kind: 'values', values: [value], multivalued: false });

export const several = (values: readonly Text[]): ContextValue => ({ kind: 'values', values, multivalued: true });

/** A key that the request has, with an unknown value. */
export const unknownValue = (key: string): ContextValue => one(Text.unknown(new Unknown(`context ${key.toLowerCase()}`, { label: key })));

/** A key that the request may or may not have, and its value if it does and that is known. */
export const maybeMissing = (key: string, value?: Text): ContextValue =>
  ({ kind: 'unknown', why: `it is unknown whether the request has ${key}`, ifPresent: value && [value] });

/** A tag, of which the key is compared without regard to case. */
export function tagOf(tags: ReadonlyMap<string, Text>, key: string): Text | undefined {
  const wanted = key.toLowerCase();
  return [...tags].find(([name]) => name.toLowerCase() === wanted)?.[1];
}
