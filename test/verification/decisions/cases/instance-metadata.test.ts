import { gzipSync } from 'node:zlib';
import { ALLOWED, complete, decide, DENIED, Question, reader, REACHABLE, shown } from './questions';
import { account, arnOf, job, objects } from '../../templates';

/** What the role of the nodes of `clusterTemplate` allows. */
const LIST = 'sqs:ListQueues';
const MAYBE = 'UNKNOWN, by default DENIED';

const nodes = (properties: object) => ({ Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: arnOf('NodeRole'), ...properties } } });
const LATEST = { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] };
const templateOf = (MetadataOptions?: object, Version: unknown = LATEST) => ({
  ...nodes({ LaunchTemplate: { Id: { Ref: 'Template' }, Version } }),
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: MetadataOptions ? { MetadataOptions } : {} } },
});
const STRICT = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const withPods = (resources: object, ...documents: object[]) => ({ ...reader(), ...resources, Objects: objects(account('app', 'Reader'), ...documents) });
const daemonSet = (name: string, spec: object, template: object = {}) => ({
  apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name, namespace: 'default' }, spec: { template: { ...template, spec: { serviceAccountName: 'app', containers: [], ...spec } } },
});
const profile = (...selectors: object[]) => ({
  Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: 'arn:aws:iam::111122223333:role/pods', Selectors: selectors } },
});
const AUTO = { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', ComputeConfig: { Enabled: true, NodePools: ['system'], NodeRoleArn: arnOf('NodeRole') } } }, Nodes: { Type: 'AWS::SNS::Topic' } };
const chart = (name: string) => ({ Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: name, Chart: name } } });

const outcome = (resources: object, question: Partial<Question> = {}) => shown(decide(resources, { action: LIST, ...question }, { Parameters: { HostNetwork: { Type: 'String', AllowedValues: ['true', 'false'] } } }));

describe('the role of a node with a launch template', () => {
  test.each(complete([
    ['is out of reach with a hop limit of 1 and IMDSv2', templateOf(STRICT), DENIED],
    ['is in reach with a hop limit of 2', templateOf({ ...STRICT, HttpPutResponseHopLimit: 2 }), REACHABLE],
    ['is in reach with IMDSv1, whatever the hop limit is', templateOf({ ...STRICT, HttpTokens: 'optional' }), REACHABLE],
    ['may be in reach if the AMI or the account decides about IMDSv1', templateOf({ HttpPutResponseHopLimit: 1 }), MAYBE],
    ['may be in reach if the AMI or the account decides about the hop limit', templateOf({ HttpTokens: 'required' }), MAYBE],
    ['may be in reach without options', templateOf(), MAYBE],
    ['may be in reach if the hop limit is known only at deployment', templateOf({ ...STRICT, HttpPutResponseHopLimit: { Ref: 'Limit' } }), MAYBE],
    ['may be in reach if IMDSv2 is known only at deployment', templateOf({ ...STRICT, HttpTokens: { Ref: 'Tokens' } }), MAYBE],
    ['may be in reach with another version of the launch template', templateOf(STRICT, '1'), MAYBE],
    ['may be in reach with the default version of the launch template', templateOf(STRICT, '$Default'), MAYBE],
    ['may be in reach with the latest version of the launch template at the time of an update', templateOf(STRICT, '$Latest'), MAYBE],
    ['may be in reach with a launch template outside the templates', nodes({ LaunchTemplate: { Id: 'lt-1', Version: '1' } }), MAYBE],
    ['is out of reach without instance metadata', templateOf({ HttpEndpoint: 'disabled', HttpTokens: 'optional' }), DENIED],
  ]))('%s', (_, resources, expected) => {
    expect(outcome(withPods(resources))).toBe(expected);
  });
});

