import { NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaAddon, IrsaCluster, IrsaClusterProps, IrsaNodegroup, OidcProvider, PodCredentials } from '../../lib';
import { deployed } from '../deployed';
import { newCluster, newStack, version } from '../stacks';

const CNI = 'arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy';
const cniPolicy = iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKS_CNI_Policy');
const OF_NODEGROUPS = [{ addonName: 'vpc-cni' }, { addonName: 'kube-proxy' }, { addonName: 'coredns' }];

function define(props: Partial<IrsaClusterProps>): { readonly stack: Stack; readonly cluster: IrsaCluster } {
  const stack = newStack();
  return { stack, cluster: newCluster(stack, props) };
}

/** The resources that a resource waits for, directly or through others. */
function waitsFor(stack: Stack, logicalId: string): string[] {
  const { Resources } = Template.fromStack(stack).toJSON();
  const found = new Set<string>();
  const visit = (id: string) => {
    const text = JSON.stringify(Resources[id]);
    const references = [...text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/g)].map(([, target]) => target);
    for (const next of [...Resources[id].DependsOn ?? [], ...references].filter((target) => target in Resources && !found.has(target))) {
      found.add(next);
      visit(next);
    }
  };
  visit(logicalId);
  return [...found];
}

const idsOf = (stack: Stack, type: string, properties = {}) => Object.keys(Template.fromStack(stack).findResources(type, { Properties: properties }));
const addonId = (stack: Stack, AddonName: string) => idsOf(stack, 'AWS::EKS::Addon', { AddonName })[0];

const nodeRoles = (stack: Stack): { [logicalId: string]: any } => Object.fromEntries(Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Role'))
  .filter(([, { Properties }]) => JSON.stringify(Properties.AssumeRolePolicyDocument).includes('ec2.amazonaws.com')));
const nodePolicies = (stack: Stack) => Object.values(nodeRoles(stack)).map(({ Properties }) => deployed(stack, Properties.ManagedPolicyArns));

describe('the deployment order is', () => {
  test('agent, VPC CNI, nodegroup, CoreDNS', () => {
    const { stack } = define({
      podCredentials: PodCredentials.podIdentity(), nodegroups: [{}], addons: [{ addonName: 'coredns' }, { addonName: 'vpc-cni' }, { addonName: 'eks-pod-identity-agent' }],
    });
    const [nodegroup] = idsOf(stack, 'AWS::EKS::Nodegroup');
    const [agent, vpcCni, coreDns] = ['eks-pod-identity-agent', 'vpc-cni', 'coredns'].map((name) => addonId(stack, name));
    expect(waitsFor(stack, vpcCni)).toContain(agent);
    expect(waitsFor(stack, nodegroup)).toEqual(expect.arrayContaining([agent, vpcCni]));
    expect(waitsFor(stack, coreDns)).toContain(nodegroup);
  });

  test('the same for what is defined later', () => {
    const { stack, cluster } = define({ addons: [{ addonName: 'aws-ebs-csi-driver' }] });
    cluster.addNodegroup('Nodes');
    cluster.addAddon('Proxy', { addonName: 'kube-proxy' });
    const [nodegroup] = idsOf(stack, 'AWS::EKS::Nodegroup');
    expect(waitsFor(stack, addonId(stack, 'aws-ebs-csi-driver'))).toContain(nodegroup);
    expect(waitsFor(stack, nodegroup)).toContain(addonId(stack, 'kube-proxy'));
  });

  test('not influenced by what is no longer part of the app', () => {
    const { stack, cluster } = define({ nodegroups: [{}] });
    cluster.addAddon('Proxy', { addonName: 'kube-proxy' });
    cluster.node.tryRemoveChild('Proxy');
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('AddonKubeProxy');
  });

  test('the same for an IrsaNodegroup, and for a cluster of aws-eks-v2', () => {
    const stack = newStack();
    const theirs = new eks.Cluster(stack, 'Theirs', { version, defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 });
    const cluster = IrsaCluster.fromEksCluster(stack, 'Cluster', theirs, { oidcProvider: OidcProvider.create() });
    new IrsaAddon(stack, 'VpcCni', { cluster, addonName: 'vpc-cni' });
    new IrsaNodegroup(stack, 'Nodes', { cluster: theirs });
    expect(waitsFor(stack, idsOf(stack, 'AWS::EKS::Nodegroup')[0])).toContain(addonId(stack, 'vpc-cni'));
    expect(nodePolicies(stack).flat()).not.toContain(CNI);
  });

  test('the same for an add-on in a nested stack', () => {
    const { stack, cluster } = define({ nodegroups: [{}] });
    new IrsaAddon(new NestedStack(stack, 'Addons'), 'Ebs', { cluster, addonName: 'aws-ebs-csi-driver' });
    const [nested] = idsOf(stack, 'AWS::CloudFormation::Stack');
    expect(waitsFor(stack, nested)).toContain(idsOf(stack, 'AWS::EKS::Nodegroup')[0]);
  });

  test('that of the stacks for an add-on in another stack', () => {
    const { stack, cluster } = define({ nodegroups: [{}] });
    const other = newStack('Other', {}, stack.node.root);
    new IrsaAddon(other, 'Proxy', { cluster, addonName: 'kube-proxy' });
    new IrsaAddon(other, 'VpcCni', { cluster, addonName: 'vpc-cni' });
    expect(() => Template.fromStack(stack)).not.toThrow();
    expect(other.dependencies).toEqual([stack]);
    expect(nodePolicies(stack).flat()).toContain(CNI);
  });
});

