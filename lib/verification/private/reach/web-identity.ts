import { Credentials } from './credentials';
import { issuersElsewhere } from './issuer-elsewhere';
import { AccessReason } from '../../access-reason';
import { ClusterIssuer } from '../assignments/cluster-issuers';
import { Pods, subjectOf } from '../assignments/principal';
import { decideTrust } from '../evaluation/decide-trust';
import { Decision } from '../evaluation/decision';
import { strongestBy, truthOf } from '../evaluation/outcomes';
import { accountOf } from '../evaluation/resource-policies';
import { roleSession } from '../evaluation/role-session';
import { SessionContext } from '../evaluation/session-context';
import { Role } from '../model/model';
import { DEFAULT_AUDIENCE } from '../model/pods/default-audience';
import { Policy } from '../policies/policy';
import { Interned } from '../values/interned';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { anyOf, Truth } from '../values/truth';
import { Unknown } from '../values/unknown';

/** The audience of the tokens for AWS. */
export const STS = Text.of(DEFAULT_AUDIENCE);

/** What pods with tokens ask of AWS STS. */
export const ASSUME_WITH_TOKEN = 'sts:AssumeRoleWithWebIdentity';

/** How a role decides on a token that a provider has verified. */
export interface Admission {
  readonly decision: Decision;
  readonly issuer: ClusterIssuer;
  /** Whether the provider accepts the audience of the token. */
  readonly isAccepted: Truth;
}

/**
 * The credentials of those of some roles that trust the tokens of pods.
 *
 * The annotation of a service account is not a boundary: it only tells SDKs which role to assume. A pod can have tokens for any audience,
 * and can ask for the credentials of each role whose trust policy admits it.
 *
 * @param isDefault `unknown` if no template tells how the service account is annotated.
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
 */
export function trustingRoles(pods: Pods, issuers: readonly ClusterIssuer[], roles: readonly Role[], isDefault: Truth): Credentials[] {
  return roles.flatMap((role) => {
    const [first, ...others] = admissionsOf(role, pods, issuers).filter(({ decision }) => decision.outcome !== 'DENIED');
    return first ? [credentialsOf(role, 'the trust of the role alone', isDefault, [first, ...others])] : [];
  });
}

/** How a role decides on all tokens that pods can have. */
export const admissionsOf = (role: Role, pods: Pods, issuers: readonly ClusterIssuer[]): readonly Admission[] =>
  admitted.of([pods, role, issuers], () =>
    issuersFor(role, pods, issuers).flatMap((issuer) => audiencesOf(issuer).map((audience) => admit(role, pods, issuer, audience))));

/** Found once for all assignments of the conditions under which the role and the issuers are the same. */
const admitted = new Interned<readonly Admission[]>();

/** How a role decides on the tokens of pods for an audience; undefined if no provider is known. */
export const admissionFor = (role: Role, audience: Text, pods: Pods, issuers: readonly ClusterIssuer[]): Admission | undefined =>
  best(admissionsFor(role, audience, pods, issuers));

const admissionsFor = (role: Role, audience: Text, pods: Pods, issuers: readonly ClusterIssuer[]): readonly Admission[] =>
  admitted.of([pods, role, issuers, audience.key], () => issuersFor(role, pods, issuers).map((issuer) => admit(role, pods, issuer, audience)));

const issuersFor = (role: Role, { cluster }: Pods, issuers: readonly ClusterIssuer[]) => [...issuers, ...issuersElsewhere(role, cluster, issuers)];

/** Why no role admits the tokens of pods. */
export const noProvider = ({ cluster }: Pods): AccessReason => ({ what: `the templates have no IAM OIDC provider for cluster ${cluster}, and no trust policy names one` });

/** The credentials of the role that a service account is annotated with. */
export function annotatedRole(
  role: Role, audience: Text, pods: Pods, issuers: readonly ClusterIssuer[], chain: readonly AccessReason[],
): Credentials {
  const [first, ...others] = admissionsFor(role, audience, pods, issuers);
  if (!first) {
    return {
      role,
      by: 'IRSA',
      isDefault: 'yes',
      isObtained: 'no',
      missing: [],
      session: { role: roleSession(role), roleTags: role.tags },
      chain: [...chain, noProvider(pods)],
    };
  }
  return credentialsOf(role, 'IRSA', 'yes', [first, ...others], chain);
}

