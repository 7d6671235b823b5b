import { Change } from './app';
import { lines, lostBy } from './differences';

const policy = (more: object): Change => (resources) => resources.Policy = {
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'queues', Roles: [{ Ref: 'Reader' }], PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*' } },
  },
  ...more,
};
const WHO = 'pods of service account default/reader and pods of Pod default/reports';
const WHAT = 'role Reader is no longer allowed sqs:ListQueues on * by inline policy "queues"';

test.each(['Retain', 'RetainExceptOnCreate', { Ref: 'Policy' }])('what a policy with the deletion policy %j allows is not lost when it leaves the template', (DeletionPolicy) => {
  const diff = lostBy(policy({ DeletionPolicy }));
  expect(lines(diff)).toEqual([`UNKNOWN ${WHO}: ${WHAT}, but may stay in force: the DeletionPolicy of Policy keeps it`]);
  expect(diff.broadens).toBe(false);
});

test.each([undefined, 'Delete'])('with the deletion policy %j, it is lost', (DeletionPolicy) => {
  expect(lines(lostBy(policy({ DeletionPolicy })))).toEqual([`LOST ${WHO}: ${WHAT}`]);
});