describe('a node role', () => {
  test('does not have the policy of the VPC CNI if the add-on has a role, and changes only after the add-on', () => {
    const { stack } = define({ addons: [{ addonName: 'vpc-cni' }], nodegroups: [{}] });
    expect(nodePolicies(stack).flat()).toEqual(expect.arrayContaining([expect.stringContaining('AmazonEKSWorkerNodePolicy')]));
    expect(nodePolicies(stack).flat()).not.toContain(CNI);
    expect(waitsFor(stack, Object.keys(nodeRoles(stack))[0])).toContain(addonId(stack, 'vpc-cni'));
  });

  test('has no policy for IPv6 if the add-on has a role', () => {
    const { stack } = define({ ipFamily: eks.IpFamily.IP_V6, addons: [{ addonName: 'vpc-cni' }], nodegroups: [{}] });
    expect(Object.values(nodeRoles(stack)).map(({ Properties }) => Properties.Policies)).toEqual([undefined]);
  });

  test('that is given remains as it is, also if the add-on is defined later', () => {
    const { stack, cluster } = define({});
    const nodeRole = new iam.Role(stack, 'NodeRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonEKS_CNI_Policy'].map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    cluster.addNodegroup('Nodes', { nodeRole });
    cluster.addAddon('VpcCni', { addonName: 'vpc-cni' });
    expect(nodePolicies(stack).flat()).toContain(CNI);
  });

  test('that already has the policy does not lose it by an add-on that is defined later', () => {
    const { cluster } = define({ nodegroups: [{}] });
    expect(() => cluster.addAddon('VpcCni', { addonName: 'vpc-cni' })).toThrow(new Error('Stack/Cluster/VpcCni: the role of Stack/Cluster/Nodegroup already has the policy of the VPC CNI, '
      + 'which it would not need: define the add-on vpc-cni before nodegroups, for example with addons of the IrsaCluster'));
  });
});

describe('the migration of a cluster whose node role has the policy of the VPC CNI', () => {
  const before = define({ nodegroups: [{}] }).stack;
  const first = define({ addons: [{ addonName: 'vpc-cni' }], nodegroups: [{ managedPolicies: [cniPolicy] }] }).stack;
  const second = define({ addons: [{ addonName: 'vpc-cni' }], nodegroups: [{}] }).stack;
  const resources = (stack: Stack) => Template.fromStack(stack).toJSON().Resources;

  test('first adds the add-on with its role, while the node role keeps its policies', () => {
    const added = Object.keys(resources(first)).filter((id) => !(id in resources(before)));
    expect(added).toEqual([expect.stringMatching(/^AddonVpcCni\w+Role$/), expect.stringMatching(/^AddonVpcCni\w+$/)]);
    expect(nodePolicies(first).flat().sort()).toEqual(nodePolicies(before).flat().sort());
  });

  test('then removes the policy from the node role, and nothing else', () => {
    const changed = Object.keys(resources(first)).filter((id) => JSON.stringify(resources(first)[id]) !== JSON.stringify(resources(second)[id]));
    expect(changed).toEqual(Object.keys(nodeRoles(first)));
    expect(nodePolicies(second).flat()).toEqual(nodePolicies(first).flat().filter((arn: string) => arn !== CNI));
  });
});

