import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IIrsaCluster, IrsaCluster, IrsaClusterProps, OidcProvider, PodCredentials, ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { newCluster, newStack, version } from '../stacks';

const ENV = { account: '123456789012', region: 'eu-central-1' };
const irsa = PodCredentials.irsa();
const podIdentity = PodCredentials.podIdentity();
const both = PodCredentials.both();

const use = (stack: Stack, cluster: IIrsaCluster, namespace = 'reports') =>
  new ServiceAccountRole(stack, 'Reader', { cluster, subjects: [ServiceAccountSubject.exact(namespace, 'reader')], podCredentials: podIdentity });

describe('on a new cluster', () => {
  test.each<[string, Partial<IrsaClusterProps>, { agents: number; providers: number }]>([
    ['IRSA is the default, and requires the OIDC provider only', {}, { agents: 0, providers: 1 }],
    ['IRSA requires the OIDC provider only', { podCredentials: irsa }, { agents: 0, providers: 1 }],
    ['EKS Pod Identity requires the agent only', { podCredentials: podIdentity }, { agents: 1, providers: 0 }],
    ['both require both', { podCredentials: both }, { agents: 1, providers: 1 }],
    ['EKS Pod Identity can have an OIDC provider for other roles', { podCredentials: podIdentity, oidcProvider: OidcProvider.create() }, { agents: 1, providers: 1 }],
    ['Auto Mode contains the agent', { podCredentials: podIdentity, autoMode: true }, { agents: 0, providers: 0 }],
  ])('%s', (_, props, { agents, providers }) => {
    const stack = newStack();
    newCluster(stack, props);
    const template = Template.fromStack(stack);
    template.resourcePropertiesCountIs('AWS::EKS::Addon', { AddonName: 'eks-pod-identity-agent' }, agents);
    template.resourceCountIs('AWS::IAM::OIDCProvider', providers);
  });

  test('service accounts of aws-cdk-lib use the same agent', () => {
    const stack = newStack();
    const cluster = newCluster(stack, { podCredentials: podIdentity });
    expect(cluster.eksCluster.eksPodIdentityAgent).toBeDefined();
    Template.fromStack(stack).resourceCountIs('AWS::EKS::Addon', 1);
  });

  test('roles can use EKS Pod Identity with Auto Mode', () => {
    const stack = newStack();
    use(stack, newCluster(stack, { autoMode: true }));
    Template.fromStack(stack).resourceCountIs('AWS::EKS::PodIdentityAssociation', 1);
  });

  test('a role by IRSA is an error if the cluster has no OIDC provider', () => {
    const stack = newStack();
    const cluster = newCluster(stack, { podCredentials: podIdentity });
    expect(() => new ServiceAccountRole(stack, 'Reader', { cluster, subjects: [ServiceAccountSubject.exact('a', 'b')], podCredentials: irsa }))
      .toThrow('Stack/Reader: cluster must be a cluster with an IAM OIDC provider');
  });

  test('an audience is an error with EKS Pod Identity', () => {
    expect(() => newCluster(newStack(), { podCredentials: podIdentity, audience: 'pods.example.com' })).toThrow(new Error(
      'Stack/Cluster: audience must be omitted with PodCredentials.podIdentity(): the tokens for EKS Pod Identity have an audience of their own'));
  });
});

describe('on an existing cluster', () => {
  test('the agent is installed on request', () => {
    const stack = newStack();
    IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', installPodIdentityAgent: true });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', { AddonName: 'eks-pod-identity-agent', ClusterName: 'prod' });
  });

  test('the agent is an error if the EKS cluster of the app installs it, too', () => {
    const stack = newStack();
    const theirs = new eksv2.Cluster(stack, 'Theirs', { version, defaultCapacityType: eksv2.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 });
    IrsaCluster.fromEksCluster(stack, 'Ours', theirs, { oidcProvider: OidcProvider.none(), installPodIdentityAgent: true });
    expect(theirs.eksPodIdentityAgent).toBeDefined();
    expect(() => Template.fromStack(stack)).toThrow('[Stack/Ours] Stack/Theirs/EksPodIdentityAgentAddon/Resource and Stack/Ours/PodIdentityAgent/Resource both define the add-on '
      + 'eks-pod-identity-agent, but a cluster can have it only once: remove one of the two');
  });

  test('podCredentials are the default of its roles', () => {
    const stack = newStack('Stack', { env: ENV });
    const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', podCredentials: podIdentity });
    new ServiceAccountRole(stack, 'Reader', { cluster, subjects: [ServiceAccountSubject.exact('a', 'b')] });
    Template.fromStack(stack).resourceCountIs('AWS::EKS::PodIdentityAssociation', 1);
  });
});

