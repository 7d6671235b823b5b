import { AccessPlace } from '../../access-reason';

/** A difference between two assemblies in what a principal, a trust policy or a resource policy allows. */
export interface Change {
  readonly kind: 'GAINED' | 'LOST' | 'UNKNOWN';
  readonly what: string;
  /** Where that is written: what was gained in the new assembly, what was lost in the old one. */
  readonly place?: AccessPlace;
  readonly broadens: boolean;
}
