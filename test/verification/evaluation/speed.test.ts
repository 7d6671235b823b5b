import { decideAccess } from '../../../lib/verification/private/evaluation/decide-access';
import { SessionContext } from '../../../lib/verification/private/evaluation/session-context';
import { policyOf, text } from '../texts';

const SERVICES = 300;
const ACTIONS = 10;

/** As large as the policy `ReadOnlyAccess` of AWS. */
const large = policyOf([{
  Effect: 'Allow',
  Action: Array.from({ length: SERVICES * ACTIONS }, (_, i) => `service${Math.floor(i / ACTIONS)}:Get${i % ACTIONS}*`),
  Resource: '*',
}]);
const small = policyOf([
  { Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'], Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } },
  { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } } },
]);

const session = { roleArn: text('arn:<<Partition|:/>>:iam::111122223333:role/<<Reader|:/>>'), account: text('111122223333') };
const grants = { identity: [large, small], resource: { kind: 'none' } } as const;

test('10,000 decisions about a large policy take less than 2 s', () => {
  const outcomes = new Set<string>();
  const start = process.cpuUsage();
  for (let i = 0; i < 10_000; i++) {
    const resource = text(`arn:aws:s3:::reports/${i}`);
    const context = SessionContext.ofRole({ role: session, roleTags: new Map([['team', text('red')]]), resource: { arn: resource } });
    outcomes.add(decideAccess(session, grants, { action: 's3:GetObject', resource, context }).outcome);
  }
  const { user, system } = process.cpuUsage(start);
  expect([...outcomes]).toEqual(['ALLOWED']);
  expect((user + system) / 1_000_000).toBeLessThan(2);
});