describe('user data of a node whose instance metadata is open', () => {
  const OPEN = { ...STRICT, HttpPutResponseHopLimit: 2 };
  const withUserData = (UserData: unknown, MetadataOptions: object = OPEN) => ({
    ...nodes({ LaunchTemplate: { Id: { Ref: 'Template' }, Version: LATEST } }),
    Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions, UserData } } },
  });
  const script = (text: unknown) => ({ 'Fn::Base64': text });
  const BLOCK = 'iptables --insert FORWARD 1 --in-interface eni+ --destination 169.254.169.254/32 --jump DROP';
  const mime = (body: unknown) => ({ 'Fn::Base64': { 'Fn::Join': ['\n', ['Content-Type: multipart/mixed; boundary="x"', '', '--x', 'Content-Transfer-Encoding: base64', '', body, '--x--']] } });

  test.each(complete([
    ['may close it for pods', withUserData(script(`#!/bin/bash\n${BLOCK}`)), MAYBE],
    ['may close it with values of the deployment', withUserData(script({ 'Fn::Sub': `# \${Cluster}\n${BLOCK}` })), MAYBE],
    ['may close it if it is encoded', withUserData(Buffer.from(BLOCK).toString('base64')), MAYBE],
    ['may close it if it is compressed', withUserData(gzipSync(BLOCK).toString('base64')), MAYBE],
    ['may close it in a part that is encoded', withUserData(mime({ 'Fn::Base64': BLOCK })), MAYBE],
    ['may close it in a part that only the deployment knows', withUserData(mime({ 'Fn::Base64': { Ref: 'Script' } })), MAYBE],
    ['may close it with another tool', withUserData(script('ip route add blackhole 169.254.169.254')), MAYBE],
    ['may close it with what only the deployment knows', withUserData(script({ Ref: 'Script' })), MAYBE],
    ['may close it with what is at another address', withUserData(script('#include\nhttps://example.com/setup.sh')), MAYBE],
    ['may keep pods away by a taint', withUserData(script('/etc/eks/bootstrap.sh prod --kubelet-extra-args --register-with-taints=gpu=true:NoSchedule')), MAYBE],
    ['may change its options', withUserData(script('aws ec2 modify-instance-metadata-options --http-put-response-hop-limit 2'), STRICT), MAYBE],
    ['leaves it open if it reads it', withUserData(script('curl http://169.254.169.254/latest/meta-data/instance-id')), REACHABLE],
    ['leaves it open if it excepts it from a proxy', withUserData(script('export NO_PROXY=localhost,169.254.169.254')), REACHABLE],
    ['leaves it open with a taint that keeps nobody away', withUserData(script('--register-with-taints=spot=true:PreferNoSchedule')), REACHABLE],
    ['leaves it open otherwise', withUserData(script({ 'Fn::Sub': '/etc/eks/bootstrap.sh ${Cluster}' })), REACHABLE],
    ['leaves it open if it is compressed and harmless', withUserData(gzipSync('/etc/eks/bootstrap.sh prod').toString('base64')), REACHABLE],
    ['leaves it open with a harmless part that is encoded', withUserData(mime({ 'Fn::Base64': '/etc/eks/bootstrap.sh prod' })), REACHABLE],
    ['opens nothing', withUserData(script(BLOCK), STRICT), DENIED],
  ]))('%s', (_, resources, expected) => {
    expect(shown(decide(withPods(resources), { action: LIST }, { Parameters: { Script: { Type: 'String' } } }))).toBe(expected);
  });

  test('is named', () => {
    expect(`${decide(withPods(withUserData(script(BLOCK))), { action: LIST })}`)
      .toContain('the hop limit is 2 in launch template Template, but the user data in launch template Template contains iptables');
  });
});

describe('the role of a node without a launch template', () => {
  test.each(complete([
    ['is in reach on Amazon Linux 2', nodes({ AmiType: 'AL2_x86_64' }), REACHABLE],
    ['is out of reach on Amazon Linux 2023', nodes({ AmiType: 'AL2023_x86_64_STANDARD' }), DENIED],
    ['may be in reach if the version of Kubernetes decides about the AMI', nodes({}), MAYBE],
    ['may be in reach if the AMI is known only at deployment', nodes({ AmiType: { Ref: 'Ami' } }), MAYBE],
    ['may be in reach with a custom AMI', nodes({ AmiType: 'CUSTOM' }), MAYBE],
    ['may be in reach of an AMI that is not documented', nodes({ AmiType: 'AL2029_x86_64' }), MAYBE],
  ]))('%s', (_, resources, expected) => {
    expect(outcome(withPods(resources))).toBe(expected);
  });
});

