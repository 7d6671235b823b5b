import { AccessOutcome, PrincipalAccess, RoleAnswer, TrustPolicy } from '../lib/verification';

/** What `aws s3 ls` asks for. */
export const LIST_BUCKETS = 's3:ListAllMyBuckets';

const POD_IDENTITY = 'EKS Pod Identity';
const METADATA = 'instance metadata';

/** An outcome of a decision, in the words of the scenario. */
export function inWords(outcome: AccessOutcome, allowed: string, denied: string): string {
  return { ALLOWED: allowed, DENIED: denied, UNKNOWN: 'UNKNOWN' }[outcome];
}

/** How `aws s3 ls` ends in a pod. */
export function listsBuckets(pods: PrincipalAccess): string {
  const { outcomeByDefault, answers } = pods.decide(LIST_BUCKETS);
  const [refused = 'no credentials', ...others] = new Set(answers.filter(({ isDefault }) => isDefault).map(refusal));
  return inWords(outcomeByDefault, 'Complete', others.length > 0 ? 'UNKNOWN' : `Failed: ${refused}`);
}

/** The error of the AWS CLI if the role is not allowed to list buckets, or does not give credentials. */
function refusal({ by, credentials }: RoleAnswer): string {
  if (credentials !== AccessOutcome.DENIED) {
    return 'AccessDenied';
  }
  return { [POD_IDENTITY]: 'AccessDeniedException', [METADATA]: 'no credentials' }[by] ?? 'AccessDenied';
}

/** A call to AWS. */
export interface Call {
  readonly action: string;
  readonly resource?: string;
  /** The error code of the service, if it is denied. */
  readonly denied: string;
}

/** Whether pods can make a call as a role, if they can have its credentials. */
export function asRole(role: string, pods: PrincipalAccess, { action, resource, denied }: Call): string {
  const answer = pods.decide(action, { resource }).answers.find((one) => one.role === role && one.credentials !== AccessOutcome.DENIED);
  return answer ? inWords(answer.outcome, 'allowed', denied) : 'no credentials';
}

/**
 * What the EKS Pod Identity agent answers to pods.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_auth_AssumeRoleForPodIdentity.html
 */
export function fromAgent(pods: PrincipalAccess): string {
  const answer = pods.decide(LIST_BUCKETS).answers.find(({ by }) => by === POD_IDENTITY);
  return answer ? inWords(answer.credentials, 'accepted', 'AccessDeniedException') : 'ResourceNotFoundException';
}

/**
 * Whether a trust policy surely admits no role of an AWS account, whatever tags its session sends: all that it allows is for services and identity providers.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function refusesRoles({ problem, statements }: TrustPolicy): boolean {
  return problem === undefined && statements.every(({ Effect, Principal }) => Effect === 'Deny' || namesNoRole(Principal));
}

/** Neither `*` nor the absence of the element, which then is `NotPrincipal`, names something else. */
const namesNoRole = (principal: unknown): boolean =>
  typeof principal === 'object' && principal !== null && Object.keys(principal).every((kind) => ['Service', 'Federated'].includes(kind));
