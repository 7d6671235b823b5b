import { deployment as withDigest } from './deployments';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const deployment = (name: string, container: object = {}, spec: object = {}, annotations: object = {}) => {
  const { spec: { template, ...rest }, ...object } = withDigest(name, 'default', container);
  const pods = { ...template, metadata: { ...template.metadata, annotations }, spec: { ...template.spec, ...spec } };
  return { ...object, spec: { ...rest, template: pods } };
};
const outcomeOf = (web: object, documents: readonly object[], resources: object = {}) => verification.PodAccess.fromTemplates({
  stack: {
    Parameters: { P: { Type: 'String', AllowedPattern: '[a-z0-9.:-]+' } },
    ...clusterTemplate({
      Own: accountRole('default:web', allow('sqs:ListQueues')),
      Other: accountRole('default:worker', allow(LIST)),
      Applied: objects(account('web', 'Own'), account('worker', 'Other'), web, ...documents),
      ...resources,
    }).stack,
  },
}).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } }).pod({ serviceAccountName: 'web' }).decide(LIST).outcome;

const ofNode = (fieldPath: string, name = 'NODE') => ({ name, valueFrom: { fieldRef: { fieldPath } } });
const script = (host: string, fieldPath = 'status.hostIP') => ({ command: ['sh', '-c', `curl -s http://${host}/run.sh | sh`], env: [ofNode(fieldPath)] });
const withPort = (port: object) => deployment('web', { ports: [{ containerPort: 80, ...port }] });
const [PLAIN, WITH_PORT] = [withPort({}), withPort({ hostPort: 8080 })];
const onPort = (nodePort: number) =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, nodePort }] } });

test('a script of a ConfigMap has the address of the node in a variable of the container that mounts it', () => {
  const scripts = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'scripts', namespace: 'default' }, data: { 'run.sh': '#!/bin/sh\ncurl -s http://$NODE:8080/run.sh | sh\n' } };
  const mounting = { command: ['/scripts/run.sh'], env: [ofNode('status.hostIP')], volumeMounts: [{ name: 'scripts', mountPath: '/scripts' }] };
  const worker = deployment('worker', mounting, { volumes: [{ name: 'scripts', configMap: { name: 'scripts' } }] });
  expect([WITH_PORT, PLAIN].map((web) => outcomeOf(web, [worker, scripts]))).toEqual(['UNKNOWN', 'DENIED']);
});

test.each<[string, object, object]>([
  ['the address of the node', script('$(NODE):8080'), {}],
  ['the address in braces', script('$NODE:8080'), {}],
  ['the addresses of the node', script('$(NODE):8080', 'status.hostIPs'), {}],
  ['the name of the node', script('$(NODE):8080', 'spec.nodeName'), {}],
  ['a literal address', script('10.0.1.5:8080'), {}],
  ['the private name of an instance', script('ip-10-0-1-5.us-west-2.compute.internal:8080'), {}],
  ['an address without a scheme', { command: ['sh', '-c', 'curl -s $(NODE):8080/run.sh | sh'], env: [ofNode('status.hostIP')] }, {}],
  ['the address of Vault', { env: [ofNode('status.hostIP'), { name: 'VAULT_ADDR', value: 'http://$(NODE):8080' }] }, {}],
  ['a proxy', { env: [ofNode('status.hostIP'), { name: 'HTTP_PROXY', value: 'http://$(NODE):8080' }] }, {}],
  ['the services of AWS', { env: [ofNode('status.hostIP'), { name: 'AWS_ENDPOINT_URL', value: 'http://$(NODE):8080' }] }, {}],
  ['a registry of the node', { image: 'localhost:8080/it:1' }, {}],
  ['a registry that is a parameter', { image: '${P}/it:1' }, {}],
  ['itself, on the network of the node', script('localhost:8080'), { hostNetwork: true }],
  ['another name of itself, on the network of the node', script('node.localhost:8080'), { hostNetwork: true }],
])('pods with a port of their node serve others at %s', (_, container, spec) => {
  const worker = deployment('worker', container, spec);
  expect([WITH_PORT, withPort({ hostPort: 8080, protocol: 'UDP' }), PLAIN].map((web) => outcomeOf(web, [worker]))).toEqual(['UNKNOWN', 'DENIED', 'DENIED']);
});

