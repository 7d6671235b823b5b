import { TokenVerdict } from './token-trust';
import { Outcome } from '../../evaluation/decision';
import { shownReasons } from '../../findings/reason-lines';

/** A token, the role for which it is presented, and what was decided. */
export interface AskedToken {
  /** The label of the role. */
  readonly role: string;
  /** The service account, such as `reports/reader`. */
  readonly account: string;
  readonly verdict: TokenVerdict;
}

/** An explanation of a decision on a token, for people. */
export const explainToken = ({ role, account, verdict: { outcome, reasons, missing } }: AskedToken): string => [
  HEADLINES[outcome](`a token of service account ${account}`, `role ${role}`),
  ...shownReasons(reasons),
  ...(missing.length > 0 ? ['It depends on what the templates do not show (see PodAccess.assume):', ...missing.map((what) => `  - ${what}`)] : []),
].join('\n');

const HEADLINES: { readonly [outcome in Outcome]: (token: string, role: string) => string } = {
  ALLOWED: (token, role) => `ALLOWED: ${token} gets credentials of ${role}`,
  DENIED: (token, role) => `DENIED: ${token} gets no credentials of ${role}`,
  UNKNOWN: (token, role) => `UNKNOWN: whether ${token} gets credentials of ${role}`,
};
