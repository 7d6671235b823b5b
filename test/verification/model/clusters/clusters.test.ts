import { CLUSTER, manifest, modelOf, role, shown } from '../models';

const NODEGROUP = { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: { 'Fn::GetAtt': ['Role', 'Arn'] }, AmiType: 'AL2023_x86_64_STANDARD' } };
const ROLE_ARN = { 'Fn::GetAtt': ['Role', 'Arn'] };

const clusterWith = (resources: Parameters<typeof modelOf>[0]) => modelOf({ Cluster: CLUSTER, Role: role(), ...resources }).clusters[0];
const NO_NODES = 'the templates have no nodes for it, and its pods must run somewhere';

test.each<[string, object]>([
  ['AWS::EKS::Cluster', { Name: 'prod' }],
  ['Custom::AWSCDK-EKS-Cluster', { Config: { name: 'prod' } }],
])('a cluster of type %s', (Type, Properties) => {
  expect(shown(modelOf({ Cluster: { Type, Properties } }).clusters)).toEqual([{
    id: 'prod',
    arn: 'arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/prod',
    issuer: '${Cluster.IssuerHost}/id/${Cluster.IssuerId}',
    namedAt: { template: 'stack', logicalId: 'Cluster' },
    place: { template: 'stack', logicalId: 'Cluster' },
    otherNodes: NO_NODES,
    autoMode: 'no',
    awsAuth: 'needed',
    noPodIdentityAgent: expect.stringContaining('the templates have neither its add-on eks-pod-identity-agent nor EKS Auto Mode'),
  }]);
});

test.each<[string, Parameters<typeof modelOf>[0]]>([
  ['by its add-on', { Cluster: { Type: 'AWS::EKS::Cluster' }, Agent: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'eks-pod-identity-agent' } } }],
  ['by EKS Auto Mode', { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { ComputeConfig: { Enabled: true } } } }],
  ['by EKS Auto Mode of aws-eks', { Cluster: { Type: 'Custom::AWSCDK-EKS-Cluster', Properties: { Config: { computeConfig: { enabled: 'true' } } } } }],
  ['as is assumed of a cluster that exists already', { Addon: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: 'other', AddonName: 'coredns' } } }],
])('a cluster has the EKS Pod Identity agent %s', (_, resources) => {
  expect(modelOf(resources).clusters.map(({ noPodIdentityAgent }) => noPodIdentityAgent)).toEqual([undefined]);
});

test.each<[string, { Type: string; Properties: object }]>([
  ['an association', { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: 'other', Namespace: 'a', ServiceAccount: 'b', RoleArn: 'arn:aws:iam::1:role/c' } }],
  ['an add-on', { Type: 'AWS::EKS::Addon', Properties: { ClusterName: 'other', AddonName: 'coredns' } }],
  ['a manifest', { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: 'other', Manifest: '[]' } }],
  ['objects', { Type: 'Custom::KubernetesObjects', Properties: { Cluster: 'arn:aws:eks:eu-central-1:123456789012:cluster/other', Objects: [] } }],
])('a cluster that only %s names has no place, and a finding', (_, resource) => {
  const model = modelOf({ Cluster: CLUSTER, First: resource, Second: resource });
  expect(shown(model.clusters)).toEqual([
    expect.objectContaining({ id: 'prod' }),
    expect.objectContaining({ id: 'other', arn: expect.stringMatching(/:cluster\/other$/), otherNodes: 'the cluster is not in the templates' }),
  ]);
  expect(model.clusters[1].place).toBeUndefined();
  expect(model.findings).toContainEqual({
    id: 'cluster-not-in-templates',
    message: 'the cluster other is not in the templates, so they do not show all of its nodes and service accounts',
    place: { template: 'stack', logicalId: 'Second', path: expect.stringMatching(/^Properties\.Cluster/) },
  });
});

describe('templates that have only roles', () => {
  const trusting = (Federated: string) => ({
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated } }] } },
  });

  test('are for one cluster, of which they tell no name', () => {
    const { clusters, findings } = modelOf({ Reader: trusting('arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/E1') });
    expect(shown(clusters)).toEqual([expect.objectContaining({ id: '${ClusterName}', otherNodes: 'the cluster is not in the templates' })]);
    expect(findings).toEqual([]);
  });

  test.each([
    ['arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'],
    ['arn:aws:iam::123456789012:saml-provider/company'],
  ])('are for none if they trust %s', (provider) => {
    expect(modelOf({ Deploy: trusting(provider) }).clusters).toEqual([]);
  });
});

