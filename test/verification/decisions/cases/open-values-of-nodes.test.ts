import { ask, LIST, MACRO, of, OPEN, OPEN_TEXT, pods, PODS } from './open-values';
import { ALLOWED, complete, DENIED, UNKNOWN } from './questions';
import { allow, arnOf, association, podIdentityTrust, role } from '../../templates';

const OF_NODES = 'sqs:ListQueues';

const nodes = (properties: object) => ({
  Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: arnOf('NodeRole'), ...properties } },
});
const openNodes = (more: object = {}) => nodes({ AmiType: 'AL2_x86_64', ...more });

/** EKS Auto Mode, which has the agent, and a nodegroup, which needs the add-on. */
const besideAutoMode = (Taints: unknown, tolerations: object[] = [], nodeSelector?: object) => ({
  Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', ComputeConfig: { Enabled: true, NodeRoleArn: arnOf('NodeRole') } } },
  Agent: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'coredns' } },
  Own: role(podIdentityTrust(), allow(LIST)),
  Association: association('app', 'Own'),
  ...nodes({ AmiType: 'AL2023_x86_64_STANDARD', Taints }),
  ...pods({ tolerations, nodeSelector }),
});
const taint = (Effect: unknown) => [{ Key: 'a', Value: 'b', Effect }];

test.each(complete([
  ['keeps them away', besideAutoMode(taint('NO_SCHEDULE')), ALLOWED],
  ['is not there, but they select nodes by another label', besideAutoMode([], [], { other: 'a' }), ALLOWED],
  ['is not there, and they select nodes by a label that is not known', besideAutoMode([], [], { [OPEN_TEXT]: 'a' }), UNKNOWN],
  ['prefers others', besideAutoMode(taint('PREFER_NO_SCHEDULE')), UNKNOWN],
  ['has an effect that is not known', besideAutoMode(taint(OPEN)), UNKNOWN],
  ['is made by a macro', besideAutoMode(MACRO), UNKNOWN],
  ['is not the one that they tolerate', besideAutoMode(taint('NO_SCHEDULE'), [{ key: 'other', operator: 'Exists' }]), ALLOWED],
  ['may be the one that they tolerate', besideAutoMode(taint('NO_SCHEDULE'), [{ key: OPEN_TEXT, operator: 'Exists' }]), UNKNOWN],
]))('for pods with an association, besides EKS Auto Mode, if a taint of other nodes %s', (_, resources, outcome) => expect(ask(resources, { action: LIST, ...PODS })).toBe(outcome));