describe('pods with the network of their node', () => {
  const agent = daemonSet('agent', { hostNetwork: true });
  const deployment = { ...daemonSet('web', {}), kind: 'Deployment' };
  test.each(complete([
    ['reach its role', withPods(templateOf(STRICT), agent), REACHABLE],
    ['reach it with their own question', withPods(templateOf(STRICT), agent, deployment), REACHABLE, { workload: { kind: 'DaemonSet', name: 'agent' } }],
    ['are not other pods of their account', withPods(templateOf(STRICT), agent, deployment), DENIED, { workload: { kind: 'Deployment', name: 'web' } }],
    ['do not reach what is disabled', withPods(templateOf({ HttpEndpoint: 'disabled' }), agent), DENIED],
    ['may exist if only the deployment knows', withPods(templateOf(STRICT), daemonSet('agent', { hostNetwork: '${HostNetwork}' })), MAYBE],
    ['are those of the account default, if the name of the account is empty',
      withPods(templateOf(STRICT), daemonSet('agent', { hostNetwork: true, serviceAccountName: '' })), ALLOWED, { account: 'default' }],
    ['are in the namespace default, if the name of the namespace is empty',
      withPods(templateOf(STRICT), { ...agent, metadata: { name: 'agent', namespace: '' } }), REACHABLE],
    ['may be those with a network interface of Multus', withPods(templateOf(STRICT), daemonSet('agent', {}, { metadata: { annotations: { 'k8s.v1.cni.cncf.io/networks': 'eth1' } } })), MAYBE],
    ['make no difference if all pods reach the role', withPods(templateOf({ ...STRICT, HttpTokens: 'optional' }), daemonSet('agent', { hostNetwork: '${HostNetwork}' })), REACHABLE],
    ['may reach the role of nodes of EKS Auto Mode', withPods(AUTO, agent), MAYBE],
  ]))('%s', (_, resources, expected, question) => {
    expect(outcome(resources, question)).toBe(expected);
  });

  test('are named', () => {
    expect(`${decide(withPods(templateOf(STRICT), agent), { action: LIST })}`).toContain('DaemonSet default/agent');
  });
});

