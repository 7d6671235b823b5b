import { accessAfter, Change } from './app';
import { AccessDiff } from '../../../lib/verification/access-diff';

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const role = (name: string | undefined, principals: object | object[], ...statements: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: name,
    AssumeRolePolicyDocument: document(...[principals].flat().map((Principal) => ({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal }))),
    Policies: [{ PolicyName: 'own', PolicyDocument: document(...statements) }],
  },
});
const allow = (Action: string, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const PODS = { Service: 'pods.eks.amazonaws.com' };
const OTHERS = { AWS: 'arn:aws:iam::999999999999:role/others' };
const bucketPolicy = (statement: object): Change => (resources) => resources.ReportsPolicy = {
  Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Reports' }, PolicyDocument: document({ Action: 's3:GetObject', Resource: '*', ...statement }) },
};
/** Pods of service account ops/admin get the credentials of a role. */
const withRoles = (roles: { [logicalId: string]: object }, ofPods: string): Change => (resources) => {
  resources.NodeRole.Properties.Policies[0].PolicyDocument.Statement = allow('eks-auth:AssumeRoleForPodIdentity');
  const association = { ClusterName: { Ref: 'Cluster' }, Namespace: 'ops', ServiceAccount: 'admin', RoleArn: { 'Fn::GetAtt': [ofPods, 'Arn'] } };
  Object.assign(resources, roles, { Association: { Type: 'AWS::EKS::PodIdentityAssociation', Properties: association } });
};
const shared = (action: string, ofPods: string): Change =>
  withRoles({ Admin: role('admin', PODS, allow('s3:*')), Shared: role('shared', [PODS, OTHERS], allow(action)) }, ofPods);
const moved = (ofPods: string): Change => {
  const isNew = { Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/new' } } };
  return withRoles({ Old: role('old', PODS, allow('s3:*', isNew)), New: role('new', PODS, allow('s3:*', isNew)) }, ofPods);
};
const ofUnknownService = (action: string): Change => (resources, template) => {
  template.Parameters = { Service: { Type: 'String' } };
  resources.Unknown = role(undefined, { Service: { Ref: 'Service' } }, allow(action));
};

test.each<[string, Change, Change]>([
  ['a denial of an account that becomes one of all but a role',
    bucketPolicy({ Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::999999999999:root' } }),
    bucketPolicy({ Effect: 'Deny', NotPrincipal: { AWS: 'arn:aws:iam::999999999999:role/excluded' } })],
  ['a grant to all but a role that becomes one to its account',
    bucketPolicy({ Effect: 'Allow', NotPrincipal: { AWS: 'arn:aws:iam::999999999999:role/excluded' } }),
    bucketPolicy({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999999999999:root' } })],
  ['what a role allows to others, if pods get it now that had a wider one', shared('s3:GetObject', 'Admin'), shared('s3:*', 'Shared')],
  ['what a role allows that trusts a service whose name only the deployment knows', ofUnknownService('s3:GetObject'), ofUnknownService('*')],
  ['another role, if policies of the roles ask for the name of the role', moved('Old'), moved('New')],
  ['a grant to all services', bucketPolicy({ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' } }), bucketPolicy({ Effect: 'Allow', Principal: { Service: '*' } })],
])('%s is broader, and changes the lines of a file', (_, before, after) => {
  const [old, now] = [before, after].map((change) => accessAfter(change));
  expect(AccessDiff.between(old, now).broadens).toBe(true);
  expect(now._internal.lines).not.toEqual(old._internal.lines);
});

test('roles whose names have the same parameter are not one in a file', () => {
  const named = (name: string, action: string) => {
    const { Type, Properties } = role(undefined, OTHERS, allow(action));
    return { Type, Properties: { ...Properties, RoleName: { 'Fn::Sub': `\${RoleName}-${name}` } } };
  };
  const roles = (one: string, other: string): Change => (resources, template) => {
    template.Parameters = { RoleName: { Type: 'String' } };
    Object.assign(resources, { One: named('one', one), Other: named('other', other) });
  };
  expect(accessAfter(roles('s3:GetObject', 'iam:*'))._internal.lines).not.toEqual(accessAfter(roles('iam:*', 's3:GetObject'))._internal.lines);
});
