import { ALLOWED, decide, Question, REACHABLE, reader, shown, UNKNOWN } from './questions';
import { account, allow, association, objects, podIdentityTrust, role } from '../../templates';

/** What the role of the nodes of `clusterTemplate` allows. */
const LIST = { action: 'sqs:ListQueues' };
const WEB: Partial<Question> = { workload: { kind: 'Pod', name: 'web' } };
const nodes = { Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: { 'Fn::GetAtt': ['NodeRole', 'Arn'] }, AmiType: 'AL2_x86_64' } } };
const pod = (spec: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } }, spec: { serviceAccountName: 'app', containers: [], ...spec } });
const policy = (spec: object, namespace = 'default') => ({ apiVersion: 'vpcresources.k8s.aws/v1beta1', kind: 'SecurityGroupPolicy', metadata: { name: 'own', namespace }, spec: { securityGroups: { groupIds: ['sg-1'] }, ...spec } });
const cni = (mode: string) => ({
  Cni: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'vpc-cni', ConfigurationValues: JSON.stringify({ env: { POD_SECURITY_GROUP_ENFORCING_MODE: mode } }) } },
});
const ALL = { podSelector: {} };
const ofWeb = { podSelector: { matchLabels: { app: 'web' } } };

const cases: Array<[string, object, object[], Partial<Question>, boolean]> = [
  ['that selects all pods', {}, [policy(ALL), pod()], {}, true],
  ['that selects pods by their labels', {}, [policy(ofWeb), pod()], WEB, true],
  ['that selects pods by their service account', {}, [policy({ serviceAccountSelector: { matchLabels: { a: 'b' } } }), pod()], WEB, true],
  ['that selects all pods, in strict mode', cni('strict'), [policy(ALL), pod()], {}, true],
  ['that selects all pods, in standard mode', cni('standard'), [policy(ALL), pod()], {}, false],
  ['that selects some pods, and not others of the account', {}, [policy(ofWeb), pod()], {}, false],
  ['that selects other pods', {}, [policy({ podSelector: { matchLabels: { app: 'other' } } }), pod()], WEB, false],
  ['of another namespace', {}, [policy(ALL, 'other'), pod()], WEB, false],
  ['that selects pods in the network of their node', {}, [policy(ALL), pod({ hostNetwork: true })], WEB, false],
];

test.each(cases)('a SecurityGroupPolicy %s may keep pods from the EKS Pod Identity agent, or not', (_, resources, documents, question, isBefore) => {
  const Reader = role(podIdentityTrust(), allow('s3:ListAllMyBuckets'));
  const decision = decide({ Reader, Association: association('app', 'Reader'), Objects: objects(...documents), ...resources }, { action: 's3:ListAllMyBuckets', ...question });
  expect([shown(decision), decision.missing]).toEqual(isBefore
    ? [UNKNOWN, ['whether SecurityGroupPolicy default/own keeps the pods from the EKS Pod Identity agent']] : [ALLOWED, []]);
});

test.each(cases)('a SecurityGroupPolicy %s may keep pods from the instance metadata, or not', (_, resources, documents, question, isBefore) => {
  const decision = decide({ ...reader(), ...nodes, Objects: objects(account('app', 'Reader'), ...documents), ...resources }, { ...LIST, ...question });
  expect([shown(decision), decision.missing]).toEqual(isBefore
    ? ['UNKNOWN, by default DENIED', ['whether SecurityGroupPolicy default/own keeps the pods from the instance metadata of nodegroup Nodes']] : [REACHABLE, []]);
});
