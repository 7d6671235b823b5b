import { verification } from '../../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../../templates';

const OF_NODE = 'sqs:ListQueues';
const OF_OTHERS = 's3:ListAllMyBuckets';
const CLOSED = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const accessTo = (UserData: string, MetadataOptions: object = CLOSED) => verification.PodAccess.fromTemplates(clusterTemplate({
  NodeRole: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, allow(OF_NODE)),
  Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions, UserData: { 'Fn::Base64': UserData } } } },
  Nodes: {
    Type: 'AWS::EKS::Nodegroup',
    Properties: {
      ClusterName: { Ref: 'Cluster' },
      NodeRole: arnOf('NodeRole'),
      LaunchTemplate: { Id: { Ref: 'Launch' }, Version: { 'Fn::GetAtt': ['Launch', 'LatestVersionNumber'] } },
    },
  },
  Other: accountRole('ops:other', allow(OF_OTHERS)),
  Applied: objects(account('app'), account('other', 'Other', 'ops')),
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' });
const nodeConfig = (config: string) => [
  'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="//"', '', '--//', 'Content-Type: application/node.eks.aws', '', '---',
  'apiVersion: node.eks.aws/v1alpha1', 'kind: NodeConfig', 'spec:', '  kubelet:', '    config:', config, '', '--//--',
].join('\n');
const encoded = (part: string) => `Content-Type: text/x-shellscript\nContent-Transfer-Encoding: base64\n\n${Buffer.from(part).toString('base64')}`;
const bootstrap = (flags: string) => `#!/bin/bash\n/etc/eks/bootstrap.sh prod --kubelet-extra-args '${flags}'`;

test.each<[string, string, string]>([
  ['a kubelet that allows everything', nodeConfig('      authorization:\n        mode: AlwaysAllow'), 'UNKNOWN'],
  ['flags of such a kubelet', bootstrap('--anonymous-auth=true --authorization-mode=AlwaysAllow'), 'UNKNOWN'],
  ['such flags in Base64', encoded(bootstrap('--authorization-mode=AlwaysAllow')), 'UNKNOWN'],
  ['Docker on a port', '#!/bin/bash\necho \'{"hosts":["tcp://0.0.0.0:2375","unix:///var/run/docker.sock"]}\' > /etc/docker/daemon.json', 'UNKNOWN'],
  ['the daemon of Docker on a port', '#!/bin/bash\ndockerd -H tcp://0.0.0.0:2375 &', 'UNKNOWN'],
  ['containerd on a port', '#!/bin/bash\ncat <<E >> /etc/containerd/config.toml\n[grpc]\n  tcp_address = "0.0.0.0:1234"\nE', 'UNKNOWN'],
  ['a socket on a port', '#!/bin/bash\nsocat TCP-LISTEN:2375,fork UNIX-CONNECT:/run/containerd/containerd.sock &', 'UNKNOWN'],
  ['other settings of the kubelet', nodeConfig('      maxPods: 20\n      authorization:\n        mode: Webhook'), 'DENIED'],
  ['a port that only reads', bootstrap('--read-only-port=10255 --anonymous-auth=true'), 'DENIED'],
  ['Docker for the node itself', '#!/bin/bash\ndockerd -H tcp://127.0.0.1:2375 &', 'DENIED'],
  ['a client of Docker', '#!/bin/bash\nexport DOCKER_HOST=tcp://build.example.com:2375', 'DENIED'],
  ['containerd without a port', '#!/bin/bash\necho \'tcp_address = ""\' >> /etc/containerd/config.toml', 'DENIED'],
])('pods might act as a node whose user data has %s, or not', (_, userData, outcome) => {
  for (const action of [OF_NODE, OF_OTHERS]) {
    expect(accessTo(userData).decide(action).outcome).toBe(outcome);
  }
});

test('pods might get tokens of others from an open node without instance metadata, too, and the answer says why', () => {
  const decision = accessTo(bootstrap('--authorization-mode=AlwaysAllow'), { HttpEndpoint: 'disabled' }).decide(OF_OTHERS);
  expect([decision.outcome, accessTo(bootstrap('--v=2'), { HttpEndpoint: 'disabled' }).decide(OF_OTHERS).outcome]).toEqual(['UNKNOWN', 'DENIED']);
  expect(JSON.stringify(accessTo(bootstrap('--authorization-mode=AlwaysAllow')).decide(OF_NODE).answers))
    .toContain('the user data in launch template Launch may open the node to pods: it contains AlwaysAllow');
});