describe('the agent of EKS Pod Identity', () => {
  const agents = (stack: Stack) => idsOf(stack, 'AWS::EKS::Addon', { AddonName: 'eks-pod-identity-agent' });
  const podCredentials = PodCredentials.podIdentity();

  test.each<[string, Partial<IrsaClusterProps>, number, boolean]>([
    ['is not installed with IRSA', {}, 0, false],
    ['is installed if pods use it by default', { podCredentials }, 1, true],
    ['is installed if it is among the add-ons', { addons: [{ addonName: 'eks-pod-identity-agent', addonVersion: 'v1' }] }, 1, true],
    ['is installed once', { podCredentials, addons: [{ addonName: 'eks-pod-identity-agent', addonVersion: 'v1' }] }, 1, true],
    ['is part of the nodes of Auto Mode', { podCredentials, autoMode: true }, 0, true],
    ['is installed for nodegroups beside Auto Mode', { podCredentials, autoMode: true, addons: OF_NODEGROUPS, nodegroups: [{}] }, 1, true],
    ['is not installed with IRSA for nodegroups beside Auto Mode', { autoMode: true, addons: OF_NODEGROUPS, nodegroups: [{}] }, 0, false],
  ])('%s', (_, props, count, isOnNodes) => {
    const { stack, cluster } = define(props);
    expect(agents(stack)).toHaveLength(count);
    expect(cluster._definition.lacksPodIdentityAgent()).toBe(!isOnNodes);
  });

  test('is installed for a nodegroup that is added beside Auto Mode', () => {
    const { stack, cluster } = define({ podCredentials, autoMode: true, addons: OF_NODEGROUPS });
    expect(agents(stack)).toHaveLength(0);
    const other = define({ podCredentials, autoMode: true, addons: OF_NODEGROUPS });
    other.cluster.addNodegroup('Nodes');
    expect(agents(other.stack)).toHaveLength(1);
    expect([cluster, other.cluster].map(({ _definition }) => _definition.lacksPodIdentityAgent())).toEqual([false, false]);
  });

  test('is the same for service accounts of aws-cdk-lib', () => {
    const { stack, cluster } = define({ addons: [{ addonName: 'eks-pod-identity-agent' }] });
    expect(cluster.eksCluster.eksPodIdentityAgent!.addonName).toBe('eks-pod-identity-agent');
    expect(agents(stack)).toHaveLength(1);
  });

  test('can have a version, and is in the list of add-ons', () => {
    const { stack, cluster } = define({ podCredentials, addons: [{ addonName: 'kube-proxy' }, { addonName: 'eks-pod-identity-agent', addonVersion: 'v1.3.8-eksbuild.2' }] });
    expect(cluster.addons.map(({ addonName }) => addonName)).toEqual(['eks-pod-identity-agent', 'kube-proxy']);
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', { AddonName: 'eks-pod-identity-agent', AddonVersion: 'v1.3.8-eksbuild.2' });
  });

  test('is required by an add-on with EKS Pod Identity', () => {
    expect(() => define({ addons: [{ addonName: 'vpc-cni', podCredentials }] })).toThrow(new Error('Stack/Cluster/Addon-vpc-cni/Role: the nodes of Stack/Cluster do not run '
      + 'the EKS Pod Identity agent, so pods would get no credentials: set podCredentials of the cluster to PodCredentials.podIdentity() or PodCredentials.both(), '
      + 'or install the add-on eks-pod-identity-agent with its addons or, before this role, with addAddon'));
  });
});

describe('nodegroups beside Auto Mode', () => {
  test('are possible with the add-ons that they require', () => {
    const { stack } = define({ autoMode: true, addons: OF_NODEGROUPS, nodegroups: [{}] });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EKS::Nodegroup', 1);
    template.hasResourceProperties('AWS::EKS::Cluster', { ComputeConfig: { Enabled: true } });
    expect(nodePolicies(stack).flat()).not.toContain(CNI);
  });

  test('are an error that names the add-ons that are missing', () => {
    expect(() => define({ autoMode: true, addons: [{ addonName: 'kube-proxy' }], nodegroups: [{}] })).toThrow(new Error('Stack/Cluster: nodegroups must be omitted with autoMode, '
      + 'unless the cluster has the add-ons vpc-cni, kube-proxy and coredns: nodes of nodegroups require them; add vpc-cni, coredns to addons'));
  });
});

describe('a cluster without self-managed add-ons', () => {
  const warning = Match.stringLikeRegexp('bootstrapSelfManagedAddons is false, and the app does not define the add-ons vpc-cni, coredns,');

  test('gets a warning that names the add-ons which its nodes require', () => {
    const { stack } = define({ bootstrapSelfManagedAddons: false, addons: [{ addonName: 'kube-proxy' }], nodegroups: [{}] });
    Annotations.fromStack(stack).hasWarning('/Stack/Cluster', warning);
  });

  test.each<[string, Partial<IrsaClusterProps>]>([
    ['with these add-ons', { bootstrapSelfManagedAddons: false, addons: OF_NODEGROUPS, nodegroups: [{}] }],
    ['without nodegroups', { bootstrapSelfManagedAddons: false }],
    ['if Amazon EKS installs them', { nodegroups: [{}] }],
  ])('gets no warning %s', (_, props) => {
    Annotations.fromStack(define(props).stack).hasNoWarning('*', Match.stringLikeRegexp('bootstrapSelfManagedAddons'));
  });
});