describe('pods', () => {
  const labels = { metadata: { labels: { run: 'fargate' } } };
  const work = (template: object = {}, spec: object = {}) => ({ ...daemonSet('work', spec, template), kind: 'Deployment' });
  const WORK = { workload: { kind: 'Deployment', name: 'work' } };
  const AL2 = nodes({ AmiType: 'AL2_x86_64' });
  const after = (DependsOn: unknown, { Objects, ...resources }: { Objects: object }) => ({ ...resources, Objects: { ...Objects, DependsOn } });
  const BARRIER = { Barrier: { Type: 'AWS::SSM::Parameter', DependsOn: ['Profile'], Properties: { Type: 'String', Value: 'ready' } } };
  test.each(complete([
    ['on Fargate have no node whose role they reach', after('Profile', withPods({ ...AL2, ...profile({ Namespace: 'default' }) }, work())), DENIED, WORK],
    ['on Fargate after something that is created after the profile', after(['Barrier'], withPods({ ...AL2, ...BARRIER, ...profile({ Namespace: 'default' }) }, work())), DENIED, WORK],
    ['that may start before their Fargate profile exists may be on nodes', withPods({ ...AL2, ...profile({ Namespace: 'default' }) }, work()), MAYBE, WORK],
    ['after another resource may be on nodes', after('Provider', withPods({ ...AL2, ...profile({ Namespace: 'default' }) }, work())), MAYBE, WORK],
    ['of a DaemonSet may be on nodes, because Fargate does not run them', withPods({ ...AL2, ...profile({ Namespace: 'default' }) }, daemonSet('work', {})), MAYBE, { workload: { kind: 'DaemonSet', name: 'work' } }],
    ...['nodeName', 'schedulerName'].map((name): [string, object, string, object] => [
      `of a Fargate profile that have ${name} may be on nodes`, withPods({ ...AL2, ...profile({ Namespace: 'default' }) }, work({}, { [name]: 'other' })), MAYBE, WORK,
    ]),
    ['of a Fargate profile that have the default scheduler are not', after('Profile', withPods({ ...AL2, ...profile({ Namespace: 'default' }) }, work({}, { schedulerName: 'default-scheduler' }))), DENIED, WORK],
    ['on Fargate have it by labels', after('Profile', withPods({ ...AL2, ...profile({ Namespace: 'default', Labels: [{ Key: 'run', Value: 'fargate' }] }) }, work(labels))), DENIED, WORK],
    ['of which the labels differ are on nodes', withPods({ ...AL2, ...profile({ Namespace: 'default', Labels: [{ Key: 'run', Value: 'fargate' }] }) }, work()), REACHABLE, WORK],
    ['of an account can be on nodes, too', withPods({ ...AL2, ...profile({ Namespace: 'default', Labels: [{ Key: 'run', Value: 'fargate' }] }) }, work(labels)), REACHABLE],
    ['of other namespaces are on nodes', withPods({ ...AL2, ...profile({ Namespace: 'other' }) }, work()), REACHABLE, WORK],
    ['of EKS Auto Mode do not reach the role of their node', withPods(AUTO), DENIED],
    ['of a cluster with Karpenter may be on any node', withPods({ ...templateOf(STRICT), ...chart('karpenter') }), MAYBE],
    ['of a cluster with another chart are on the nodes of the templates', withPods({ ...templateOf(STRICT), ...chart('ingress') }), DENIED],
    ['of a cluster with a node pool may be on any node', withPods(templateOf(STRICT), { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'default' }, spec: {} }), MAYBE],
    ['of a cluster without nodes may be on nodes of other templates', withPods({ Nodes: { Type: 'AWS::SNS::Topic' } }), MAYBE],
    ['of a cluster with only Fargate have no nodes', withPods({ Nodes: { Type: 'AWS::SNS::Topic' }, ...profile({ Namespace: '*' }) }), DENIED],
    ['of a cluster without Karpenter are on the nodes of the templates', withPods(templateOf(STRICT), job('work', 'app')), DENIED],
  ]))('%s', (_, resources, expected, question) => {
    expect(outcome(resources, question)).toBe(expected);
  });
});

test('a node has its own role', () => {
  expect(outcome(withPods(templateOf(STRICT)), { node: 'nodes' })).toBe(ALLOWED);
});

describe('on nodes that AWS Batch adds for jobs of a namespace, the role of the nodes', () => {
  const environment = (KubernetesNamespace: string, MetadataOptions: object) => ({
    NodeProfile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'NodeRole' }] } },
    Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions } } },
    Environment: {
      Type: 'AWS::Batch::ComputeEnvironment',
      Properties: {
        EksConfiguration: { EksClusterArn: arnOf('Cluster'), KubernetesNamespace },
        ComputeResources: { Type: 'EC2', InstanceRole: { Ref: 'NodeProfile' }, LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: LATEST } },
      },
    },
  });

  test.each<[string, object, string]>([
    ['can be used by a job, which shares the network of its node by default', environment('default', STRICT), MAYBE],
    ['cannot be used by pods of other namespaces if the hop limit is 1', environment('jobs', STRICT), DENIED],
    ['is not certain to be used by pods that the taints of the nodes keep away', environment('jobs', { HttpTokens: 'optional' }), MAYBE],
  ])('%s', (_, resources, expected) => {
    expect(shown(decide(withPods(resources), { action: LIST }))).toBe(expected);
  });
});
