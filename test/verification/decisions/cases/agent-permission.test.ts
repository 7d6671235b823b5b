import { accessTo, ALLOWED, complete, decide, decideIn, DENIED, shown, UNKNOWN } from './questions';
import { allow, association, clusterTemplate, deny, job, objects, podIdentityTrust, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const ACTION = 'eks-auth:AssumeRoleForPodIdentity';
const ASSOCIATED = { Association: association('app', 'Reader'), Reader: role(podIdentityTrust(), allow(LIST)) };
const CLUSTER = { 'Fn::GetAtt': ['Cluster', 'Arn'] };

const nodeRole = (...statements: object[]) => role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, ...statements);
const withRole = (...statements: object[]) => ({ ...ASSOCIATED, NodeRole: nodeRole(...statements) });
const withManaged = (...names: string[]) => {
  const { Type, Properties } = nodeRole(allow('ec2:DescribeInstances'));
  return { ...ASSOCIATED, NodeRole: { Type, Properties: { ...Properties, ManagedPolicyArns: names.map((name) => `arn:aws:iam::aws:policy/${name}`) } } };
};
const nodes = (roleArn: unknown, more: object = {}) => ({
  Others: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'others', NodeRole: roleArn, AmiType: 'AL2023_x86_64_STANDARD', ...more } },
});
const second = (...statements: object[]) => ({ Role2: nodeRole(...statements), ...nodes({ 'Fn::GetAtt': ['Role2', 'Arn'] }) });
const karpenter = { Pool: objects({ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'pool' } }) };
const selfManaged = (Roles: unknown[]) => ({
  Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchConfigurationName: { Ref: 'Configuration' }, Tags: [{ Key: 'kubernetes.io/cluster/prod', Value: 'owned' }] } },
  Configuration: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { IamInstanceProfile: { Ref: 'Profile' }, MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } } },
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles } },
});
const autoMode = (Enabled: unknown, NodeRoleArn?: unknown) =>
  ({ Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', ComputeConfig: { Enabled, ...NodeRoleArn !== undefined && { NodeRoleArn } } } } });
/** In place of a resource of the template. */
const NOTHING = { Type: 'AWS::CloudFormation::WaitConditionHandle' };

test.each(complete([
  ['if no policy of the node role allows it', withRole(allow('ec2:DescribeInstances')), DENIED],
  ['if a statement denies it', withRole(allow(ACTION), deny('eks-auth:*')), DENIED],
  ['if the node role allows it on another cluster', withRole(allow(ACTION, 'arn:aws:eks:us-west-2:111122223333:cluster/other')), DENIED],
  ['if the node role allows it on the cluster', withRole(allow(ACTION, CLUSTER)), ALLOWED],
  ['with the policy of Amazon EKS', withManaged('AmazonEKSWorkerNodePolicy'), ALLOWED],
  ['with the minimal policy of Amazon EKS', withManaged('AmazonEKSWorkerNodeMinimalPolicy'), ALLOWED],
  ['with another policy of Amazon EKS', withManaged('AmazonEKS_CNI_Policy'), DENIED],
  ['if it depends on the tags of the cluster', withRole(allow(ACTION, '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } })), UNKNOWN],
  ['if the node role is not in the templates', { ...ASSOCIATED, ...nodes('arn:aws:iam::111122223333:role/other') }, UNKNOWN],
  ['if all node roles deny it', { ...withRole(), ...second() }, DENIED],
  ['if one node role denies it, because the pods may run there', { ...ASSOCIATED, ...second() }, UNKNOWN],
  ['if all node roles allow it', { ...ASSOCIATED, ...second(allow(ACTION)) }, ALLOWED],
  ['if the role of Windows nodes denies it, on which EKS Pod Identity does not work', { ...ASSOCIATED, Role2: nodeRole(), ...nodes({ 'Fn::GetAtt': ['Role2', 'Arn'] }, { AmiType: 'WINDOWS_CORE_2022_x86_64' }) }, ALLOWED],
  ['if the role of self-managed nodes denies it', { ...ASSOCIATED, Role2: nodeRole(), ...selfManaged([{ Ref: 'Role2' }]) }, UNKNOWN],
  ['if the role of self-managed nodes allows it', { ...ASSOCIATED, Role2: nodeRole(allow(ACTION)), ...selfManaged([{ Ref: 'Role2' }]) }, ALLOWED],
  ['if the role of self-managed nodes is not in the templates', { ...ASSOCIATED, ...selfManaged(['elsewhere']) }, ALLOWED],
  ['if the pods may run on nodes of EKS Auto Mode', { ...withRole(), ...autoMode(true) }, UNKNOWN],
  ['with nodes of EKS Auto Mode only', { ...ASSOCIATED, ...autoMode(true), Nodes: NOTHING }, ALLOWED],
  ['if the role of nodes of EKS Auto Mode denies it', { ...ASSOCIATED, Role2: nodeRole(), ...autoMode(true, { 'Fn::GetAtt': ['Role2', 'Arn'] }), Nodes: NOTHING }, UNKNOWN],
  ['if there may be nodes of EKS Auto Mode', { ...withRole(), ...autoMode({ Ref: 'AWS::StackId' }) }, UNKNOWN],
  ['if the pods may run on nodes that the templates do not show', { ...withRole(), ...karpenter }, UNKNOWN],
]))('pods get the credentials of EKS Pod Identity with the permission of the agent: %s', (_, resources, expected, question) => {
  expect(shown(decide(resources, { action: LIST, ...question }))).toBe(expected);
});

describe('the agent', () => {
  const { Nodes, Agent } = clusterTemplate().stack.Resources;
  const auto = (more: object = {}) => ({ ...ASSOCIATED, ...autoMode(true), Agent: NOTHING, ...more });
  const tainted = { Nodes: { ...Nodes, Properties: { ...Nodes.Properties, Taints: [{ Key: 'system', Effect: 'NO_SCHEDULE' }] } } };
  const work = (nodeSelector: object) => ({ Work: objects(job('work', 'app', { nodeSelector })) });
  const WORK = { workload: { kind: 'Job', name: 'work' } };
  const COMPUTE_TYPE = 'eks.amazonaws.com/compute-type';
  const hybrid = (ConfigurationValues?: string) => ({
    ...ASSOCIATED,
    Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: 'arn:aws:iam::111122223333:role/hybrid', Type: 'HYBRID_LINUX' } },
    Agent: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'eks-pod-identity-agent', ConfigurationValues } },
  });

  test.each(complete([
    ['may be missing on nodes besides those of EKS Auto Mode', auto(), UNKNOWN],
    ['is on all nodes with the add-on', { ...auto(), Agent }, ALLOWED],
    ['is on the nodes of pods that select those of EKS Auto Mode', auto(work({ [COMPUTE_TYPE]: 'auto' })), ALLOWED, WORK],
    ['may be missing on the nodes of pods that select others', auto(work({ 'eks.amazonaws.com/nodegroup': 'nodes' })), UNKNOWN, WORK],
    ['is on the nodes of pods that do not tolerate the others', auto(tainted), ALLOWED],
    ['may be missing on hybrid nodes', hybrid(), UNKNOWN],
    ['may be missing on hybrid nodes that pods select', { ...hybrid(), ...work({ [COMPUTE_TYPE]: 'hybrid' }) }, UNKNOWN, WORK],
    ['is on the nodes of pods that select a nodegroup', { ...hybrid(), ...work({ 'eks.amazonaws.com/nodegroup': 'nodes' }) }, ALLOWED, WORK],
    ['is on hybrid nodes with the setting of its add-on', hybrid('{"daemonsets":{"hybrid":{"create": true}}}'), ALLOWED],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decide(resources, { action: LIST, ...question }))).toBe(expected);
  });

  test('is missing in a finding', () => {
    expect(accessTo(clusterTemplate(auto())).findings).toContainEqual(expect.objectContaining({ id: 'no-pod-identity-agent' }));
    expect(accessTo(clusterTemplate(auto(tainted))).findings).not.toContainEqual(expect.objectContaining({ id: 'no-pod-identity-agent' }));
  });
});