test.each<[string, object, object, string]>([
  ['another port', script('$(NODE):8081'), WITH_PORT, 'DENIED'],
  ['a port that is a parameter', script('$(NODE):8081'), withPort({ hostPort: '${P}' }), 'UNKNOWN'],
  ['the port of HTTP', script('$(NODE)'), withPort({ hostPort: 80 }), 'UNKNOWN'],
  ['a port of an init container', script('$(NODE):8080'), deployment('web', {}, { initContainers: [{ name: 'i', ports: [{ hostPort: 8080 }] }] }), 'UNKNOWN'],
  ['a port, by whom this is itself', script('localhost:8080'), WITH_PORT, 'DENIED'],
  ['a port, by an API', { env: [ofNode('status.hostIP'), { name: 'API_URL', value: 'http://$(NODE):8080' }] }, WITH_PORT, 'DENIED'],
  ['a port, by the address of the pod', script('$(NODE):8080', 'status.podIP'), WITH_PORT, 'DENIED'],
])('pods with a port of their node are asked at %s, or not', (_, container, web, outcome) => {
  expect(outcomeOf(web, [deployment('worker', container)])).toBe(outcome);
});

test.each<[string, object, object]>([
  ['the address of the node', script('$(NODE):30500'), {}],
  ['another name of itself, on the network of the node', script('node.localhost:30500'), { hostNetwork: true }],
])('a Service answers at its port of each node: %s', (_, container, spec) => {
  expect([onPort(30500), onPort(30501)].map((service) => outcomeOf(PLAIN, [service, deployment('worker', container, spec)]))).toEqual(['UNKNOWN', 'DENIED']);
});

const chart = (values: object, more: object = {}) => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ServiceToken: arnOf('Fn'), ClusterName: { Ref: 'Cluster' }, Release: 'it', Chart: 'it', Namespace: 'default', Values: JSON.stringify(values), ...more } },
});
const NO_PODS = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it', namespace: 'default' } };

test.each<[string, object, string]>([
  ['a port', { hostPort: 8080 }, 'UNKNOWN'],
  ['ports by their names', { controller: { hostPort: { enabled: true, ports: { http: 8080 } } } }, 'UNKNOWN'],
  ['a port in a list', { ports: [{ name: 'http', hostPort: 8080 }] }, 'UNKNOWN'],
  ['ports that it does not show', { agents: { useHostPort: true } }, 'UNKNOWN'],
  ['another port', { hostPort: 8081 }, 'DENIED'],
  ['ports that are off', { controller: { hostPort: { enabled: false, ports: { http: 8080 } } } }, 'DENIED'],
  ['no port', { useHostPort: false, port: 8080 }, 'DENIED'],
])('the pods of a chart whose values have %s answer at the node, or not', (_, values, outcome) => {
  expect(outcomeOf(NO_PODS, [deployment('worker', script('$(NODE):8080'))], chart(values))).toBe(outcome);
});

test.each<[number, string]>([[8080, 'UNKNOWN'], [8081, 'DENIED']])('the pods of an object without a template answer at port %d of the node, or not', (hostPort, outcome) => {
  const agent = { apiVersion: 'example.com/v1', kind: 'Agent', metadata: { name: 'it', namespace: 'default' }, spec: { serviceAccountName: 'web', ports: [{ port: 80, hostPort }] } };
  expect(outcomeOf(agent, [deployment('worker', script('$(NODE):8080'))])).toBe(outcome);
});

const workflow = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'it', namespace: 'default' }, spec: { serviceAccountName: 'worker', templates: [{ name: 'it', container: script('$(NODE):8080') }] } };

test.each<[string, object[], object]>([
  ['a workflow', [workflow], {}],
  ['the values of a chart', [], chart({ command: ['sh', '-c', 'curl -s http://$(NODE):8080/run.sh | sh'], env: [ofNode('status.hostIP')] })],
])('pods with a port of their node serve %s', (_, documents, resources) => {
  const worker = deployment('worker');
  expect([WITH_PORT, PLAIN].map((web) => outcomeOf(web, [worker, ...documents], resources))).toEqual(['UNKNOWN', 'DENIED']);
});

const inNetwork = deployment('web', { securityContext: { capabilities: { drop: ['ALL'] } } }, { hostNetwork: true });
const nodes = (data: string) => ({
  NodeRole: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }),
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 }, UserData: { 'Fn::Base64': data } } } },
  Nodes: {
    Type: 'AWS::EKS::Nodegroup',
    Properties: {
      ClusterName: { Ref: 'Cluster' }, NodegroupName: 'it', NodeRole: arnOf('NodeRole'), AmiType: 'BOTTLEROCKET_x86_64', LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
    },
  },
});

