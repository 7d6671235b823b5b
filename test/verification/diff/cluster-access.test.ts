import { accessAfter, Change } from './app';
import { lines } from './differences';
import { AccessDiff } from '../../../lib/verification/access-diff';

const OPS = 'arn:aws:iam::111122223333:role/ops';
const OTHER = 'arn:aws:iam::111122223333:role/other';
const policy = (name: string, ...namespaces: string[]) => ({
  PolicyArn: `arn:aws:eks::aws:cluster-access-policy/AmazonEKS${name}Policy`,
  AccessScope: namespaces.length > 0 ? { Type: 'namespace', Namespaces: namespaces } : { Type: 'cluster' },
});
const [ADMIN, VIEW] = [policy('ClusterAdmin'), policy('View')];
const entry = (properties: object = {}): Change => (resources) => resources.Entry = {
  Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: OPS, ...properties },
};
const policies = (...AccessPolicies: object[]) => entry({ AccessPolicies });
const configMap = (data: object): Change => (resources) => resources.AwsAuth = {
  Type: 'Custom::AWSCDK-EKS-KubernetesResource',
  Properties: {
    ClusterName: { Ref: 'Cluster' },
    Manifest: JSON.stringify([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data }]),
  },
};
const roles = (...mapRoles: object[]) => configMap({ mapRoles: JSON.stringify(mapRoles) });
const mapped = (rolearn: string, ...groups: string[]) => ({ rolearn, username: 'someone', groups });
const users = (...mapUsers: object[]) => configMap({ mapUsers: JSON.stringify(mapUsers) });
const nothing: Change = () => {};
const all = (...changes: Change[]): Change => (resources, template) => changes.forEach((change) => change(resources, template));
const PODS = 'pods.eks.amazonaws.com';
const role = (logicalId: string, Service = 'lambda.amazonaws.com'): Change => (resources) => resources[logicalId] = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service } }] },
  },
};
const ofRole = (logicalId: string) => all(role(logicalId), entry({ PrincipalArn: { 'Fn::GetAtt': [logicalId, 'Arn'] }, AccessPolicies: [ADMIN] }));
const ofNodes = { PrincipalArn: { 'Fn::GetAtt': ['NodeRole', 'Arn'] } };
const between = (before: Change, after: Change) => AccessDiff.between(accessAfter(before), accessAfter(after));

test.each<[string, Change, Change]>([
  ['an access entry', nothing, policies(ADMIN)],
  ['an access entry without groups and policies, whose user name RBAC can name', nothing, entry()],
  ['another principal', policies(ADMIN), entry({ PrincipalArn: OTHER, AccessPolicies: [ADMIN] })],
  ['another policy', policies(VIEW), policies(VIEW, policy('SecretReader'))],
  ['a wider policy', policies(policy('Edit')), policies(policy('Admin'))],
  ['a wider scope', policies(policy('Edit', 'apps')), policies(policy('Edit'))],
  ['another namespace', policies(policy('Edit', 'apps')), policies(policy('Edit', 'apps', 'kube-system'))],
  ['more namespaces by a wildcard', policies(policy('Edit', 'team-a')), policies(policy('Edit', 'team-*'))],
  ['another group', entry({ KubernetesGroups: ['a'] }), entry({ KubernetesGroups: ['a', 'b'] })],
  ['another user name', entry({ Username: 'a' }), entry({ Username: 'b' })],
  ['an entry that lets a role of no nodegroup join nodes', nothing, entry({ Type: 'EC2_LINUX' })],
  ['a mapping in aws-auth', roles(), roles(mapped(OPS, 'system:masters'))],
  ['another group in aws-auth', roles(mapped(OPS, 'a')), roles(mapped(OPS, 'b'))],
  ['a user in aws-auth', nothing, users({ userarn: 'arn:aws:iam::111122223333:user/ops', username: 'ops', groups: [] })],
  ['an account in aws-auth', nothing, configMap({ mapAccounts: '["999999999999"]' })],
  ['another aws-auth that is not JSON', configMap({ mapRoles: '- rolearn: a' }), configMap({ mapRoles: '- rolearn: b' })],
  ['a cluster whose creator is another role', nothing, (resources) =>
    resources.Other = { Type: 'Custom::AWSCDK-EKS-Cluster', Properties: { Config: { name: 'other' }, AssumeRoleArn: OPS } }],
])('%s is broader, and less is not', (_, less, more) => {
  expect(between(less, more).broadens).toBe(true);
  expect(between(more, more).changes.filter(({ broadens }) => broadens)).toEqual([]);
});

