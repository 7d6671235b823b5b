import { conditions, Context, context, Json } from './conditions';
import { Random } from './random';

/** A request of a role session, and the policies that decide. */
export interface AccessCase {
  readonly kind: 'access';
  readonly identityPolicies: Json[];
  readonly boundaries: Json[] | null;
  readonly sessionPolicies: Json[] | null;
  readonly resourcePolicy: Json | null;
  readonly resourceAccount: string;
  readonly principal: { readonly arn: string; readonly sessionArn: string; readonly account: string };
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** A caller that assumes a role, and the role's trust policy. */
export interface TrustCase {
  readonly kind: 'trust';
  readonly policy: Json;
  readonly action: string;
  readonly principals: { readonly [kind: string]: string };
  readonly context: Context;
}

const ACCOUNT = '123456789012';
const OTHER_ACCOUNT = '210987654321';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`;
const OTHER_ROLE = `arn:aws:iam::${ACCOUNT}:role/writer`;

/** Actions, with resources that they are about. */
const CALLS: ReadonlyArray<readonly [string, readonly string[]]> = [
  ['s3:GetObject', ['arn:aws:s3:::reports/2026/q1.csv', 'arn:aws:s3:::Reports/key', 'arn:aws:s3:::other/key']],
  ['s3:ListBucket', ['arn:aws:s3:::reports', 'arn:aws:s3:::other']],
  ['sqs:SendMessage', [`arn:aws:sqs:us-west-2:${ACCOUNT}:jobs`]],
  ['kms:Decrypt', [`arn:aws:kms:us-west-2:${ACCOUNT}:key/1234`]],
  ['secretsmanager:GetSecretValue', [`arn:aws:secretsmanager:us-west-2:${ACCOUNT}:secret:db-AbCdEf`]],
  ['dynamodb:GetItem', [`arn:aws:dynamodb:us-west-2:${ACCOUNT}:table/orders`]],
  ['ec2:DescribeInstances', ['*']],
];
const ACTIONS = [...CALLS.map(([action]) => action), 's3:*', 's3:Get*', 'S3:getobject', '*', 's3:?etObject', 'kms:*', 'sqs:Send*', '*:Describe*', 'secretsmanager:*', 'dynamodb:*Item'];
const RESOURCES = [...CALLS.flatMap(([, resources]) => resources), '*', 'arn:aws:s3:::reports/*', 'arn:aws:s3:::*/key', 'arn:aws:s3:::report?', 'arn:aws:s3:::${aws:PrincipalTag/team}/*',
  `arn:aws:kms:*:${ACCOUNT}:key/*`, 'arn:*:sqs:*:*:jobs', `arn:aws:*:us-west-2:${ACCOUNT}:*`, 'arn:aws:s3:::reports/2026/*.csv'];
const PRINCIPALS: readonly Json[string][] = ['*', { AWS: '*' }, { AWS: ROLE }, { AWS: [OTHER_ROLE, ROLE] }, { AWS: OTHER_ROLE }, { AWS: ACCOUNT }, { AWS: `arn:aws:iam::${ACCOUNT}:root` }, { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` }, { Service: 'ec2.amazonaws.com' }];

type Call = Pick<AccessCase, 'action' | 'resource'>;

/** Most statements are about the call, so that conditions and other policies decide. */
function statement(random: Random, { action, resource }: Call, extra: Json): Json {
  const condition = random.chance(0.5) ? conditions(random) : {};
  return {
    Effect: random.chance(0.75) ? 'Allow' : 'Deny',
    ...(random.chance(0.6) ? { Action: random.oneOrMore([action, `${action.slice(0, -2)}*`, '*']) } : { [random.chance(0.8) ? 'Action' : 'NotAction']: random.oneOrMore(ACTIONS) }),
    ...(random.chance(0.6) ? { Resource: random.oneOrMore([resource, `${resource.slice(0, -1)}*`, '*']) } : { [random.chance(0.8) ? 'Resource' : 'NotResource']: random.oneOrMore(RESOURCES) }),
    ...extra,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
}

function policy(random: Random, call: Call, extra: (random: Random) => Json = () => ({})): Json {
  return {
    ...(random.chance(0.9) ? { Version: '2012-10-17' } : random.chance(0.5) ? { Version: '2008-10-17' } : {}),
    Statement: Array.from({ length: random.integer(1, 3) }, () => statement(random, call, extra(random))),
  };
}

const principal = (random: Random) => ({ [random.chance(0.9) ? 'Principal' : 'NotPrincipal']: random.oneOf(PRINCIPALS) });

/** NotPrincipal is allowed with Deny only: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
const resourcePolicy = (random: Random, call: Call) => {
  const document = policy(random, call, principal);
  document.Statement.filter((one: Json) => 'NotPrincipal' in one).forEach((one: Json) => { one.Effect = 'Deny'; });
  return document;
};

export function accessCase(random: Random): AccessCase {
  const [action, resources] = random.oneOf(CALLS);
  const call = { action, resource: random.oneOf(resources) };
  return {
    kind: 'access',
    identityPolicies: Array.from({ length: random.integer(0, 3) }, () => policy(random, call)),
    boundaries: random.chance(0.25) ? [policy(random, call)] : null,
    sessionPolicies: random.chance(0.2) ? [policy(random, call)] : null,
    resourcePolicy: action !== 'ec2:DescribeInstances' && random.chance(0.4) ? resourcePolicy(random, call) : null,
    resourceAccount: random.chance(0.9) ? ACCOUNT : OTHER_ACCOUNT,
    principal: { arn: ROLE, sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/reader/session`, account: ACCOUNT },
    ...call,
    context: context(random),
  };
}

const ISSUER = 'oidc.eks.us-west-2.amazonaws.com/id/ABC';
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
const SUBJECTS = ['system:serviceaccount:apps:reader', 'system:serviceaccount:apps:reader-2', 'system:serviceaccount:other:reader'];
const SUBJECT_PATTERNS = [...SUBJECTS, 'system:serviceaccount:apps:*', 'system:serviceaccount:*:reader', '*', 'system:serviceaccount:apps:reader?2'];
const AUDIENCES = ['sts.amazonaws.com', 'other'];

/** The callers of roles, by what they call. */
const CALLERS: ReadonlyArray<(random: Random) => Pick<TrustCase, 'action' | 'principals' | 'context'>> = [
  (random) => ({
    action: 'sts:AssumeRoleWithWebIdentity',
    principals: { Federated: PROVIDER },
    context: { [`${ISSUER}:sub`]: random.oneOf(SUBJECTS), [`${ISSUER}:aud`]: random.oneOf(AUDIENCES) },
  }),
  (random) => ({
    action: random.oneOf(['sts:AssumeRole', 'sts:TagSession']),
    principals: { Service: random.oneOf(['pods.eks.amazonaws.com', 'ec2.amazonaws.com']) },
    context: { ...context(random), 'aws:SourceAccount': random.oneOf([ACCOUNT, OTHER_ACCOUNT]), 'aws:RequestTag/kubernetes-namespace': random.oneOf(['apps', 'other']) },
  }),
];
const TRUSTED: readonly Json[] = [
  { Federated: PROVIDER }, { Federated: [PROVIDER, `${PROVIDER}D`] }, { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/other` }, { Service: 'pods.eks.amazonaws.com' },
  { Service: ['ec2.amazonaws.com', 'pods.eks.amazonaws.com'] }, { AWS: `arn:aws:iam::${ACCOUNT}:root` },
];
const TRUST_ACTIONS = ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole', ['sts:AssumeRole', 'sts:TagSession'], 'sts:*', 'sts:assumerolewithwebidentity', 'sts:AssumeRole*'];

function trustCondition(random: Random): Json {
  const operator = random.oneOf(['StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike', 'StringEqualsIgnoreCase', 'ForAnyValue:StringLike', 'StringEqualsIfExists']);
  return random.oneOf<Json>([
    { [operator]: { [`${ISSUER}:sub`]: random.oneOrMore(SUBJECT_PATTERNS) } },
    { [operator]: { [`${ISSUER}:sub`]: random.oneOrMore(SUBJECT_PATTERNS), [`${ISSUER}:aud`]: random.oneOf(AUDIENCES) } },
    { [operator]: { [`${ISSUER}:SUB`]: random.oneOrMore(SUBJECT_PATTERNS) }, StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' } },
    { StringEquals: { 'aws:SourceAccount': ACCOUNT }, StringLike: { 'aws:RequestTag/kubernetes-namespace': random.oneOf(['apps', 'a*']) } },
    conditions(random),
    {},
  ]);
}

export function trustCase(random: Random): TrustCase {
  return {
    kind: 'trust',
    policy: {
      Version: '2012-10-17',
      Statement: Array.from({ length: random.integer(1, 3) }, () => ({
        Effect: random.chance(0.85) ? 'Allow' : 'Deny',
        Principal: random.oneOf(TRUSTED),
        Action: random.oneOf(TRUST_ACTIONS),
        Condition: trustCondition(random),
      })),
    },
    ...random.oneOf(CALLERS)(random),
  };
}
