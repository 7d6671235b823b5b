import { Token } from './attacks';
import { Jobs } from './jobs';
import { Outcome, Proof, verdict } from './outcome';
import { fromAgent, refusesRoles } from './proof';
import { jobVerdict, LIST, ofJob, Replay } from './scenario';
import { Templates } from './templates';
import { LocalAws } from '../local-aws/local-aws';

const CLUSTER = 'irsa-test';
const READER = 's3-reader-pod-identity';
/** Of the tokens that pods send to the EKS Pod Identity agent. */
const AUDIENCE = 'pods.eks.amazonaws.com';

/** The first is the token that the agent accepts: without it, a refusal of the others would prove nothing. */
const TOKENS: { who: string; token: Token; expected: string }[] = [
  { who: `a token of ${READER}`, token: {}, expected: 'accepted' },
  { who: 'one of another service account', token: { account: 's3-reader-sa' }, expected: 'ResourceNotFoundException' },
  { who: 'one of this name in another namespace', token: { namespace: 'kube-system' }, expected: 'ResourceNotFoundException' },
  { who: 'one with the audience of IRSA', token: { audience: 'sts.amazonaws.com' }, expected: 'InvalidTokenException' },
  { who: 'an expired one', token: { lifetime: -60 }, expected: 'ExpiredTokenException' },
  { who: 'one signed by another key', token: { another: 'key' }, expected: 'InvalidTokenException' },
  { who: 'one of another cluster', token: { another: 'issuer' }, expected: 'InvalidTokenException' },
];

/** The Job of PodIdentityTestStack, and what an attacker would try. */
export async function replayPodIdentity(aws: LocalAws, jobs: Jobs, roleArn: string): Promise<Replay> {
  const job = 's3-listonly-pod-identity';
  const reader = await jobs.wait(job);
  return {
    outcomes: [
      { who: `the Job with ${READER}`, what: LIST, expected: 'Complete: 2 buckets', got: jobVerdict(reader), proof: ofJob(job) },
      ...await withTokens(aws),
      await withForgedTags(aws, roleArn),
    ],
    logs: [{ job, ...reader }],
  };
}

/** Undefined if only EKS can judge the token: a template tells nothing about its signature, its lifetime and its audience. */
function proofOf({ namespace, account: serviceAccountName = READER, audience, lifetime, another }: Token): Proof | undefined {
  const isOfEks = audience !== undefined || lifetime !== undefined || another;
  return isOfEks ? undefined : ({ access }) => fromAgent(access.pod({ namespace, serviceAccountName, definedElsewhere: true }));
}

/** Asks the agent for credentials. */
async function withTokens(aws: LocalAws): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { who, token, expected } of TOKENS) {
    const given = await aws.control({ do: 'token', cluster: CLUSTER, namespace: 'default', account: READER, audience: AUDIENCE, ...token });
    const got = await aws.control({ do: 'pod_identity_credentials', cluster: CLUSTER, token: given })
      .then(() => 'accepted', ({ message }: Error) => /\w+Exception/.exec(message)?.[0] ?? message);
    outcomes.push({ who, what: 'ask the agent', expected, got, proof: proofOf(token) });
  }
  return outcomes;
}

/** A role of the AWS account that is allowed to assume all roles sends the tags of the service account. */
async function withForgedTags(aws: LocalAws, roleArn: string): Promise<Outcome> {
  const { roleArn: _, ...attacker } = await aws.control({ do: 'credentials', role: 'attacker' });
  const anything = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }] });
  await aws.ask('iam', 'put-role-policy', '--role-name', 'attacker', '--policy-name', 'sts', '--policy-document', anything);
  const { code, output } = await aws.aws([
    'sts', 'assume-role', '--role-arn', roleArn, '--role-session-name', 'forged',
    '--tags', `Key=eks-cluster-arn,Value=arn:aws:eks:us-west-2:123456789012:cluster/${CLUSTER}`, 'Key=kubernetes-namespace,Value=default',
    `Key=kubernetes-service-account,Value=${READER}`,
  ], attacker);
  const got = verdict({ succeeded: code === 0, log: output }, 'accepted');
  return { who: 'another role, with forged session tags', what: 'assume the role', expected: 'AccessDenied', got, proof: ofForgedTags };
}

const ofForgedTags = (templates: Templates) => (refusesRoles(templates.access.trustPolicyNamed(templates.readerRole('PodIdentityTestStack'))) ? 'AccessDenied' : 'UNKNOWN');
