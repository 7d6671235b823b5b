import { DENIED, UNKNOWN } from './questions';
import { verification } from '../../../../lib';
import { writeAssembly } from '../../assemblies';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const TRUSTS_OWN = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Own') } };
const deployer = (RoleName: string) => {
  const { Type, Properties } = role(TRUSTS_OWN, allow('eks:CreateCluster'));
  return { Deployer: { Type, Properties: { ...Properties, RoleName } } };
};
const OF_CREATOR = 'BootstrapClusterCreatorAdminPermissions';
const cluster = (AccessConfig: object) => ({ Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', AccessConfig } } });
const byDeployer = { cloudFormationExecutionRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/deployer' };

const decide = (properties: object, resources: object = {}) => {
  const { stack: template } = clusterTemplate({
    Own: accountRole('default:app', allow('sts:AssumeRole', arnOf('Deployer'))),
    Reader: accountRole('default:reader', allow(LIST)),
    ...deployer('deployer'),
    Objects: objects(account('app', 'Own'), account('reader', 'Reader')),
    ...resources,
  });
  return verification.PodAccess.fromAssembly(writeAssembly({ S: { environment: 'aws://111122223333/us-west-2', template, properties } })).pod({ serviceAccountName: 'app' }).decide(LIST);
};

test.each<[string, string, object, object?]>([
  ['the role that CloudFormation gets', UNKNOWN, byDeployer],
  ['the role with which the stack is deployed', UNKNOWN, { assumeRoleArn: 'arn:aws:iam::111122223333:role/deployer' }],
  ['the role that CloudFormation gets, if it is an administrator', UNKNOWN, byDeployer, cluster({ [OF_CREATOR]: true })],
  ['the role that CloudFormation gets, if only the deployment knows whether it is one', UNKNOWN, byDeployer, cluster({ [OF_CREATOR]: { Ref: 'AWS::NoValue' } })],
  ['the role that CloudFormation gets, if it is no administrator', DENIED, byDeployer, cluster({ [OF_CREATOR]: false })],
  ['another role', DENIED, { ...byDeployer, assumeRoleArn: 'arn:aws:iam::111122223333:role/deployer' }, deployer('other')],
  ['a role that passes another one to CloudFormation', DENIED, { cloudFormationExecutionRoleArn: 'arn:aws:iam::111122223333:role/outside', assumeRoleArn: 'arn:aws:iam::111122223333:role/deployer' }],
  ['a role that only the deployment knows', DENIED, {}],
])('pods with the role that created a cluster may be its administrator: %s, %s', (_, expected, properties, resources = {}) => {
  expect(decide(properties, resources).outcome).toBe(expected);
});

test('the answer says how', () => {
  expect(decide(byDeployer).missing.join()).toContain('whether pods act in the cluster with role Deployer, which has access to it');
});