test.each<[string, Change, Change]>([
  ['an entry that is gone', policies(ADMIN), nothing],
  ['a narrower policy', policies(ADMIN), policies(policy('Edit', 'apps'))],
  ['one that reads only', policies(policy('Admin')), policies(VIEW)],
  ['a narrower scope', policies(policy('Edit')), policies(policy('Edit', 'apps'))],
  ['fewer namespaces', policies(policy('Edit', 'team-*')), policies(policy('Edit', 'team-a'))],
  ['fewer groups', entry({ KubernetesGroups: ['a', 'b'] }), entry({ KubernetesGroups: ['a'] })],
  ['an entry that replaces a mapping with the same access', roles(mapped(OPS, 'system:masters')), policies(ADMIN)],
  ['a role of another name that is the same', ofRole('Old'), ofRole('New')],
  ['an entry for nodes of a nodegroup, which have access without it', nothing, entry({ ...ofNodes, Type: 'EC2_LINUX' })],
  ['a mapping for nodes of a nodegroup', nothing, (resources, template) => {
    roles({ rolearn: 'ROLE', username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:bootstrappers', 'system:nodes'] })(resources, template);
    const [before, after] = resources.AwsAuth.Properties.Manifest.split('ROLE');
    resources.AwsAuth.Properties.Manifest = { 'Fn::Join': ['', [before, ofNodes.PrincipalArn, after]] };
  }],
])('%s is not broader', (_, before, after) => {
  expect(between(before, after).changes.filter(({ broadens }) => broadens)).toEqual([]);
});

test('the nodes of a nodegroup may not become administrators', () => {
  expect(between(nothing, entry({ ...ofNodes, AccessPolicies: [ADMIN] })).broadens).toBe(true);
});

test('another role for pods is broader if only that one has an access entry', () => {
  const associated = (name: string) => all(role('Old', PODS), role('New', PODS), entry({ PrincipalArn: { 'Fn::GetAtt': ['New', 'Arn'] } }), (resources) => {
    const properties = { ClusterName: { Ref: 'Cluster' }, Namespace: 'ops', ServiceAccount: 'admin', RoleArn: { 'Fn::GetAtt': [name, 'Arn'] } };
    resources.NodeRole.Properties.Policies[0].PolicyDocument.Statement.Action = 'eks-auth:AssumeRoleForPodIdentity';
    resources.Association = { Type: 'AWS::EKS::PodIdentityAssociation', Properties: properties };
  });
  expect(between(associated('Old'), associated('New')).broadens).toBe(true);
});

test('the lines say who may do what, and where', () => {
  const before = entry({ KubernetesGroups: ['a'], AccessPolicies: [policy('Edit', 'apps')] });
  const after = entry({ Username: 'ops', KubernetesGroups: ['b'], AccessPolicies: [VIEW] });
  const { changes } = between(before, after);
  expect(changes.map(({ kind, affected, what }) => `${kind} ${affected}: ${what}`)).toEqual([
    `GAINED ${OPS}: may call the Kubernetes API of cluster prod as user ops`,
    `GAINED ${OPS}: may call the Kubernetes API of cluster prod in group b`,
    `GAINED ${OPS}: may call the Kubernetes API of cluster prod with AmazonEKSViewPolicy`,
    `LOST ${OPS}: may no longer call the Kubernetes API of cluster prod as user ${OPS}`,
    `LOST ${OPS}: may no longer call the Kubernetes API of cluster prod in group a`,
    `LOST ${OPS}: may no longer call the Kubernetes API of cluster prod with AmazonEKSEditPolicy in namespace apps`,
  ]);
  expect(changes[0].place).toEqual({ template: 'App', logicalId: 'Entry' });
  const [gained] = lines(between(nothing, ofRole('Handler')));
  expect(gained).toMatch(/^GAINED role Handler: may call the Kubernetes API of cluster prod as user /);
  expect(lines(between(nothing, configMap({ mapRoles: '- rolearn: a' })))).toContainEqual(
    'UNKNOWN access to cluster prod: it is not known whom the ConfigMap aws-auth lets call the Kubernetes API, because it has a list that is not JSON');
});

test('a key of a user with an access entry is not the same as that of another user with the same policies', () => {
  const Secret = JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' }, stringData: { key: null } });
  const keyOf = (name: string): Change => all(entry({ PrincipalArn: { 'Fn::GetAtt': ['Ops', 'Arn'] }, AccessPolicies: [ADMIN] }), (resources) => Object.assign(resources, {
    Ops: { Type: 'AWS::IAM::User', Properties: { UserName: 'ops' } },
    Dev: { Type: 'AWS::IAM::User', Properties: { UserName: 'dev' } },
    Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: name } } },
    Secret: {
      Type: 'Custom::KubernetesObjects',
      Properties: { Cluster: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, Objects: [{ Json: Secret, Values: [{ Path: '/stringData/key', Value: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } }] }] },
    },
  }));
  const who = 'pods of service account default/reader and pods of Pod default/reports';
  expect(lines(between(keyOf('Dev'), keyOf('Ops')))).toEqual([
    `UNKNOWN ${who}: it is not known whether it gets credentials of user Ops (access key Key): pods might get the access key Key of user Ops, which is in Secret default/key`,
    `LOST ${who}: no longer gets credentials of user Dev (access key Key)`,
  ]);
});
