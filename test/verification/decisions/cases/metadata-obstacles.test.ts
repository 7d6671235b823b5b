import { complete, decide, Question, reader, REACHABLE, shown } from './questions';
import { account, objects } from '../../templates';

/** What the role of the nodes of `clusterTemplate` allows. */
const LIST = 'sqs:ListQueues';
const MAYBE = 'UNKNOWN, by default DENIED';

/** Nodes whose instance metadata is open to pods. */
const nodes = (properties: object = {}) => ({
  Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: { 'Fn::GetAtt': ['NodeRole', 'Arn'] }, AmiType: 'AL2_x86_64', ...properties } },
});
const withObjects = (resources: object, ...documents: object[]) => ({ ...reader(), ...resources, Objects: objects(account('app', 'Reader'), ...documents) });
const pod = (spec: object = {}, labels: object = { app: 'web' }) =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default', labels }, spec: { serviceAccountName: 'app', containers: [], ...spec } });
const WEB = { workload: { kind: 'Pod', name: 'web' } };
const decideAbout = (resources: object, question: Partial<Question> = {}) =>
  decide(resources, { action: LIST, ...question }, { Parameters: { Label: { Type: 'String', AllowedPattern: '^[0-9./]+$' } } });

describe('a policy of the network', () => {
  const policy = (spec: object, namespace = 'default') => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'closed', namespace }, spec });
  const egress = (to: object[] | undefined, more: object = {}) => ({ podSelector: {}, policyTypes: ['Egress'], egress: [{ ...to && { to }, ...more }] });
  const exceptMetadata = egress([{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }]);
  const other = (kind: string, spec: object, metadata: object = { namespace: 'default' }) => ({ apiVersion: 'cilium.io/v2', kind, metadata: { name: 'closed', ...metadata }, spec });
  const question = (documents: object[], workload: Partial<Question> = {}) => decideAbout(withObjects(nodes(), pod(), ...documents), workload);

  test.each(complete([
    ['may keep all pods of its namespace from it', [policy(exceptMetadata)], MAYBE],
    ['may do so by allowing nothing', [policy({ podSelector: {}, policyTypes: ['Egress'] })], MAYBE],
    ['may do so by allowing a port', [policy(egress(undefined, { ports: [{ port: 53, protocol: 'UDP' }] }))], MAYBE],
    ['may do so by allowing other ports', [policy(egress(undefined, { ports: [{ port: 443 }, { port: 8000, endPort: 9000 }] }))], MAYBE],
    ['may do so by allowing a port that only pods know', [policy(egress(undefined, { ports: [{ port: 'web' }] }))], MAYBE],
    ['does not keep pods from it by allowing its port', [policy(egress(undefined, { ports: [{ port: 443 }, { port: 80, protocol: 'TCP' }] }))], REACHABLE],
    ['does not keep pods from it by allowing all ports of TCP', [policy(egress(undefined, { ports: [{ protocol: 'TCP' }] }))], REACHABLE],
    ['may do so by allowing what only the deployment knows', [policy(egress([{ ipBlock: { cidr: '${Label}' } }]))], MAYBE],
    ['may keep some pods from it, and not others of the account', [policy({ ...exceptMetadata, podSelector: { matchLabels: { app: 'web' } } })], REACHABLE],
    ['may keep pods from it by their labels', [policy({ ...exceptMetadata, podSelector: { matchLabels: { app: 'web' } } })], MAYBE, WEB],
    ['may keep pods from it by expressions', [policy({ ...exceptMetadata, podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } })], MAYBE, WEB],
    ['is not for pods with other labels', [policy({ ...exceptMetadata, podSelector: { matchLabels: { app: 'other' } } })], REACHABLE, WEB],
    ['is not for other namespaces', [policy(exceptMetadata, 'other')], REACHABLE],
    ['does not keep pods from it if it limits ingress only', [policy({ podSelector: {}, policyTypes: ['Ingress'] })], REACHABLE],
    ['does not keep pods from it if it allows all addresses', [policy(egress([{ ipBlock: { cidr: '0.0.0.0/0' } }]))], REACHABLE],
    ['does not keep pods from it if another one allows it', [policy({ podSelector: {}, policyTypes: ['Egress'] }), policy({ ...egress(undefined), podSelector: { matchLabels: { app: 'web' } } })], REACHABLE, WEB],
    ['of Cilium may keep pods from it', [other('CiliumNetworkPolicy', { endpointSelector: {}, egressDeny: [{ toCIDR: ['169.254.169.254/32'] }] })], MAYBE],
    ['of Cilium for the cluster may keep pods from it', [other('CiliumClusterwideNetworkPolicy', { egress: [{}] }, {})], MAYBE],
    ['of Calico may keep pods from it', [other('GlobalNetworkPolicy', { types: ['Egress'] }, {})], MAYBE],
    ['of Cilium for another namespace does not keep pods from it', [other('CiliumNetworkPolicy', { egress: [{}] }, { namespace: 'other' })], REACHABLE],
    ['of Calico for ingress does not keep pods from it', [other('GlobalNetworkPolicy', { types: ['Ingress'] }, {})], REACHABLE],
  ] as Array<[string, any, string, Partial<Question>?]>))('%s', (_, documents, expected, workload) => {
    expect(shown(question(documents as object[], workload))).toBe(expected);
  });

  test('may be for pods in the network of their node, about which Kubernetes leaves it open', () => {
    expect(shown(decideAbout(withObjects(nodes(), pod({ hostNetwork: true }), policy(exceptMetadata)), WEB))).toBe(MAYBE);
  });

  test('is named', () => {
    expect(question([policy(exceptMetadata)]).missing).toContain('whether NetworkPolicy default/closed keeps the pods from the instance metadata of nodegroup Nodes');
  });
});

