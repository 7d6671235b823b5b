import { ACCOUNT, complete, decide, DENIED, reader, REGION, UNKNOWN } from './questions';
import { allow } from '../../templates';

const QUEUE = `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`;
const sections = { Parameters: { Name: { Type: 'String' }, Account: { Type: 'String' } } };
const nodesWith = (arn: string) => ({
  ...reader([allow('sqs:ListQueues')]),
  Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: { 'Fn::Sub': arn } } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
});

test.each(complete([
  ['a name', nodesWith(`arn:aws:iam::${ACCOUNT}:role/\${Name}`), UNKNOWN],
  ['a name, in the account of the deployment', nodesWith('arn:aws:iam::${AWS::AccountId}:role/${Name}'), UNKNOWN, { parameters: { 'AWS::AccountId': undefined } }],
  ['an account', nodesWith('arn:aws:iam::${Account}:role/nodes'), UNKNOWN],
  ['a name, in another account', nodesWith('arn:aws:iam::444455556666:role/${Name}'), DENIED],
]))('a role outside the templates of whose ARN only the deployment knows %s may use a queue of its account', (_, resources, expected, question) => {
  const parameters = { ...question.parameters };
  expect(decide(resources, { action: 'sqs:DeleteQueue', resource: QUEUE, node: 'nodes', parameters }, sections).outcome).toBe(expected);
});
