import CASES from './instance-metadata.cases.json';
import { CLUSTER, manifest, messages, modelOf, modelOfTemplates, role, shown } from '../models';

const PARAMETERS = { Parameters: { Given: { Type: 'String' } } };
const CLOSED = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const LATEST = { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] };

const NO_AMI_TYPE = 'there is no launch template, and the template does not show the AMI type, on which the default hop limit depends';

const nodegroup = (properties: object) =>
  ({ Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: { 'Fn::GetAtt': ['Role', 'Arn'] }, ...properties } });
const launchTemplate = (MetadataOptions?: unknown, more: object = {}) => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions }, ...more } });

const withTemplate = (LaunchTemplate: object, template = launchTemplate(CLOSED)) =>
  modelOf({ Cluster: CLUSTER, Role: role(), Nodes: nodegroup({ LaunchTemplate }), Template: template }, PARAMETERS).nodegroups;

test('a nodegroup has its cluster, its name, its role and its place', () => {
  const { nodegroups } = modelOf({ Cluster: CLUSTER, Role: role({ RoleName: 'node' }), Nodes: nodegroup({ NodegroupName: 'blue' }) });
  expect(shown(nodegroups)).toMatchObject([{
    cluster: 'prod', label: 'Nodes', name: 'blue', roleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/node', place: { template: 'stack', logicalId: 'Nodes' },
  }]);
});

test('the name of a nodegroup can be generated', () => {
  expect(shown(modelOf({ Cluster: CLUSTER, Role: role(), Nodes: nodegroup({}) }).nodegroups)).toMatchObject([{ name: '${Nodes.NodegroupName}' }]);
});

describe('with a launch template', () => {
  test.each(CASES as Array<[string, unknown, string, string]>)('with %s', (_, options, podsReachMetadata, why) => {
    expect(withTemplate({ Id: { Ref: 'Template' }, Version: LATEST }, launchTemplate(options))).toMatchObject([{ podsReachMetadata, why }]);
  });

  test('without MetadataOptions, the account or the AMI decides', () => {
    expect(withTemplate({ Id: { Ref: 'Template' }, Version: LATEST }, launchTemplate())).toMatchObject([{ podsReachMetadata: 'unknown' }]);
  });

  test.each<[string, object]>([
    ['by its ID', { Id: { Ref: 'Template' }, Version: LATEST }],
    ['by its name', { Name: 'closed', Version: LATEST }],
    ['by an attribute', { Id: { 'Fn::GetAtt': ['Template', 'LaunchTemplateId'] }, Version: LATEST }],
  ])('that a nodegroup references %s', (_, reference) => {
    expect(withTemplate(reference, launchTemplate(CLOSED, { LaunchTemplateName: 'closed' }))).toMatchObject([{ podsReachMetadata: 'no' }]);
  });

  test.each<[string, object, string]>([
    ['that is not in the templates', { Id: 'lt-1', Version: '1' }, 'launch template lt-1 is not in the templates'],
    ['that is a parameter', { Name: { Ref: 'Given' } }, 'launch template ${Given} is not in the templates'],
    ['in its default version, which an update does not change', { Id: { Ref: 'Template' } },
      'the nodegroup might not use the latest version of launch template Template, so its nodes can differ from the template'],
    ['in the version that is the latest when the nodegroup is updated', { Id: { Ref: 'Template' }, Version: '$Latest' },
      'the nodegroup might not use the latest version of launch template Template, so its nodes can differ from the template'],
    ['in a version that can be an old one', { Id: { Ref: 'Template' }, Version: '1' },
      'the nodegroup might not use the latest version of launch template Template, so its nodes can differ from the template'],
  ])('%s, it is unknown', (_, reference, why) => {
    expect(withTemplate(reference)).toMatchObject([{ podsReachMetadata: 'unknown', why }]);
  });

  test('in another stack', () => {
    const exported = (name: string, Value: object) => ({ Value, Export: { Name: name } });
    const { nodegroups } = modelOfTemplates({
      templates: {
        Resources: { Template: launchTemplate(CLOSED) },
        Outputs: { Id: exported('id', { Ref: 'Template' }), Version: exported('version', LATEST) },
      },
      nodes: {
        Resources: {
          Cluster: CLUSTER,
          Role: role(),
          Nodes: nodegroup({ LaunchTemplate: { Id: { 'Fn::ImportValue': 'id' }, Version: { 'Fn::ImportValue': 'version' } } }),
        },
      },
    });
    expect(nodegroups).toMatchObject([{ podsReachMetadata: 'no' }]);
  });
});

test.each<[string, unknown, string, string]>([
  ['Amazon Linux 2023', 'AL2023_ARM_64_STANDARD', 'no', 'there is no launch template, and the default hop limit of AL2023_ARM_64_STANDARD is 1 with IMDSv2'],
  ['Amazon Linux 2', 'AL2_x86_64', 'yes', 'there is no launch template, and the default hop limit of AL2_x86_64 is 2'],
  ['Bottlerocket', 'BOTTLEROCKET_x86_64', 'yes', 'there is no launch template, and the default hop limit of BOTTLEROCKET_x86_64 is 2'],
  ['an AMI type that is not set', undefined, 'unknown', NO_AMI_TYPE],
  ['an AMI type that is a parameter', { Ref: 'Given' }, 'unknown', NO_AMI_TYPE],
])('without a launch template, %s decides', (_, AmiType, podsReachMetadata, why) => {
  const { nodegroups } = modelOf({ Cluster: CLUSTER, Role: role(), Nodes: nodegroup({ AmiType }) }, PARAMETERS);
  expect(nodegroups).toMatchObject([{ podsReachMetadata, hostNetworkReachesMetadata: 'yes', why }]);
});