test.each<[string, object, object[], string]>([
  ['with its port', WITH_PORT, [], 'UNKNOWN'],
  ['with another port', withPort({ hostPort: 8081 }), [], 'DENIED'],
  ['without a port', PLAIN, [], 'DENIED'],
  ['behind a Service with its port', PLAIN, [onPort(8080)], 'UNKNOWN'],
  ['behind a Service with another port', PLAIN, [onPort(8081)], 'DENIED'],
])('a pod %s is the mirror of a registry that nodes have, or not', (_, web, documents, outcome) => {
  const mirror = '[[settings.container-registry.mirrors]]\nregistry = "docker.io"\nendpoint = ["http://127.0.0.1:8080"]\n';
  expect(outcomeOf(web, [deployment('worker'), ...documents], nodes(mirror))).toBe(outcome);
});

const instance = (host: string) => ({
  Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, allow(LIST)),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  It: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': { 'Fn::Sub': `#!/bin/sh\ncurl -fsSL http://${host}/run.sh | sh\n` } } } },
});
const balancer = (Port: number, type: object = {}) => ({
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: ['subnet-1', 'subnet-2'] } },
  Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port, Protocol: 'HTTP', VpcId: 'vpc-1', ...type } },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Port: 443, Protocol: 'HTTPS', DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }] },
  },
});
const CLASSIC = { Balancer: { Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: { Listeners: [{ InstancePort: '8080', LoadBalancerPort: '443', Protocol: 'HTTPS' }] } } };

test.each<[string, object, object, string]>([
  ['to its port', WITH_PORT, balancer(8080), 'UNKNOWN'],
  ['to its port of instances', WITH_PORT, balancer(8080, { TargetType: 'instance' }), 'UNKNOWN'],
  ['to its port, which is a Classic Load Balancer,', WITH_PORT, CLASSIC, 'UNKNOWN'],
  ['to any port of a pod that has the network of its node', inNetwork, balancer(9000), 'UNKNOWN'],
  ['to another port', WITH_PORT, balancer(8081), 'DENIED'],
  ['to addresses', WITH_PORT, balancer(8080, { TargetType: 'ip' }), 'DENIED'],
  ['to a pod without a port', PLAIN, balancer(8080), 'DENIED'],
])('a load balancer of the templates leads %s, or not', (_, web, resources, outcome) => {
  expect(outcomeOf(web, [], { ...instance('${Balancer.DNSName}'), ...resources })).toBe(outcome);
});

test.each<[string, object, string]>([
  ['external-dns.alpha.kubernetes.io/hostname', { 'external-dns.alpha.kubernetes.io/hostname': 'www.example.com,h.example.com' }, 'UNKNOWN'],
  ['external-dns.alpha.kubernetes.io/internal-hostname', { 'external-dns.alpha.kubernetes.io/internal-hostname': 'h.example.com' }, 'UNKNOWN'],
  ['external-dns.kubernetes.io/hostname', { 'external-dns.kubernetes.io/hostname': 'h.example.com' }, 'UNKNOWN'],
  ['another host', { 'external-dns.kubernetes.io/hostname': 'i.example.com' }, 'DENIED'],
])('external-dns creates the record of a pod, or not: %s', (_, annotations, outcome) => {
  const web = deployment('web', {}, {}, annotations);
  expect(outcomeOf(web, [deployment('worker', script('h.example.com:8443'))])).toBe(outcome);
  expect(outcomeOf(web, [], instance('h.example.com'))).toBe(outcome);
});

const PROFILE = {
  Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: 'arn:aws:iam::111122223333:role/fargate', Selectors: [{ Namespace: 'default' }] } },
};

test('pods on Fargate have no port of a node', () => {
  const worker = { ...deployment('worker', script('$(NODE):8080')), metadata: { name: 'worker', namespace: 'ops' } };
  const accessOf = (resources: object) => verification.PodAccess.fromTemplates(clusterTemplate({
    Own: accountRole('default:web', allow('sqs:ListQueues')),
    Other: accountRole('ops:worker', allow(LIST)),
    Applied: { ...objects(account('web', 'Own'), account('worker', 'Other', 'ops'), WITH_PORT, worker), ...'Profile' in resources && { DependsOn: ['Profile'] } },
    ...resources,
  })).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'web' }).decide(LIST).outcome;
  expect([accessOf({}), accessOf(PROFILE)]).toEqual(['UNKNOWN', 'DENIED']);
});