function best(admissions: readonly [Admission, ...Admission[]]): Admission;
function best(admissions: readonly Admission[]): Admission | undefined;
function best(admissions: readonly Admission[]): Admission | undefined {
  return strongestBy(admissions, ({ decision }) => decision.outcome);
}

const denied = (issuer: ClusterIssuer, what: string): Admission =>
  ({ issuer, isAccepted: 'no', decision: { outcome: 'DENIED', reasons: [{ what, place: issuer.reason.place }], missing: [] } });

/**
 * STS looks for the provider in the account of the role.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cross-account-access.html
 */
function admit(role: Role, pods: Pods, issuer: ClusterIssuer, audience: Text): Admission {
  const accepts = issuer.audiences ? anyOf(issuer.audiences.map((accepted) => equal(accepted, audience))) : 'yes';
  if (accepts === 'no') {
    return denied(issuer, `the provider does not accept the audience ${audience}`);
  }
  const isInAccount = equal(accountOf(issuer.providerArn) ?? role.account, role.account);
  if (isInAccount === 'no') {
    return denied(issuer, `the provider ${issuer.providerArn} is not in the account of the role`);
  }
  const decision = decideToken(role.trustPolicy, issuer, subjectOf(pods), audience);
  const missing = [
    ...(issuer.missing === undefined ? [] : [issuer.missing]),
    ...(accepts === 'unknown' ? [`the audiences that ${issuer.providerArn} accepts`] : []),
    ...(isInAccount === 'unknown' && issuer.audiences ? [`whether ${issuer.providerArn} is in the account of the role`] : []),
    ...(issuer.isOfCluster === 'unknown' ? [`the issuer of cluster ${pods.cluster}`] : []),
  ];
  return { issuer, isAccepted: accepts, decision: decision.outcome === 'ALLOWED' && missing.length > 0 ? { ...decision, outcome: 'UNKNOWN', missing } : decision };
}

const tokens = new Interned<Decision>();

/** How a trust policy decides on a token. It depends on nothing else, so that it is the same under all assignments of the conditions under which the trust policy is. */
export const decideToken = (trustPolicy: Policy, { providerArn, issuer }: Pick<ClusterIssuer, 'providerArn' | 'issuer'>, subject: Text, audience: Text): Decision =>
  tokens.of([trustPolicy, ...[providerArn, issuer, subject, audience].map(({ key }) => key)], () =>
    decideTrust(trustPolicy, { kind: 'Federated', names: [providerArn] }, ASSUME_WITH_TOKEN, SessionContext.webIdentity(issuer, subject, audience)));

/** A provider that no template creates accepts the audience of SDKs, or else would be of no use, and may accept others. */
const audiencesOf = ({ audiences, providerArn }: ClusterIssuer): readonly Text[] =>
  audiences ?? [STS, Text.unknown(new Unknown(`audience of ${providerArn.key}`, { label: `audience of ${providerArn}` }))];

function credentialsOf(
  role: Role, by: string, isDefault: Truth, admissions: readonly [Admission, ...Admission[]], chain: readonly AccessReason[] = [],
): Credentials {
  const { decision, issuer } = best(admissions);
  return {
    role,
    by,
    isDefault,
    isObtained: truthOf(decision),
    missing: decision.missing,
    assumed: issuer.assumed,
    chain: [...chain, issuer.reason, trustReason(role, decision)],
    session: { role: roleSession(role), roleTags: role.tags, federatedProvider: providerOf(admissions) },
  };
}

/** The provider of a session. If a role might admit the tokens of several, any of them may have started it. */
function providerOf(admissions: readonly [Admission, ...Admission[]]): Text {
  const possible = admissions.filter(({ decision }) => decision.outcome !== 'DENIED').map(({ issuer }) => issuer.providerArn);
  const [only, ...others] = new Map(possible.map((provider) => [provider.key, provider])).values();
  return others.length === 0 ? only ?? best(admissions).issuer.providerArn
    : Text.unknown(new Unknown(`one of ${[only, ...others].map(({ key }) => key).join(', ')}`, { label: 'the identity provider of the session' }));
}

/** What a trust policy decided, as a step of a chain. */
export const trustReason = (role: Role, decision: Decision): AccessReason => ({
  what: `trust policy of role ${role.label} ${{ ALLOWED: 'admits it', DENIED: 'does not admit it', UNKNOWN: 'might admit it' }[decision.outcome]}`,
  place: role.trustPolicy.place,
  because: [...decision.reasons],
});
