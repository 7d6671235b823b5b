import { admin, decisionOf } from './code-apps';
import { allow, arnOf } from '../templates';

const neptune = (more: object = {}) => ({
  ...admin('rds'), It: { Type: 'AWS::Neptune::DBCluster', Properties: { AssociatedRoles: [{ RoleArn: arnOf('Admin') }], ...more } },
});
const emr = (Instances: object, more: object = {}) => ({
  ...admin('ec2'),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  It: { Type: 'AWS::EMR::Cluster', Properties: { JobFlowRole: { Ref: 'Profile' }, Instances, ...more } },
});
const OPEN = { EmrManagedMasterSecurityGroup: 'sg-0123' };
const WITHOUT_ROLE = neptune({ AssociatedRoles: [] });

test.each<[string, string, object]>([
  ['a cluster of Amazon Neptune', 'Amazon Neptune', neptune()],
  ['a cluster of Amazon Neptune that turns its authentication off', 'Amazon Neptune', neptune({ IamAuthEnabled: false })],
  ['a cluster of Amazon Neptune whose authentication is a parameter', 'Amazon Neptune', neptune({ IamAuthEnabled: { Ref: 'Stage' } })],
  ['a cluster of Amazon EMR with a security group of its own', 'Amazon EMR', emr(OPEN)],
  ['a cluster of Amazon EMR with another security group', 'Amazon EMR', emr({ AdditionalMasterSecurityGroups: ['sg-0123'] })],
])('whoever reaches %s in the network might use its role', (_name, service, resources) => {
  const { outcome, missing } = decisionOf(resources, allow('sqs:ListQueues'));
  expect([outcome, missing]).toEqual(['UNKNOWN', [`anyone might decide through ${service} what It does with role Admin`]]);
});

test.each<[string, object]>([
  ['a cluster of Amazon Neptune with IAM authentication', neptune({ IamAuthEnabled: true })],
  ['a cluster of Amazon Neptune without a role', WITHOUT_ROLE],
  ['a cluster of Amazon EMR in the security groups that the service manages', emr({})],
  ['a cluster of Amazon EMR with Kerberos', emr(OPEN, { KerberosAttributes: { Realm: 'EC2.INTERNAL' } })],
])('who reaches %s in the network does not use a role', (_name, resources) => {
  const { outcome, missing } = decisionOf(resources, allow('sqs:ListQueues'));
  expect([outcome, missing]).toEqual(['DENIED', []]);
});

test.each<[string, object, string, string]>([
  ['turns off the authentication of a cluster of Amazon Neptune', neptune({ IamAuthEnabled: true }), 'rds:ModifyDBCluster', 'UNKNOWN'],
  ['adds a rule to the security group of a cluster of Amazon EMR', emr({}), 'ec2:AuthorizeSecurityGroupIngress', 'UNKNOWN'],
  ['gives the primary node of Amazon EMR another security group', emr({}), 'ec2:ModifyNetworkInterfaceAttribute', 'UNKNOWN'],
  ['adds a rule to the security group of a cluster of Amazon EMR with Kerberos', emr({}, { KerberosAttributes: { Realm: 'EC2.INTERNAL' } }), 'ec2:AuthorizeSecurityGroupIngress', 'DENIED'],
  ['adds a rule to a security group while a cluster asks for signatures', neptune({ IamAuthEnabled: true }), 'ec2:AuthorizeSecurityGroupIngress', 'DENIED'],
])('a pod that %s might use its role, or not', (_name, resources, action, expected) => {
  expect(decisionOf(resources, allow(action)).outcome).toBe(expected);
});
