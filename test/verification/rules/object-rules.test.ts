import { broken, Resources } from './broken-rules';
import { association, objects, podIdentityTrust, role } from '../templates';

describe('chart-without-vpc', () => {
  const chart = (Values: object | undefined, Chart = 'aws-load-balancer-controller'): Resources => ({
    Chart: {
      Type: 'Custom::AWSCDK-EKS-HelmChart',
      Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'lbc', Chart, Values: Values && { 'Fn::Sub': [JSON.stringify(Values), {}] } },
    },
  });

  test.each<[string, Resources]>([
    ['no values', chart(undefined)],
    ['values without the VPC', chart({ clusterName: 'prod', region: 'eu-west-1' })],
    ['a chart of a registry', chart({}, 'oci://public.ecr.aws/charts/aws-load-balancer-controller')],
  ])('finds a chart with %s', (_, resources) => {
    expect(broken(resources)).toEqual([['chart-without-vpc', 'Chart']]);
  });

  test.each<[string, Resources]>([
    ['both values', chart({ region: 'eu-west-1', vpcId: 'vpc-1' })],
    ['the tags of the VPC', chart({ vpcTags: { team: 'a' } })],
    ['the network of the node', chart({ hostNetwork: true })],
    ['values that only the deployment knows', { Chart: { ...chart({}).Chart, Properties: { ...chart({}).Chart.Properties, Values: { Ref: 'Values' } } } }],
    ['another name', chart({}, 'external-dns')],
  ])('does not find a chart with %s', (_, resources) => {
    expect(broken(resources, { Parameters: { Values: { Type: 'String' } } })).toEqual([]);
  });

  test('does not find a chart in a cluster that may have other nodes', () => {
    const cluster = { Parameters: { Existing: { Type: 'String' } } };
    expect(broken({ Chart: { ...chart({}).Chart, Properties: { ...chart({}).Chart.Properties, ClusterName: { Ref: 'Existing' } } } }, cluster)).toEqual([]);
  });
});

describe('blocked-agent', () => {
  const policy = (spec: object, metadata: object = {}) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'deny', ...metadata }, spec });
  const denying = { podSelector: {}, policyTypes: ['Egress'] };
  const found = (...documents: object[]) => broken({
    Role: role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } })),
    Association: association('app', 'Role'),
    Objects: objects(...documents),
  });
  const to = (...peers: object[]) => ({ ...denying, egress: [{ to: peers }] });

  test.each<[string, object]>([
    ['nothing', denying],
    ['other pods', to({ namespaceSelector: {} })],
    ['other addresses', to({ ipBlock: { cidr: '10.0.0.0/8' } }, { ipBlock: { cidr: '2001:db8::/32' } })],
    ['all addresses except that of the agent', to({ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } })],
    ['something, without types', { podSelector: {}, egress: [{ to: [{ podSelector: {} }] }] }],
  ])('finds a policy that allows egress to %s', (_, spec) => {
    expect(found(policy(spec))).toEqual([['blocked-agent', 'Objects']]);
  });

  test.each<[string, object[]]>([
    ['allows the agent', [policy(to({ ipBlock: { cidr: '169.254.170.23/32' } }))]],
    ['allows the agent in a cluster with IPv6', [policy(to({ ipBlock: { cidr: 'fd00:ec2::23/128' } }))]],
    ['allows all destinations', [policy({ ...denying, egress: [{}] })]],
    ['allows what only the deployment knows', [policy({ ...denying, egress: [{ to: [{ ipBlock: '${Block}' }] }] })]],
    ['is beside one of Cilium', [policy(denying), { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'allow' }, spec: {} }]],
    ['limits ingress only', [policy({ podSelector: {}, policyTypes: ['Ingress'] })]],
    ['is for some pods', [policy({ ...denying, podSelector: { matchLabels: { app: 'other' } } })]],
    ['is in another namespace', [policy(denying, { namespace: 'other' })]],
    ['has another beside it that allows the agent to some pods', [policy(denying), policy({ ...to({ ipBlock: { cidr: '169.254.0.0/16' } }), podSelector: { matchLabels: { app: 'app' } } })]],
    ['is for pods in the network of their node', [policy(denying), { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app' }, spec: { serviceAccountName: 'app', hostNetwork: true } }]],
  ])('does not find a policy that %s', (_, documents) => {
    expect(found(...documents)).toEqual([]);
  });
});
