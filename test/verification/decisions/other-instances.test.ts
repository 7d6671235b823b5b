import { verification } from '../../../lib';
import { clusterTemplate } from '../templates';

const { PodAccess } = verification;
const LIST = 'sqs:ListQueues';

const PROFILE = { Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'NodeRole' }] } } };
const LAUNCH = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile: { Name: { Ref: 'Profile' } } } } };
const instance = (more: object = {}) => ({ Bastion: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, ...more } } });
const group = (...tags: object[]) => ({
  Launch: LAUNCH,
  Group: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' }, Version: { 'Fn::GetAtt': ['Launch', 'LatestVersionNumber'] } }, Tags: tags },
  },
});
const OWNED = { Key: 'kubernetes.io/cluster/prod', Value: 'owned' };

/** Asserts that only the nodes of some nodegroups, and pods that get their role, may list queues. */
function assertOnlyNodes(resources: object, ...names: string[]) {
  const access = PodAccess.fromTemplates(clusterTemplate({ ...PROFILE, ...resources }))
    .assume({ noOtherNodes: true, noOtherCredentials: true, oidcProvidersExist: true });
  const pods = access.principals.filter(({ name }) => name.startsWith('pods'));
  access.assertOnly(LIST, { principals: names.map((name) => access.nodegroup({ nodegroupName: name })), exceptions: pods });
}

describe('nodes that are listed', () => {
  test.each<[string, object, string]>([
    ['an instance', instance(), 'nodes of nodegroup Bastion'],
    ['an Auto Scaling group', group(), 'nodes of nodegroup Group'],
  ])('do not stand for %s with their role, which may be a node', (_, resources, other) => {
    expect(() => assertOnlyNodes(resources, 'nodes')).toThrow(other);
  });

  test('do not stand for an instance with their role if another app creates the cluster', () => {
    const Nodes = { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'other', NodegroupName: 'nodes', NodeRole: { 'Fn::GetAtt': ['NodeRole', 'Arn'] } } };
    const access = PodAccess.fromTemplates(clusterTemplate({ ...PROFILE, ...instance(), Nodes }));
    const principals = [access.nodegroup({ nodegroupName: 'nodes', cluster: 'other' })];
    expect(() => access.assertOnly(LIST, { principals })).toThrow('sessions of role NodeRole');
  });

  test('are enough if all instances with their role are nodes', () => {
    assertOnlyNodes({}, 'nodes');
    assertOnlyNodes(group(OWNED), 'nodes', 'Group');
    expect(() => assertOnlyNodes(group(OWNED), 'nodes')).toThrow('nodes of nodegroup Group');
  });
});