describe('nodes that are not in a nodegroup', () => {
  const accessEntry = (Type: string) => ({ Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: ROLE_ARN, Type } });
  const userData = (text: unknown) => ({ LaunchTemplateData: { UserData: { 'Fn::Base64': text } } });
  const awsAuth = (...roles: object[]) => ({
    Type: 'Custom::AWSCDK-EKS-KubernetesResource',
    Properties: {
      ClusterName: { Ref: 'Cluster' },
      Manifest: {
        'Fn::Sub': JSON.stringify([{
          apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapRoles: JSON.stringify(roles) },
        }]),
      },
    },
  });
  const mapped = (rolearn: string, ...groups: string[]) => ({ rolearn, username: 'a', groups });
  const JOINS = { 'Fn::Sub': '/etc/eks/bootstrap.sh ${Cluster}' };

  test.each<[string, Parameters<typeof modelOf>[0], string]>([
    ['an access entry for nodes', { Entry: accessEntry('EC2_LINUX') }, 'the access entry Entry lets nodes join that are not in a nodegroup of the templates'],
    ['an access entry for the role of nodes of another cluster', {
      Entry: accessEntry('EC2_LINUX'), Nodes: { ...NODEGROUP, Properties: { ...NODEGROUP.Properties, ClusterName: 'other' } },
    }, 'the access entry Entry lets nodes join that are not in a nodegroup of the templates'],
    ['an access entry for hybrid nodes', { Entry: accessEntry('HYBRID_LINUX') }, 'the access entry Entry lets nodes join that are not in a nodegroup of the templates'],
    ['a node class of Karpenter', { Objects: manifest({ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'own' } }) },
      'EC2NodeClass own lets Karpenter create nodes'],
    ['a Helm chart of Karpenter', { Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Chart: 'karpenter' } } },
      'the Helm chart Chart installs Karpenter, which creates nodes'],
    ['a launch template whose user data names the cluster', { Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: userData(JOINS) } },
      'Template creates nodes that are not in a nodegroup'],
    ['a launch configuration whose user data names the cluster', {
      Configuration: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { UserData: Buffer.from('/etc/eks/bootstrap.sh prod').toString('base64') } },
    }, 'Configuration creates nodes that are not in a nodegroup'],
    ['the ConfigMap aws-auth', { Auth: awsAuth(mapped('arn:aws:iam::123456789012:role/x', 'system:bootstrappers', 'system:nodes')) },
      'the ConfigMap aws-auth lets nodes join that are not in a nodegroup of the templates'],
  ])('%s', (_, resources, otherNodes) => {
    expect(clusterWith(resources).otherNodes).toBe(otherNodes);
  });

  test.each<[string, Parameters<typeof modelOf>[0]]>([
    ['an access entry', { Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Name' }, Type: 'EC2_LINUX', PrincipalArn: 'arn:aws:iam::1:role/x' } } }],
    ['a Helm chart of Karpenter', { Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Name' }, Chart: 'karpenter' } } }],
    ['the tag of an Auto Scaling group', {
      Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { Tags: [{ Key: { 'Fn::Sub': 'kubernetes.io/cluster/${Name}' }, Value: 'owned' }] } },
    }],
    ['user data', { Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: userData({ 'Fn::Sub': '/etc/eks/bootstrap.sh ${Name}' }) } }],
    ['the ConfigMap aws-auth', {
      Auth: { ...awsAuth(mapped('arn:aws:iam::1:role/x', 'system:nodes')), Properties: { ...awsAuth(mapped('arn:aws:iam::1:role/x', 'system:nodes')).Properties, ClusterName: { Ref: 'Name' } } },
    }],
  ])('%s with a name of the cluster that only the deployment knows may be of the cluster', (_, resources) => {
    const { clusters } = modelOf({ Cluster: CLUSTER, ...resources }, { Parameters: { Name: { Type: 'String' } } });
    expect(clusters.find(({ place }) => place)!.otherNodes).toEqual(expect.any(String));
  });

  test.each<[string, Parameters<typeof modelOf>[0]]>([
    ['a nodegroup', {}],
    ['an access entry for the role of a nodegroup', { Entry: accessEntry('EC2_LINUX') }],
    ['an access entry for the role of an Auto Scaling group', {
      Entry: { ...accessEntry('EC2_LINUX'), Properties: { ...accessEntry('EC2_LINUX').Properties, PrincipalArn: { 'Fn::GetAtt': ['Role2', 'Arn'] } } },
      Role2: role(),
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role2' }] } },
      Configuration: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { IamInstanceProfile: { Ref: 'Profile' } } },
      Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchConfigurationName: { Ref: 'Configuration' }, Tags: [{ Key: 'kubernetes.io/cluster/prod', Value: 'owned' }] } },
    }],
    ['an access entry for people', { Entry: accessEntry('STANDARD') }],
    ['an access entry for EKS Auto Mode', { Entry: accessEntry('EC2') }],
    ['the ConfigMap aws-auth for a nodegroup', { Auth: awsAuth(mapped('${Role.Arn}', 'system:bootstrappers', 'system:nodes'), mapped('arn:aws:iam::1:role/admin', 'system:masters')) }],
    ['a node pool of EKS Auto Mode', {
      Objects: manifest({ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'own' }, spec: { template: { spec: { nodeClassRef: { group: 'eks.amazonaws.com' } } } } }),
    }],
    ['the launch template of a nodegroup', {
      Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: userData(JOINS) },
      Nodes: { ...NODEGROUP, Properties: { ...NODEGROUP.Properties, LaunchTemplate: { Id: { Ref: 'Template' } } } },
    }],
    ['another Helm chart', { Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Chart: 'own' } } }],
    ['Karpenter in another cluster', { Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: 'other', Chart: 'karpenter' } } }],
    ['an Auto Scaling group with other tags', { Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { Tags: [{ Key: 'Name', Value: 'a' }] } } }],
    ['a launch template that only mentions the cluster', { Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: userData({ 'Fn::Sub': 'echo ${Cluster}' }) } }],
    ['the launch template of an Auto Scaling group, whose nodes are known', {
      Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: userData(JOINS) },
      Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } }, Tags: [{ Key: 'kubernetes.io/cluster/prod', Value: 'owned' }] } },
    }],
    ['a launch template of another cluster', { Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: userData('/etc/eks/bootstrap.sh other') } }],
  ])('%s is none', (_, resources) => {
    expect(clusterWith({ Nodes: NODEGROUP, ...resources }).otherNodes).toBeUndefined();
  });

  const profile = (ClusterName: unknown) => ({
    Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName, PodExecutionRoleArn: 'arn:aws:iam::123456789012:role/pods', Selectors: [{ Namespace: 'reports' }] },
  });

  test.each<[string, Parameters<typeof modelOf>[0]]>([
    ['a Fargate profile', { Profile: profile({ Ref: 'Cluster' }) }],
    ['EKS Auto Mode', { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', ComputeConfig: { Enabled: true, NodeRoleArn: ROLE_ARN } } } }],
    ['an Auto Scaling group', { Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { Tags: [{ Key: 'kubernetes.io/cluster/prod', Value: 'owned', PropagateAtLaunch: true }] } } }],
    ['a node class of EKS Auto Mode', { Objects: manifest({ apiVersion: 'eks.amazonaws.com/v1', kind: 'NodeClass', metadata: { name: 'own' }, spec: { role: 'node' } }) }],
  ])('are not needed with %s', (_, resources) => {
    expect(clusterWith(resources).otherNodes).toBeUndefined();
  });

  test.each<[string, Parameters<typeof modelOf>[0]]>([
    ['without nodes', {}],
    ['whose only nodegroup is of another cluster', { Nodes: { ...NODEGROUP, Properties: { ...NODEGROUP.Properties, ClusterName: 'other' } } }],
    ['whose only nodegroup is of a cluster that only the deployment knows', { Nodes: { ...NODEGROUP, Properties: { ...NODEGROUP.Properties, ClusterName: { Ref: 'Name' } } } }],
    ['whose only Fargate profile is of another cluster', { Profile: profile('other') }],
    ['whose only Auto Scaling group has user data that may let its nodes join', {
      Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: userData(JOINS) },
      Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } } } },
    }],
    ['whose EKS Auto Mode is known only at deployment', { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', ComputeConfig: { Enabled: { Ref: 'Name' } } } } }],
  ])('are needed by a cluster %s', (_, resources) => {
    const { clusters } = modelOf({ Cluster: CLUSTER, Role: role(), ...resources }, { Parameters: { Name: { Type: 'String' } } });
    expect(clusters.find(({ place }) => place)!.otherNodes).toBe(NO_NODES);
  });
});

test.each<[string, string, object, string]>([
  ['a Helm chart', 'Custom::AWSCDK-EKS-HelmChart', { Chart: 'aws-load-balancer-controller' }, 'the objects of the Helm chart Other are not read'],
  ['a patch', 'Custom::AWSCDK-EKS-KubernetesPatch', { ResourceName: 'a' }, 'the patch Other is not read'],
  ['a manifest that cannot be read', 'Custom::AWSCDK-EKS-KubernetesResource', { Manifest: '[' }, 'the manifest of Other cannot be read'],
])('%s makes the objects of a cluster incomplete, with a finding', (_, Type, properties, why) => {
  const model = modelOf({ Cluster: CLUSTER, Other: { Type, Properties: { ClusterName: { Ref: 'Cluster' }, ...properties } } });
  expect(model.clusters).toEqual([expect.objectContaining({ otherObjects: why })]);
  expect(model.findings).toEqual([expect.objectContaining({ message: expect.stringContaining(why) })]);
});
