import { TokenStatement } from './token-statements';
import { matchCondition } from '../evaluation/condition-matcher';
import { SessionContext } from '../evaluation/session-context';
import { Condition } from '../policies/statement';
import { decideToken, STS } from '../reach/web-identity';
import { Text } from '../values/text';
import { Truth } from '../values/truth';
import { Unknown } from '../values/unknown';

const any = (label: string): Text => Text.unknown(new Unknown(label, { label }));

/** The subject of the token of any pod. */
export const ANY_POD = Text.join([Text.of('system:serviceaccount'), any('any namespace'), any('any service account')], ':');

/** Whether a role certainly admits tokens with a subject because of a statement, whatever other statements deny. */
export const admits = (token: TokenStatement, subject: Text): boolean => (token.audiences ?? [STS]).some((audience) =>
  token.conditions.every((condition) => truthOf(condition, token, subject, audience) === 'yes')
  && decideToken(token.role.trustPolicy, token, subject, audience).outcome === 'ALLOWED');

/** Whether no token of the provider of a statement meets one of its conditions. */
export const isUnmet = (condition: Condition, token: TokenStatement): boolean =>
  truthOf(condition, token, any('any subject'), any('any audience')) === 'no';

const truthOf = (condition: Condition, { statement, issuer }: TokenStatement, subject: Text, audience: Text): Truth =>
  matchCondition(condition, statement.hasVariables, SessionContext.webIdentity(issuer, subject, audience)).truth;
