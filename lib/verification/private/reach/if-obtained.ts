import { Credentials } from './credentials';

/** Credentials, if it is not known whether pods get them. */
export const ifObtained = (credentials: Credentials, why: string | undefined): Credentials => (why === undefined || credentials.isObtained === 'no' ? credentials : {
  ...credentials,
  isObtained: 'unknown',
  missing: [...credentials.missing, why],
  chain: [...credentials.chain, { what: `it is not known ${why}` }],
});
