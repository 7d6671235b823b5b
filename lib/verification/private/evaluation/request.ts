import { Text } from '../values/text';

/** What a request has under a condition key. Missing is not unknown: some operators hold on a missing key. */
export type ContextValue =
  | { readonly kind: 'missing' }
  /** Undefined `ifPresent`: if the request has the key, its values are not known, either. */
  | { readonly kind: 'unknown'; readonly why: string; readonly ifPresent?: readonly Text[] }
  | { readonly kind: 'values'; readonly values: readonly Text[]; readonly multivalued: boolean };

/** The condition keys of a request. */
export interface RequestContext {
  /** Keys are compared without regard to case. A key may be known only at deployment, such as that of an issuer. */
  lookup(key: Text): ContextValue;
}

/** One call of AWS, about one resource. */
export interface AccessRequest {
  /** `s3:GetObject`. */
  readonly action: string;
  readonly resource: Text;
  readonly context: RequestContext;
}
