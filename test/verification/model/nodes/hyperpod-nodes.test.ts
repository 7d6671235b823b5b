import { accessTo } from '../../decisions/cases/questions';
import { accountRole, allow, arnOf, clusterTemplate, objects, account, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const nodes = (trusted = 'sagemaker.amazonaws.com', orchestrator: object = { Eks: { ClusterArn: arnOf('Cluster') } }) => ({
  Objects: objects(account('app')),
  Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: trusted } }, allow('s3:*')),
  HyperPod: {
    Type: 'AWS::SageMaker::Cluster',
    Properties: { Orchestrator: orchestrator, InstanceGroups: [{ InstanceGroupName: 'gpu', InstanceCount: 1, ExecutionRole: arnOf('Admin') }] },
  },
});
const access = (resources: object) => accessTo(clusterTemplate({ ...resources, Other: accountRole('default:other', allow(LIST)) }));

test('pods might get the role of nodes of Amazon SageMaker HyperPod', () => {
  expect(access(nodes()).pod({ serviceAccountName: 'app' }).decide(LIST)).toMatchObject({
    outcome: 'UNKNOWN', missing: expect.arrayContaining(['whether pods reach the instance metadata of nodegroup HyperPod, group gpu']),
  });
});

test.each<[string, object]>([
  ['whose role does not trust its service', nodes('ec2.amazonaws.com')],
  ['with Slurm', nodes(undefined, { Slurm: {} })],
])('pods do not get the role of nodes %s', (_, resources) => {
  expect(access(resources).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});

test('you can ask about such nodes', () => {
  expect(access(nodes()).nodegroup({ nodegroupName: 'gpu' }).decide(LIST).outcome).toBe('ALLOWED');
});
