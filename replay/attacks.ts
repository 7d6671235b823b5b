import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEW_BUCKET } from './buckets';
import { Outcome, Proof, verdict } from './outcome';
import { asRole, inWords } from './proof';
import { Templates } from './templates';
import { AccessOutcome } from '../lib/verification';
import { Result } from '../local-aws/commands';
import { LocalAws } from '../local-aws/local-aws';

/** The options with which the control port creates a token. */
export interface Token {
  readonly namespace?: string;
  readonly account?: string;
  readonly audience?: string;
  readonly lifetime?: number;
  readonly another?: 'key' | 'issuer';
}

const STACK = 'IrsaTestStack';
const READER = 's3-reader-sa';

/** The first is the token that the role trusts: without it, a refusal of the others would prove nothing. */
const TOKENS: { who: string; token: Token | string; expected: string }[] = [
  { who: 'a token of s3-reader-sa', token: {}, expected: 'accepted' },
  { who: 'one of another service account', token: { account: 'default' }, expected: 'AccessDenied' },
  { who: 'one of this name in another namespace', token: { namespace: 'kube-system' }, expected: 'AccessDenied' },
  { who: 'one with another audience', token: { audience: 'https://kubernetes.default.svc' }, expected: 'InvalidIdentityToken' },
  { who: 'an expired one', token: { lifetime: -60 }, expected: 'ExpiredTokenException' },
  { who: 'one signed by another key', token: { another: 'key' }, expected: 'InvalidIdentityToken' },
  { who: 'one of another cluster', token: { another: 'issuer' }, expected: 'AccessDenied' },
  { who: 'what is not a token at all', token: 'not-a-token', expected: 'InvalidIdentityToken' },
];

/** The role must allow none of them. `denied` is the error code of the service then. */
const CALLS: { what: string; args: string[]; denied: string; action: string; resource?: string }[] = [
  {
    what: 'create a bucket',
    args: ['s3api', 'create-bucket', '--bucket', NEW_BUCKET, '--create-bucket-configuration', 'LocationConstraint=us-west-2'],
    denied: 'AccessDenied',
    action: 's3:CreateBucket',
    resource: `arn:aws:s3:::${NEW_BUCKET}`,
  },
  { what: 'read EC2', args: ['ec2', 'describe-instances'], denied: 'UnauthorizedOperation', action: 'ec2:DescribeInstances' },
];

/** Undefined if only STS can judge the token: a template tells nothing about its signature and its lifetime. */
function proofOf(token: Token | string): Proof | undefined {
  if (typeof token === 'string' || token.another || token.lifetime !== undefined) {
    return undefined;
  }
  const { namespace, account: serviceAccountName = READER, audience } = token;
  return (templates) => {
    const trust = templates.access.trustPolicyNamed(templates.readerRole(STACK));
    const { outcome, provider } = trust.decideToken({ namespace, serviceAccountName, audience });
    return provider === AccessOutcome.DENIED ? 'InvalidIdentityToken' : inWords(outcome, 'accepted', 'AccessDenied');
  };
}

/** The token is passed in a file, because other users of this machine can see the arguments of a command. */
export function assumeWithToken(aws: LocalAws, roleArn: string, token: string): Promise<Result> {
  const file = join(aws.folder, 'token');
  writeFileSync(file, token, { mode: 0o600 });
  return aws.aws(['sts', 'assume-role-with-web-identity', '--role-arn', roleArn, '--role-session-name', 'replay', '--web-identity-token', `file://${file}`, '--output', 'json']);
}

/** Tries to assume a role with tokens that it must not trust, and to use it for actions that it must not allow. */
export async function attacks(aws: LocalAws, cluster: string, roleArn: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let credentials: any;
  for (const { who, token, expected } of TOKENS) {
    const given = typeof token === 'string' ? token
      : await aws.control({ do: 'token', cluster, namespace: 'default', account: READER, ...token });
    const { code, output } = await assumeWithToken(aws, roleArn, given);
    credentials ??= code === 0 ? JSON.parse(output).Credentials : {};
    outcomes.push({ who, what: 'assume the role', expected, got: verdict({ succeeded: code === 0, log: output }, 'accepted'), proof: proofOf(token) });
  }
  for (const { what, args, denied, action, resource } of CALLS) {
    const { code, output } = await aws.aws(args, {
      AWS_ACCESS_KEY_ID: credentials.AccessKeyId, AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey, AWS_SESSION_TOKEN: credentials.SessionToken,
    });
    const proof = (templates: Templates) =>
      asRole(templates.readerRole(STACK), templates.access.pod({ serviceAccountName: READER }), { action, resource, denied });
    outcomes.push({ who: 's3-reader-sa, as its role', what, expected: denied, got: verdict({ succeeded: code === 0, log: output }, 'allowed'), proof });
  }
  return outcomes;
}
