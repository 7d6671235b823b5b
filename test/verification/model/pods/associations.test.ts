import { ALLOW_ALL, CLUSTER, messages, modelOf, role, shown } from '../models';

const association = (properties: object = {}) => ({
  Type: 'AWS::EKS::PodIdentityAssociation',
  Properties: { ClusterName: { Ref: 'Cluster' }, Namespace: 'reports', ServiceAccount: 'reader', RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, ...properties },
});
const addon = (AddonName: string, properties: object = {}) => ({
  Type: 'AWS::EKS::Addon',
  Properties: { ClusterName: 'prod', AddonName, PodIdentityAssociations: [{ ServiceAccount: 'aws-node', RoleArn: 'arn:aws:iam::123456789012:role/cni' }], ...properties },
});
const of = (resource: ReturnType<typeof association>) => modelOf({ Cluster: CLUSTER, Role: role({ RoleName: 'reader' }), Association: resource }, { Parameters: { Given: { Type: 'String' } } });

test('an association has its account, its role and its place', () => {
  expect(shown(of(association()).associations)).toEqual([{
    cluster: 'prod',
    namespace: 'reports',
    serviceAccount: 'reader',
    roleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/reader',
    disableSessionTags: 'no',
    place: { template: 'stack', logicalId: 'Association' },
  }]);
});

test('an association can have a target role and a session policy, and disable session tags', () => {
  expect(shown(of(association({ TargetRoleArn: 'arn:aws:iam::210987654321:role/target', DisableSessionTags: true, Policy: JSON.stringify(ALLOW_ALL) })).associations)).toMatchObject([{
    targetRoleArn: 'arn:aws:iam::210987654321:role/target',
    disableSessionTags: 'yes',
    sessionPolicy: { name: 'session policy', document: ALLOW_ALL, place: { path: 'Properties.Policy' } },
  }]);
});

test('a broken session policy is unknown', () => {
  const model = of(association({ Policy: '{' }));
  expect(model.associations[0].sessionPolicy).toMatchObject({ unknown: 'it is not JSON at character 2' });
});

test('whether session tags are disabled can be unknown', () => {
  expect(of(association({ DisableSessionTags: { Ref: 'Given' } })).associations).toMatchObject([{ disableSessionTags: 'unknown' }]);
});

test.each(['ClusterName', 'Namespace', 'ServiceAccount', 'RoleArn'])('an association without %s is left out, with a finding', (property) => {
  const model = of(association({ [property]: undefined }));
  expect(model.associations).toEqual([]);
  expect(messages(model, 'unreadable-association')).toEqual(['the association Association cannot be read: it is left out']);
});

test('an add-on has associations in its namespace', () => {
  expect(shown(modelOf({ Addon: addon('vpc-cni') }).associations)).toEqual([{
    cluster: 'prod',
    namespace: 'kube-system',
    serviceAccount: 'aws-node',
    roleArn: 'arn:aws:iam::123456789012:role/cni',
    disableSessionTags: 'no',
    place: { template: 'stack', logicalId: 'Addon', path: 'Properties.PodIdentityAssociations[0]' },
  }]);
});

test('the namespace of an unlisted add-on is unknown, with a finding', () => {
  const model = modelOf({ Addon: addon('own') });
  expect(model.associations[0].namespace.literal).toBeUndefined();
  expect(messages(model, 'unknown-addon-namespace')).toEqual(['the namespace of the add-on own is not known']);
});

test('an incomplete association of an add-on is left out, with a finding', () => {
  const model = modelOf({ Addon: addon('vpc-cni', { PodIdentityAssociations: [{ ServiceAccount: 'aws-node' }, { RoleArn: 'arn:aws:iam::1:role/a' }, 'text'] }) });
  expect(model.associations).toEqual([]);
  const places = model.findings.filter(({ id }) => id === 'unreadable-association').map(({ place }) => place!.path);
  expect(places).toEqual([0, 1, 2].map((i) => `Properties.PodIdentityAssociations[${i}]`));
});
