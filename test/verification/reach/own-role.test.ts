import { ACCOUNT, decide, DENIED, READER_ARN, UNKNOWN } from '../decisions/cases/questions';
import { allow, association, deny, podIdentityTrust, role } from '../templates';

const POD_IDENTITY = podIdentityTrust();
const SELF = { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { AWS: READER_ARN } };
const OWN_ACCOUNT = { ...SELF, Principal: { AWS: ACCOUNT } };
const LAMBDA = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const TO_LAMBDA = ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'];

const withRole = (trust: object, statements: object[], ofAssociation: object) => {
  const { Type, Properties } = role([POD_IDENTITY, trust], ...statements);
  return { Reader: { Type, Properties: { ...Properties, RoleName: 'reader' } }, Association: association('app', 'Reader', ofAssociation) };
};
/** Its role allows Amazon S3, and its session policy does not. */
const limited = (trust: object, own: string[], on = '*') => withRole(trust, [allow('s3:*'), allow(own, on)], {
  DisableSessionTags: true, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [allow(own, on)] }),
});
/** Its role denies Amazon S3 to sessions with the tags of EKS Pod Identity. */
const tagged = (own: string[]) =>
  withRole(LAMBDA, [allow('s3:*'), allow(own), deny('s3:*', '*', { Condition: { Null: { 'aws:PrincipalTag/kubernetes-namespace': 'false' } } })], {});

test.each<[string, object, string]>([
  ['a session policy does not allow, and it assumes its own role, which trusts itself', limited(SELF, ['sts:AssumeRole'], READER_ARN), 'ALLOWED'],
  ['a session policy does not allow, and it assumes its own role, which trusts its account', limited(OWN_ACCOUNT, ['sts:AssumeRole'], READER_ARN), 'ALLOWED'],
  ['a session policy does not allow, and it passes its own role', limited(LAMBDA, TO_LAMBDA), UNKNOWN],
  ['a session policy does not allow, and it changes the trust policy of its own role', limited(LAMBDA, ['iam:UpdateAssumeRolePolicy']), UNKNOWN],
  ['a session policy does not allow, and its role does not trust itself', limited(LAMBDA, ['sts:AssumeRole'], READER_ARN), DENIED],
  ['a session policy does not allow, and it can do nothing with its role', limited(LAMBDA, ['sqs:ListQueues']), DENIED],
  ['its session tags deny, and it passes its own role, whose stack may have tags', tagged(TO_LAMBDA), UNKNOWN],
  ['its session tags deny, and it changes the trust policy of its own role', tagged(['iam:UpdateAssumeRolePolicy']), UNKNOWN],
  ['its session tags deny, and it can do nothing with its role', tagged(['sqs:ListQueues']), DENIED],
])('what %s', (_, resources, outcome) => {
  expect(decide(resources, { action: 's3:ListAllMyBuckets', noOtherCredentials: true }).outcome).toBe(outcome);
});