describe('another network plugin', () => {
  const chart = (Chart: string) => ({ Plugin: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'plugin', Namespace: 'kube-system', Chart } } });
  const installation = { apiVersion: 'operator.tigera.io/v1', kind: 'Installation', metadata: { name: 'default' }, spec: {} };
  const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'cilium', namespace: 'argocd' }, spec: { source: { chart: 'cilium' } } };

  test.each(complete([
    ['may keep pods from the instance metadata', withObjects({ ...nodes(), ...chart('cilium') }, pod()), MAYBE, WEB],
    ['may do so for all pods of an account', withObjects({ ...nodes(), ...chart('oci://quay.io/cilium/charts/cilium') }), MAYBE],
    ['may come from an operator', withObjects(nodes(), pod(), installation), MAYBE, WEB],
    ['may come from Argo CD', withObjects(nodes(), pod(), application), MAYBE, WEB],
    ['does not matter to pods in the network of their node', withObjects({ ...nodes(), ...chart('cilium') }, pod({ hostNetwork: true })), REACHABLE, WEB],
    ['is not in other charts', withObjects({ ...nodes(), ...chart('external-dns') }, pod()), REACHABLE, WEB],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decideAbout(resources, question))).toBe(expected);
  });

  test('is named', () => {
    expect(decideAbout(withObjects({ ...nodes(), ...chart('cilium') }, pod()), WEB).missing)
      .toContain('whether pods reach the instance metadata of nodegroup Nodes with the network plugin of HelmChart plugin');
  });
});