describe('an explanation', () => {
  const WHY = `role NodeRole of nodegroup Nodes does not allow ${ACTION}, which the EKS Pod Identity agent needs`;

  test('names the node role that denies it', () => {
    const decision = decide(withRole(), { action: LIST });
    expect(`${decision}`).toContain(`\n    ${WHY}\n`);
    expect(`${decision}`).toContain(`no policy of the role allows ${ACTION} on`);
    const [pods] = accessTo(clusterTemplate(withRole())).principals.filter(({ row }) => row.name === 'app');
    expect(pods.row.findings).toContainEqual(expect.objectContaining({ id: 'no-credentials', message: `it does not get the credentials of role Reader: ${WHY}` }));
  });

  test('names the node role that might deny it', () => {
    const decision = decide({ ...ASSOCIATED, ...second() }, { action: LIST });
    expect(decision.missing).toEqual([`whether pods run on nodes whose agent gets credentials: ${WHY.replace('NodeRole of nodegroup Nodes', 'Role2 of nodegroup Others')}`]);
  });

  test('shows what is assumed of nodes that the templates do not show', () => {
    const assumed = `the nodes of cluster prod that the templates do not show are allowed ${ACTION}`;
    const decision = decide({ ...ASSOCIATED, ...karpenter }, { action: LIST });
    expect(decision.outcomeByDefault).toBe(ALLOWED);
    expect(`${decision}`).toContain(assumed);
    const without = accessTo(clusterTemplate({ ...ASSOCIATED, ...karpenter })).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST);
    expect(`${without}`).not.toContain(assumed);
  });

  test('shows what is assumed of nodes of EKS Auto Mode, whose role is not in the templates', () => {
    expect(`${decide({ ...ASSOCIATED, ...autoMode(true) }, { action: LIST })}`).toContain(`the nodes of EKS Auto Mode of cluster prod are allowed ${ACTION}`);
  });

  test('shows what is assumed of self-managed nodes whose role is not in the templates', () => {
    expect(`${decide({ ...ASSOCIATED, ...selfManaged(['elsewhere']) }, { action: LIST })}`).toContain(`the nodes of nodegroup Group are allowed ${ACTION}`);
  });

  test('shows what is assumed of a cluster that the templates only name', () => {
    const templates = JSON.parse(JSON.stringify({ stack: { Resources: ASSOCIATED } }).replaceAll('{"Ref":"Cluster"}', '"existing"'));
    const decision = decideIn(templates, { action: LIST });
    expect(decision.outcomeByDefault).toBe(ALLOWED);
    expect(`${decision}`).toContain(`cluster existing has the EKS Pod Identity agent; the nodes of cluster existing that the templates do not show are allowed ${ACTION}`);
  });
});

test('node roles that deny it give pods no credentials if there are no other nodes', () => {
  const access = accessTo(clusterTemplate({ ...withRole(), ...karpenter })).assume({ noOtherNodes: true });
  access.pod({ serviceAccountName: 'app' }).assertDenied(LIST);
});