const withTemplate = (LaunchTemplateData: unknown, more: object = {}) => ({
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData } },
  ...nodes({ LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } }, ...more }),
});
const CLOSED = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const onAnyImage = (AmiType: unknown) => ({ ...withTemplate({ MetadataOptions: { HttpTokens: 'optional' } }, { AmiType }), ...pods({ nodeSelector: { 'kubernetes.io/os': 'linux' } }) });
const fargate = { Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: arnOf('Boot'), Selectors: [{ Namespace: 'default' }] } } };
const annotated = (type: string) => ({
  ...openNodes(), ...fargate, Boot: role(of('eks-fargate-pods')), Objects: { ...pods({}, { 'eks.amazonaws.com/compute-type': type }).Objects, DependsOn: 'Profile' },
});
const tainted = (effect: unknown, tolerated: string) => ({
  ...openNodes({ Taints: [{ Key: 'a', Value: 'b', Effect: effect }] }), ...pods({ tolerations: [{ key: 'a', value: 'b', effect: tolerated }] }),
});
const policy = (type: string) =>
  ({ ...openNodes(), ...pods({}, {}, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p', namespace: 'default' }, spec: { podSelector: {}, policyTypes: [type] } }) });

test.each(complete([
  ['the AMI type is one of Linux', onAnyImage('AL2_x86_64'), ALLOWED],
  ['the AMI type is one of Windows', onAnyImage('WINDOWS_CORE_2022_x86_64'), UNKNOWN],
  ['the AMI type is not known', onAnyImage(OPEN), UNKNOWN],
  ['the annotation leaves them on Fargate', annotated('fargate'), DENIED],
  ['the annotation keeps them off Fargate', annotated('ec2'), ALLOWED],
  ['the annotation is not known', annotated(OPEN_TEXT), UNKNOWN],
  ['they tolerate the effect of a taint', tainted('NO_SCHEDULE', 'NoSchedule'), ALLOWED],
  ['they tolerate another effect', tainted('NO_SCHEDULE', 'NoExecute'), UNKNOWN],
  ['both effects are not known', tainted(OPEN, '${Other}'), UNKNOWN],
  ['a network policy limits ingress', policy('Ingress'), ALLOWED],
  ['a network policy limits egress', policy('Egress'), UNKNOWN],
  ['it is not known what a network policy limits', policy(OPEN_TEXT), UNKNOWN],
  ['the launch template closes the metadata', { ...withTemplate({ MetadataOptions: CLOSED }), ...pods() }, DENIED],
  ['a macro makes the data of the launch template', { ...withTemplate(MACRO), ...pods() }, UNKNOWN],
  ['a macro makes the metadata options', { ...withTemplate({ MetadataOptions: MACRO }), ...pods() }, UNKNOWN],
]))('for pods and the role of their node, if %s', (_, resources, outcome) => expect(ask(resources, { action: OF_NODES, ...PODS })).toBe(outcome));

const entry = (Type: unknown) => ({ Boot: role(of('ec2'), allow(LIST)), Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Boot'), Type } } });
const awsAuth = (mapRoles: string, name = 'aws-auth') =>
  ({ Boot: role(of('ec2'), allow(LIST)), ...pods({}, {}, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'kube-system' }, data: { mapRoles } }) });
const mapping = (group: string) => `- rolearn: \${Boot.Arn}\n  username: a\n  groups: [${group}]`;
const chart = (Chart: unknown) => ({ Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'r', Chart } }, ...pods() });

test.each(complete([
  ['the type of an access entry', { ...entry('STANDARD'), ...pods() }, DENIED],
  ['the type of an access entry for nodes', { ...entry('EC2_LINUX'), ...pods() }, UNKNOWN],
  ['the type of an access entry that is not known', { ...entry(OPEN), ...pods() }, UNKNOWN],
  ['a group in aws-auth', awsAuth(mapping('viewers')), DENIED],
  ['the group of nodes in aws-auth', awsAuth(mapping('system:nodes')), UNKNOWN],
  ['a group in aws-auth that is not known', awsAuth(mapping(OPEN_TEXT)), UNKNOWN],
  ['a list in aws-auth that is not known', awsAuth(OPEN_TEXT), UNKNOWN],
  ['the group of nodes in another ConfigMap', awsAuth(mapping('system:nodes'), 'other'), DENIED],
  ['the group of nodes in a ConfigMap whose name is not known', awsAuth(mapping('system:nodes'), OPEN_TEXT), UNKNOWN],
  ['the name of a chart', chart('web'), DENIED],
  ['the chart of Karpenter', chart('oci://public.ecr.aws/karpenter/karpenter'), UNKNOWN],
  ['the chart of Karpenter in a registry that is not known', chart({ 'Fn::Sub': 'oci://${Open}/karpenter' }), UNKNOWN],
  ['the name of a chart that is not known', chart(OPEN), UNKNOWN],
  ['the name of a chart in a registry that is not known', chart({ 'Fn::Sub': 'oci://${Open}/web' }), DENIED],
]))('whether there may be nodes with another role: by %s', (_, resources, outcome) => expect(ask(resources, { action: LIST, ...PODS })).toBe(outcome));

const associated = (spec: object, more: object = {}) => ({ Own: role(podIdentityTrust(), allow(LIST)), Association: association('app', 'Own'), ...pods(spec), ...more });
const onSystem = (name: string) => associated({ os: { name } });
const selecting = (system: string) => associated({ nodeSelector: { 'kubernetes.io/os': system } });

test.each(complete([
  ['their system is Linux', onSystem('linux'), ALLOWED],
  ['their system is Windows', onSystem('windows'), UNKNOWN],
  ['their system is not known', onSystem(OPEN_TEXT), UNKNOWN],
  ['they select nodes with Linux', selecting('linux'), ALLOWED],
  ['they select nodes with Windows', selecting('windows'), UNKNOWN],
  ['it is not known which nodes they select', selecting(OPEN_TEXT), UNKNOWN],
  ['no hybrid nodes join', associated({}, entry('STANDARD')), ALLOWED],
  ['hybrid nodes join', associated({}, entry('HYBRID_LINUX')), UNKNOWN],
  ['hybrid nodes may join', associated({}, entry(OPEN)), UNKNOWN],
]))('for pods with an association, if %s', (_, resources, outcome) => expect(ask(resources, { action: LIST, ...PODS })).toBe(outcome));

const group = (more: object, data: object = {}) => ({
  Own: role(of('ec2'), allow(LIST)),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Own' }] } },
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: arnOf('Profile') }, MetadataOptions: { HttpTokens: 'optional' }, ...data } } },
  Group: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } }, ...more },
  },
  ...pods(),
});
const tags = (Key: unknown) => [{ Key, Value: 'owned', PropagateAtLaunch: true }];
const OF_CLUSTER = tags('kubernetes.io/cluster/prod');
const specified = (ResourceType: unknown, Tags: unknown) => group({}, { TagSpecifications: [{ ResourceType, Tags }] });

test.each(complete([
  ['a tag of something else', group({ Tags: tags('other') }), DENIED],
  ['the tag of the cluster', group({ Tags: OF_CLUSTER }), 'ALLOWED, by default UNKNOWN'],
  ['a tag that is not known', group({ Tags: tags(OPEN) }), UNKNOWN],
  ['tags that a macro makes', group({ Tags: MACRO }), UNKNOWN],
  ['the tag of the cluster from their launch template', specified('instance', OF_CLUSTER), 'ALLOWED, by default UNKNOWN'],
  ['a tag of their volumes from their launch template', specified('volume', OF_CLUSTER), DENIED],
  ['a tag of what is not known from their launch template', specified(OPEN, OF_CLUSTER), UNKNOWN],
  ['tags that a macro makes from their launch template', specified('instance', MACRO), UNKNOWN],
]))('whether instances are nodes that pods run on, if they have %s', (_, resources, outcome) => expect(ask(resources, { action: LIST, ...PODS })).toBe(outcome));