describe('the nodes on which pods run', () => {
  const taints = (Effect = 'NO_SCHEDULE', more: object = { Value: 'true' }) => nodes({ Taints: [{ Key: 'gpu', Effect, ...more }] });
  const tolerating = (toleration: object) => ({ tolerations: [toleration] });
  const affinity = (...matchExpressions: object[]) =>
    ({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } } } });
  const pool = (taint: object[]) => ({
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'gpu' },
    spec: { template: { metadata: { labels: { size: 'big' } }, spec: { taints: taint, nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'gpu' } } } },
  });
  const SANDBOXED = { runtimeClassName: 'gvisor' };
  const runtimeClass = (scheduling: object | undefined, name = 'gvisor') => ({ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name }, handler: 'runsc', scheduling });
  const nodeClass = { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'gpu' }, spec: { role: '${NodeRole}', metadataOptions: { httpPutResponseHopLimit: 2 } } };
  const CLOSED = nodes({ AmiType: 'AL2023_x86_64_STANDARD' });

  test.each(complete([
    ['may be others, because of a taint', withObjects(taints(), pod()), MAYBE],
    ['may be others, because of a taint that evicts pods', withObjects(taints('NO_EXECUTE'), pod()), MAYBE, WEB],
    ['may be others, because of taints that only the deployment knows', withObjects(nodes({ Taints: { Ref: 'Label' } }), pod()), MAYBE, WEB],
    ['are these with a taint that only prefers others', withObjects(taints('PREFER_NO_SCHEDULE'), pod()), REACHABLE, WEB],
    ['are these if pods tolerate the taint', withObjects(taints(), pod(tolerating({ key: 'gpu', value: 'true', effect: 'NoSchedule' }))), REACHABLE, WEB],
    ['are these for an account if some of its pods tolerate the taint', withObjects(taints(), pod(tolerating({ key: 'gpu', operator: 'Exists' }))), REACHABLE],
    ['are these if pods tolerate all taints', withObjects(taints(), pod(tolerating({ operator: 'Exists' }))), REACHABLE, WEB],
    ['are these if pods tolerate a taint without a value', withObjects(taints('NO_SCHEDULE', {}), pod(tolerating({ key: 'gpu', operator: 'Equal', effect: 'NoSchedule' }))), REACHABLE, WEB],
    ['may be others if pods tolerate another value', withObjects(taints(), pod(tolerating({ key: 'gpu', value: 'false' }))), MAYBE, WEB],
    ['may be others if pods tolerate another effect', withObjects(taints(), pod(tolerating({ key: 'gpu', value: 'true', effect: 'NoExecute' }))), MAYBE, WEB],
    ['may be others if pods select another nodegroup', withObjects(nodes(), pod({ nodeSelector: { 'eks.amazonaws.com/nodegroup': 'other' } })), MAYBE, WEB],
    ['may be others if pods select a label that the templates do not show', withObjects(nodes(), pod({ nodeSelector: { disk: 'ssd' } })), MAYBE, WEB],
    ['are these if pods select their labels', withObjects(nodes({ Labels: { disk: 'ssd' } }),
      pod({ nodeSelector: { 'disk': 'ssd', 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', 'eks.amazonaws.com/nodegroup': 'nodes' } })), REACHABLE, WEB],
    ['may be others if a RuntimeClass selects another nodegroup', withObjects(nodes(), pod(SANDBOXED), runtimeClass({ nodeSelector: { 'eks.amazonaws.com/nodegroup': 'other' } })), MAYBE, WEB],
    ['may be others if pods and a RuntimeClass select them', withObjects(nodes(), pod({ ...SANDBOXED, nodeSelector: { disk: 'ssd' } }), runtimeClass({ nodeSelector: {} })), MAYBE, WEB],
    ['are these if a RuntimeClass tolerates the taint', withObjects(taints(), pod(SANDBOXED), runtimeClass({ tolerations: [{ key: 'gpu', operator: 'Exists' }] })), REACHABLE, WEB],
    ['are these if a RuntimeClass selects none', withObjects(nodes(), pod(SANDBOXED), runtimeClass(undefined)), REACHABLE, WEB],
    ['are these if another RuntimeClass selects others', withObjects(nodes(), pod(SANDBOXED), runtimeClass({ nodeSelector: { disk: 'ssd' } }, 'other')), REACHABLE, WEB],
    ['are these for other pods of the account', withObjects(nodes(), pod({ nodeSelector: { disk: 'ssd' } })), REACHABLE],
    ['may be others if pods name a node', withObjects(nodes(), pod({ nodeName: 'ip-10-0-0-1' })), MAYBE, WEB],
    ['may be others if pods require it', withObjects(nodes(), pod(affinity({ key: 'disk', operator: 'In', values: ['ssd'] }))), MAYBE, WEB],
    ['are these if pods require their labels', withObjects(nodes(), pod(affinity({ key: 'kubernetes.io/os', operator: 'In', values: ['linux', 'windows'] }))), REACHABLE, WEB],
    ['are these if pods only prefer others', withObjects(nodes(), pod({ affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } } })), REACHABLE, WEB],
    ['may be others than those of a tainted pool of Karpenter', withObjects(CLOSED, pod(), nodeClass, pool([{ key: 'gpu', effect: 'NoSchedule' }])), MAYBE, WEB],
    ['are those of a pool of Karpenter without taints', withObjects(CLOSED, pod(), nodeClass, pool([])), REACHABLE, WEB],
    ['are those of a pool of Karpenter that pods select', withObjects(CLOSED, pod({ nodeSelector: { 'karpenter.sh/nodepool': 'gpu', 'size': 'big' } }), nodeClass, pool([])), REACHABLE, WEB],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decideAbout(resources, question))).toBe(expected);
  });

  test('are named', () => {
    expect(decideAbout(withObjects(taints(), pod()), WEB).missing).toContain('whether the pods run on nodes of nodegroup Nodes: they do not tolerate the taint gpu');
    expect(decideAbout(withObjects(nodes(), pod({ nodeSelector: { disk: 'ssd' } })), WEB).missing)
      .toContain('whether the pods run on nodes of nodegroup Nodes: they select nodes by the label disk');
  });
});
