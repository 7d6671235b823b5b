import { verification } from '../../../../lib';
import { allow, role } from '../../templates';

const ISSUER = 'oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
const trusting = (subject: string, ...statements: object[]) => role({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: PROVIDER },
  Condition: { StringEquals: { [`${ISSUER}:sub`]: `system:serviceaccount:${subject}`, [`${ISSUER}:aud`]: 'sts.amazonaws.com' } },
}, ...statements);

/** What pods of a cluster that the templates do not create may do, if another pod has a role for it. */
const outcomeWith = (statement: object) => verification.PodAccess
  .fromTemplates({ stack: { Resources: { Own: trusting('default:app', statement), Other: trusting('prod:victim', allow('sns:ListTopics')) } } })
  .assume({ noOtherNodes: true, oidcProvidersExist: true, clusterIssuers: { prod: `https://${ISSUER}` }, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
  .pod({ cluster: 'prod', serviceAccountName: 'app', definedElsewhere: true }).decide('sns:ListTopics').outcome;

test.each<[string, object]>([
  ['sends commands to any instance', allow('ssm:SendCommand')],
  ['sends commands to instances of the account', allow('ssm:SendCommand', 'arn:aws:ec2:*:111122223333:instance/*')],
  ['starts sessions', allow('ssm:StartSession')],
  ['changes the user data of instances', allow('ec2:ModifyInstanceAttribute')],
])('a pod of an imported cluster that %s might get tokens of other pods, although it reaches no role of nodes', (_, statement) => {
  expect(outcomeWith(statement)).toBe('UNKNOWN');
});

test.each<[string, object]>([
  ['describes instances', allow('ec2:Describe*')],
  ['sends commands to instances of another account', allow('ssm:SendCommand', 'arn:aws:ec2:*:999999999999:instance/*')],
  ['sends a document only', allow('ssm:SendCommand', 'arn:aws:ssm:*:*:document/*')],
])('what is denied to a pod of an imported cluster that %s is certain', (_, statement) => {
  expect(outcomeWith(statement)).toBe('DENIED');
});
