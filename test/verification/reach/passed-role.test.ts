import { PodAccess } from '../../../lib/verification/pod-access';
import { writeAssembly } from '../assemblies';
import { allow, arnOf, association, clusterTemplate, podIdentityTrust, role } from '../templates';

const [OWN, OTHER] = ['111122223333', '444455556666'];
const LIST = 's3:ListAllMyBuckets';
const named = (trust: object, RoleName: string, ...statements: object[]) => {
  const { Type, Properties } = role(trust, ...statements);
  return { Type, Properties: { ...Properties, RoleName } };
};
const ROLES = {
  Resources: {
    Far: named(podIdentityTrust(), 'far', allow([LIST, 'sts:AssumeRole', 'sts:TagSession'])),
    Nodes: named({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, 'nodes', allow(LIST)),
    Target: named({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { AWS: `arn:aws:iam::${OWN}:root` } }, 'target', allow(LIST)),
  },
};

/** A cluster of account 111122223333, with roles of another template. */
function access(resources: object, accountOfRoles: string) {
  const app = { environment: `aws://${OWN}/eu-west-1`, template: clusterTemplate(resources).stack };
  return PodAccess.fromAssembly(writeAssembly({ App: app, Roles: { environment: `aws://${accountOfRoles}/eu-west-1`, template: ROLES } }));
}
const associated = (roleArn: unknown, more: object = {}) => ({ Association: association('app', '', { RoleArn: roleArn, ...more }) });
const pod = (resources: object, accountOfRoles: string) => access(resources, accountOfRoles).pod({ serviceAccountName: 'app' }).decide(LIST);

test.each<[string, string, string]>([
  ['gets those of a role of the account of the cluster', OWN, 'ALLOWED'],
  ['may not get those of a role of another account, which cannot be passed to Amazon EKS', OTHER, 'UNKNOWN'],
])('a pod with an association %s', (_, owner, expected) => {
  expect(pod(associated(`arn:aws:iam::${owner}:role/far`), owner).outcome).toBe(expected);
});

test('the answer says what to name instead', () => {
  expect(pod(associated(`arn:aws:iam::${OTHER}:role/far`), OTHER).missing).toContain(
    `whether AWS accepts role Far of account ${OTHER} here: a role can be passed to a service of its own account only`,
  );
});

test('a target role can be of another account', () => {
  const own = { Own: role(podIdentityTrust(), allow(['sts:AssumeRole', 'sts:TagSession'])) };
  expect(pod({ ...own, ...associated(arnOf('Own'), { TargetRoleArn: `arn:aws:iam::${OTHER}:role/target` }) }, OTHER).outcome).toBe('ALLOWED');
  expect(pod(associated(`arn:aws:iam::${OTHER}:role/far`, { TargetRoleArn: `arn:aws:iam::${OTHER}:role/target` }), OTHER).outcome).not.toBe('ALLOWED');
});

test.each([[OWN, 'ALLOWED'], [OTHER, 'UNKNOWN']])('the same is true of the role of nodes, of account %s', (owner, expected) => {
  const nodes = { Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: `arn:aws:iam::${owner}:role/nodes` } } };
  expect(access(nodes, owner).nodegroup({ nodegroupName: 'nodes' }).decide(LIST).outcome).toBe(expected);
});
