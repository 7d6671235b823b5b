import { maybeMissing, MISSING, one, unknownValue } from './context-values';
import { ContextValue } from './request';
import { Text } from '../values/text';

/** Keys that every request has, with values that the templates do not show. */
const PRESENT = ['aws:CurrentTime', 'aws:EpochTime', 'aws:RequestedRegion', 'aws:UserAgent'];

/** Keys of requests that a service makes with its own credentials. A request with the credentials of a role has none of them. */
const OF_SERVICES = ['aws:PrincipalServiceName', 'aws:PrincipalServiceNamesList', 'aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID', 'aws:SourceOrgPaths'];

const MFA_AGE = 'aws:MultiFactorAuthAge';

/** Keys of users, and of sessions with MFA. Credentials of pods and nodes come without both. */
const NOT_OF_ROLES = ['aws:username', MFA_AGE];

/** AWS does not document whether sessions of roles without MFA have this key. */
const MFA = 'aws:MultiFactorAuthPresent';

/** Not every service supports this key. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html */
const VIA_SERVICE = 'aws:ViaAWSService';

const TOKEN_TIME = 'aws:TokenIssueTime';

/** Keys of a session, whose values are known only when it starts. */
const OF_SESSIONS = [TOKEN_TIME, 'aws:userid'];

const entries = (keys: readonly string[], value: (key: string) => ContextValue): Array<[string, ContextValue]> =>
  keys.map((key) => [key.toLowerCase(), value(key)]);

/**
 * Requests are sent over TLS, as those of SDKs are. A policy that asks for it is common, and a pod that wants access sends them so. They are sent by the
 * principal itself, and not by a service on its behalf.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Policy.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
const OF_DIRECT_REQUESTS: Array<[string, ContextValue]> = [
  ['aws:securetransport', one(Text.of('true'))],
  ['s3:tlsversion', one(Text.of('1.3'))],
  ['kms:viaservice', MISSING],
];

/** Keys of requests that a service sends on behalf of a principal. If a question has one of them, its request is not a direct one. */
export const OF_FORWARDED_REQUESTS: readonly string[] = ['aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast', 'aws:viaawsservice', 'kms:viaservice'];

const OF_REQUESTS: ReadonlyMap<string, ContextValue> = new Map([...entries(PRESENT, unknownValue), ...OF_DIRECT_REQUESTS]);

const OF_ROLES: ReadonlyMap<string, ContextValue> = new Map([
  ...entries([...OF_SERVICES, ...NOT_OF_ROLES], () => MISSING),
  ...entries(OF_SESSIONS, unknownValue),
  ...entries(['aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast'], () => MISSING),
  [VIA_SERVICE.toLowerCase(), maybeMissing(VIA_SERVICE, Text.of('false'))],
  [MFA.toLowerCase(), maybeMissing(MFA, Text.of('false'))],
  ['aws:principaltype', one(Text.of('AssumedRole'))],
  ['aws:principalisawsservice', one(Text.of('false'))],
]);

/** A user can use access keys, or temporary credentials, with or without MFA. */
const OF_USERS: ReadonlyMap<string, ContextValue> = new Map([
  ...OF_ROLES,
  ...[MFA, MFA_AGE, TOKEN_TIME].map((key): [string, ContextValue] => [key.toLowerCase(), maybeMissing(key)]),
  ['aws:principaltype', one(Text.of('User'))],
]);

/**
 * What a request has of the global condition keys that depend neither on its role nor on its resource. Undefined if it may have the key or not.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const globalKey = (key: string): ContextValue | undefined => OF_REQUESTS.get(key);

/** The same of a request with the credentials of a role or a user. */
export const globalKeyOf = (principal: 'role' | 'user') => (key: string): ContextValue | undefined =>
  (principal === 'user' ? OF_USERS : OF_ROLES).get(key) ?? globalKey(key);
