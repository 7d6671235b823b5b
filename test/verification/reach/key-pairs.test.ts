import { decisionOf, ofInstance } from './code-apps';
import { allow, arnOf } from '../templates';

const INSTANCE = { Type: 'AWS::EC2::Instance', Properties: { KeyName: { Ref: 'Key' }, IamInstanceProfile: { Ref: 'Profile' } } };
const NODES = { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: arnOf('Admin'), AmiType: 'AL2023_x86_64_STANDARD', RemoteAccess: { Ec2SshKey: { Ref: 'Key' } } } };
const replaces = (...actions: string[]) => allow(actions, 'arn:aws:ec2:*:*:key-pair/bastion');

test.each<[string, object, object, string]>([
  ['deletes and imports the key of an instance', ofInstance({}, INSTANCE), replaces('ec2:DeleteKeyPair', 'ec2:ImportKeyPair'), 'UNKNOWN'],
  ['deletes and creates the key of nodes', ofInstance({}, NODES), replaces('ec2:DeleteKeyPair', 'ec2:CreateKeyPair'), 'UNKNOWN'],
  ['only imports the key of an instance', ofInstance({}, INSTANCE), replaces('ec2:ImportKeyPair'), 'DENIED'],
  ['replaces another key', ofInstance({ KeyName: 'other' }, INSTANCE), replaces('ec2:DeleteKeyPair', 'ec2:ImportKeyPair'), 'DENIED'],
])('a pod that %s might sign in to what starts next with it, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});