test.each<[string, unknown, string]>([
  ['reach the instance metadata, whatever the hop limit is', CLOSED, 'yes'],
  ['do not if it is disabled', { HttpEndpoint: 'disabled' }, 'no'],
  ['may if that is a parameter', { ...CLOSED, HttpEndpoint: { Ref: 'Given' } }, 'unknown'],
  ['may if the options are a parameter', { Ref: 'Given' }, 'unknown'],
])('pods with host network %s', (_, options, hostNetworkReachesMetadata) => {
  expect(withTemplate({ Id: { Ref: 'Template' }, Version: LATEST }, launchTemplate(options))).toMatchObject([{ hostNetworkReachesMetadata }]);
});

test.each<[string, object]>([
  ['a role', { ClusterName: 'prod' }],
  ['a cluster', { NodeRole: 'arn:aws:iam::123456789012:role/node' }],
])('a nodegroup without %s is left out, with a finding', (_, Properties) => {
  const model = modelOf({ Nodes: { Type: 'AWS::EKS::Nodegroup', Properties } });
  expect(model.nodegroups).toEqual([]);
  expect(messages(model, 'unreadable-nodegroup')).toEqual(['the nodegroup Nodes has no ClusterName or no NodeRole: it is left out']);
});

describe('EKS Auto Mode', () => {
  const autoMode = (ComputeConfig: object) => ({ Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', ComputeConfig } });
  const WHY = 'the nodes of EKS Auto Mode require IMDSv2 with a hop limit of 1';

  test('has nodes that keep their metadata from pods', () => {
    const { nodegroups } = modelOf({ Role: role({ RoleName: 'node' }), Cluster: autoMode({ Enabled: true, NodeRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }) });
    expect(shown(nodegroups)).toMatchObject([{ cluster: 'prod', label: 'EKS Auto Mode', roleArn: expect.stringMatching(/role\/node$/), podsReachMetadata: 'no', why: WHY }]);
  });

  test('has nodes with the role of a node class', () => {
    const nodeClass = (name: string, spec: object) => ({ apiVersion: 'eks.amazonaws.com/v1', kind: 'NodeClass', metadata: { name }, spec });
    const { nodegroups } = modelOf({
      Role: role({ RoleName: 'node', Path: '/x/' }), Cluster: CLUSTER, Objects: manifest(nodeClass('own', { role: 'node' }), nodeClass('other', { role: 'elsewhere' })),
    });
    expect(shown(nodegroups)).toMatchObject([
      { label: 'node class own', roleArn: expect.stringMatching(/role\/x\/node$/), podsReachMetadata: 'no' },
      { label: 'node class other', roleArn: '${elsewhere role of the node class}', podsReachMetadata: 'no' },
    ]);
  });

  test('has nodes with a node class that the templates do not show', () => {
    const nodePool = (name: string, nodeClass: string, group = 'eks.amazonaws.com') => ({
      apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name }, spec: { template: { spec: { nodeClassRef: { group, kind: 'NodeClass', name: nodeClass } } } },
    });
    const own = { apiVersion: 'eks.amazonaws.com/v1', kind: 'NodeClass', metadata: { name: 'own' }, spec: { role: 'node' } };
    const { nodegroups } = modelOf({ Cluster: CLUSTER, Objects: manifest(own, nodePool('a', 'own'), nodePool('b', 'default'), nodePool('c', 'custom'), nodePool('d', 'custom', 'karpenter.k8s.aws')) });
    expect(shown(nodegroups)).toMatchObject([
      { label: 'node class own' },
      { label: 'node pool c', roleArn: '${custom role of the node class}', podsReachMetadata: 'no', why: WHY },
    ]);
  });

  test('has nodes with the role of an access entry', () => {
    const entry = (Type: string, PrincipalArn: unknown) => ({ Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn, Type } });
    const NodeRoleArn = { 'Fn::GetAtt': ['Role', 'Arn'] };
    const { nodegroups } = modelOf({
      Role: role({ RoleName: 'node' }),
      Cluster: autoMode({ Enabled: true, NodeRoleArn }),
      Same: entry('EC2', NodeRoleArn),
      Other: entry('EC2', 'arn:aws:iam::111122223333:role/other'),
      User: entry('STANDARD', 'arn:aws:iam::111122223333:role/user'),
    });
    expect(shown(nodegroups)).toMatchObject([
      { label: 'EKS Auto Mode' },
      { label: 'access entry Other', roleArn: 'arn:aws:iam::111122223333:role/other', podsReachMetadata: 'no', why: WHY },
    ]);
  });

  test('has no nodes with node classes of other API groups', () => {
    const { nodegroups } = modelOf({ Cluster: CLUSTER, Objects: manifest({ apiVersion: 'example.com/v1', kind: 'NodeClass', metadata: { name: 'own' } }) });
    expect(nodegroups).toEqual([]);
  });

  test('can be disabled', () => {
    expect(modelOf({ Cluster: autoMode({ Enabled: false }) }).nodegroups).toEqual([]);
  });
});