describe('without the agent, EKS Pod Identity is an error', () => {
  const addons = [{ addonName: 'vpc-cni', podCredentials: podIdentity }, { addonName: 'kube-proxy' }, { addonName: 'coredns' }];
  const fix = 'set podCredentials of the cluster to PodCredentials.podIdentity() or PodCredentials.both(), or install the add-on eks-pod-identity-agent with its addons';

  test('for an add-on that is defined before the nodegroups beside Auto Mode', () => {
    const stack = newStack();
    newCluster(stack, { autoMode: true, addons, nodegroups: [{}] });
    expect(() => Template.fromStack(stack)).toThrow(
      `[Stack/Cluster] its nodes do not run the EKS Pod Identity agent, so pods of kube-system/aws-node would get no credentials: ${fix}`);
  });

  test('for a role that is defined before such a nodegroup', () => {
    const stack = newStack();
    const cluster = newCluster(stack, { autoMode: true, addons: addons.map(({ addonName }) => ({ addonName })) });
    use(stack, cluster);
    cluster.addNodegroup('Nodes');
    expect(() => Template.fromStack(stack)).toThrow(
      `[Stack/Cluster] its nodes do not run the EKS Pod Identity agent, so pods of reports/reader would get no credentials: ${fix}`);
  });

  test('unless it is installed with the add-ons', () => {
    const stack = newStack();
    newCluster(stack, { autoMode: true, addons: [...addons, { addonName: 'eks-pod-identity-agent' }], nodegroups: [{}] });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('unless something else installs it', () => {
    const stack = newStack();
    const { eksCluster } = newCluster(stack, { autoMode: true, addons, nodegroups: [{}] });
    new eksv2.Addon(stack, 'Agent', { cluster: eksCluster, addonName: 'eks-pod-identity-agent' });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('on AWS Fargate, EKS Pod Identity is', () => {
  const define = (selectors: eks.CfnFargateProfile.SelectorProperty[], namespace = 'reports') => {
    const stack = newStack('Stack', { env: ENV });
    const cluster = newCluster(stack, { clusterName: 'prod', podCredentials: podIdentity });
    new eks.CfnFargateProfile(stack, 'Fargate', { clusterName: 'prod', podExecutionRoleArn: 'arn', selectors });
    use(stack, cluster, namespace);
    return stack;
  };

  test.each([['the namespace', 'reports'], ['a pattern', 'rep*'], ['a pattern with ?', 'report?']])('an error for pods that %s of a profile selects', (_, namespace) => {
    expect(() => Template.fromStack(define([{ namespace }]))).toThrow(
      '[Stack/Cluster] EKS Pod Identity does not support AWS Fargate, where Stack/Fargate runs the pods of namespace reports: set podCredentials of Stack/Reader to PodCredentials.irsa()');
  });

  test('a warning if the profile selects pods by their labels, too', () => {
    Annotations.fromStack(define([{ namespace: 'reports', labels: [{ key: 'tier', value: 'one' }] }])).hasWarning('/Stack/Reader', Match.stringLikeRegexp('pods of reports/reader with the labels of Stack/Fargate get no credentials'));
  });

  test('allowed in other namespaces', () => {
    Annotations.fromStack(define([{ namespace: 'default' }, { namespace: 'report' }])).hasNoError('*', Match.anyValue());
  });

  test('allowed for the VPC CNI, whose DaemonSet does not run there', () => {
    const stack = newStack('Stack', { env: ENV });
    newCluster(stack, { clusterName: 'prod', podCredentials: podIdentity, addons: [{ addonName: 'vpc-cni' }] });
    new eks.CfnFargateProfile(stack, 'Fargate', { clusterName: 'prod', podExecutionRoleArn: 'arn', selectors: [{ namespace: 'kube-system' }] });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('an error for another add-on', () => {
    const stack = newStack('Stack', { env: ENV });
    newCluster(stack, { clusterName: 'prod', podCredentials: podIdentity, addons: [{ addonName: 'aws-ebs-csi-driver' }] });
    new eks.CfnFargateProfile(stack, 'Fargate', { clusterName: 'prod', podExecutionRoleArn: 'arn', selectors: [{ namespace: 'kube-system' }] });
    expect(() => Template.fromStack(stack)).toThrow('[Stack/Cluster] EKS Pod Identity does not support AWS Fargate, where Stack/Fargate runs the pods of namespace kube-system: '
      + 'set podCredentials of Stack/Cluster/Addon-aws-ebs-csi-driver/Role to PodCredentials.irsa()');
  });

  test('an error with a profile of aws-eks', () => {
    const stack = newStack('Stack', { env: ENV });
    const theirs = new eks.Cluster(stack, 'Theirs', { version: eks.KubernetesVersion.of('1.36'), defaultCapacity: 0, kubectlLayer: undefined as any });
    theirs.addFargateProfile('Fargate', { selectors: [{ namespace: 'reports' }] });
    use(stack, IrsaCluster.fromEksV1Cluster(stack, 'Ours', theirs, { oidcProvider: OidcProvider.none() }));
    expect(() => Template.fromStack(stack)).toThrow('[Stack/Ours] EKS Pod Identity does not support AWS Fargate');
  });
});

describe('on Windows nodes, EKS Pod Identity is', () => {
  const define = (...amiTypes: eksv2.NodegroupAmiType[]) => {
    const stack = newStack('Stack', { env: ENV });
    const theirs = new eksv2.Cluster(stack, 'Theirs', { version, defaultCapacityType: eksv2.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 });
    amiTypes.forEach((amiType, i) => new eksv2.Nodegroup(stack, `Nodes${i}`, { cluster: theirs, amiType, nodeRole: iam.Role.fromRoleName(stack, `Role${i}`, 'nodes') }));
    use(stack, IrsaCluster.fromEksCluster(stack, 'Ours', theirs, { oidcProvider: OidcProvider.none() }));
    return stack;
  };

  test('an error if the cluster has no other nodes', () => {
    expect(() => Template.fromStack(define(eksv2.NodegroupAmiType.WINDOWS_CORE_2022_X86_64))).toThrow(
      '[Stack/Ours] EKS Pod Identity does not support Windows nodes, and all nodegroups are for Windows: set podCredentials of Stack/Reader to PodCredentials.irsa()');
  });

  test('a warning beside the nodes of Auto Mode, which run Linux', () => {
    const stack = newStack('Stack', { env: ENV });
    const addons = ['vpc-cni', 'kube-proxy', 'coredns'].map((addonName) => ({ addonName }));
    const cluster = newCluster(stack, { autoMode: true, podCredentials: podIdentity, addons });
    cluster.eksCluster.addNodegroupCapacity('Windows', { amiType: eksv2.NodegroupAmiType.WINDOWS_CORE_2022_X86_64 });
    cluster.addAddon('Agent', { addonName: 'eks-pod-identity-agent' });
    use(stack, cluster);
    Annotations.fromStack(stack).hasWarning('/Stack/Cluster/Cluster/NodegroupWindows/Resource', Match.stringLikeRegexp('get no credentials if they use reports/reader \\['));
  });

  test('a warning in an imported cluster, which can have other nodes', () => {
    const stack = newStack('Stack', { env: ENV });
    const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod' });
    new eks.CfnNodegroup(stack, 'Windows', { clusterName: 'prod', nodeRole: 'arn', subnets: ['subnet-1'], amiType: 'WINDOWS_CORE_2022_x86_64' });
    use(stack, cluster);
    Annotations.fromStack(stack).hasWarning('/Stack/Windows', Match.stringLikeRegexp('get no credentials if they use reports/reader'));
  });

  test('a warning beside other nodes', () => {
    Annotations.fromStack(define(eksv2.NodegroupAmiType.WINDOWS_CORE_2022_X86_64, eksv2.NodegroupAmiType.AL2023_X86_64_STANDARD))
      .hasWarning('/Stack/Nodes0/Resource', Match.stringLikeRegexp('pods on this nodegroup get no credentials if they use reports/reader'));
  });
});
