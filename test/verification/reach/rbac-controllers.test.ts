import { account, accountRole, allow } from '../templates';
import { accessTo, APP, clusterRole, decide, everywhere, LIST, RBAC, rbac, role, rule, ruleFor } from './rbac-apps';

const CHANGES = ['create', 'patch', 'update'];
const OWN = [rule('example.com', 'widgets', 'get', 'list', 'patch', 'update', 'watch'), rule('example.com', 'widgets/status', 'get', 'patch', 'update')];
const OTHER = { ...APP, name: 'other' };
const boundToOther = (...rules: object[]) => [rbac('ClusterRole', undefined, { rules }, 'others'), { ...everywhere('others', OTHER), metadata: { name: 'others' } }];

test.each<[string, object[], string]>([
  ['create objects of Ray', clusterRole(rule('ray.io', 'rayjobs', 'create')), 'UNKNOWN'],
  ['change jobs of Spark', clusterRole(rule('sparkoperator.k8s.io', 'sparkapplications', 'get', 'patch')), 'UNKNOWN'],
  ['change policies of Kyverno', clusterRole(rule('kyverno.io', 'clusterpolicies', 'update')), 'UNKNOWN'],
  ['do everything with node classes of Karpenter', clusterRole(rule('karpenter.k8s.aws', '*', '*')), 'UNKNOWN'],
  ['do everything with those of EKS Auto Mode', clusterRole(rule('eks.amazonaws.com', '*', '*')), 'UNKNOWN'],
  ['create what External Secrets fills', role('ops', rule('external-secrets.io', 'externalsecrets', 'create')), 'UNKNOWN'],
  ['create objects of a controller of which nothing is known', role('other', rule('example.com', 'widgets', 'create')), 'UNKNOWN'],
  ['do everything with objects of a group', clusterRole(rule('example.com', '*', '*')), 'UNKNOWN'],
  ['change all objects of a group, and watch them', clusterRole(rule('example.com', '*', 'watch', ...CHANGES)), 'UNKNOWN'],
  ['change such an object', clusterRole(ruleFor(['one'], 'example.com', 'widgets', 'get', 'patch')), 'UNKNOWN'],
  ['change objects that it watches, without writing their status', clusterRole(rule('example.com', 'widgets', 'get', 'list', 'watch', ...CHANGES)), 'UNKNOWN'],
  ['change objects of another kind than its own', clusterRole(...OWN, rule('example.com', 'gadgets', 'create')), 'UNKNOWN'],
  ['act as the controller of objects that another account watches, too', [...clusterRole(...OWN), ...boundToOther(rule('example.com', 'widgets', 'list', 'watch'))], 'UNKNOWN'],
  ['change objects and their status, as all accounts may', [rbac('ClusterRole', undefined, { rules: OWN }), everywhere('ci', { kind: 'Group', name: 'system:serviceaccounts' })], 'UNKNOWN'],
  ['make Prometheus scrape something with any file of its pods as a token', clusterRole(rule('monitoring.coreos.com', 'servicemonitors', 'create')), 'UNKNOWN'],
  ['run jobs of Ray in a namespace, whose pods can act as their node', role('jobs', rule('ray.io', 'rayjobs', 'create')), 'UNKNOWN'],
])('who may %s might get the credentials of others', (_, documents, outcome) => {
  expect(decide(documents).outcome).toBe(outcome);
  expect(accessTo(documents).assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});

const ZONE = 'route53:ChangeResourceRecordSets';
const withController = (name: string, documents: object[]) => accessTo([...documents, account(name, 'Controller', 'kube-system')], [], { Controller: accountRole(`kube-system:${name}`, allow(ZONE)) });

test.each<[string, string, object[]]>([
  ['create Services', 'external-dns', clusterRole(rule('', 'services', 'create'))],
  ['change the Ingresses of a namespace', 'external-dns', role('default', rule('networking.k8s.io', 'ingresses', 'patch'))],
  ['change Ingresses, and run commands in pods of a namespace', 'aws-load-balancer-controller', role('default', rule('', 'pods/exec', 'create'), rule('networking.k8s.io', 'ingresses', 'patch'))],
  ['create routes', 'external-dns', clusterRole(rule('gateway.networking.k8s.io', 'httproutes', 'create'))],
  ['delete Services', 'aws-load-balancer-controller', clusterRole(rule('', 'services', 'delete'))],
  ['create Ingresses', 'cert-manager', clusterRole(rule('networking.k8s.io', 'ingresses', 'create'))],
  ['delete claims', 'ebs-csi-controller-sa', clusterRole(rule('', 'persistentvolumeclaims', 'delete'))],
  ['take snapshots', 'ebs-csi-controller-sa', clusterRole(rule('snapshot.storage.k8s.io', 'volumesnapshots', 'create'))],
  ['delete nodes', 'karpenter', clusterRole(rule('', 'nodes', 'delete'))],
  ['create Services', 'external-dns-public', clusterRole(rule('', 'services', 'create'))],
  ['create routes', 'gateway-api-controller', clusterRole(rule('gateway.networking.k8s.io', 'httproutes', 'create'))],
  ['change the status of Ingresses', 'external-dns', clusterRole(rule('networking.k8s.io', 'ingresses/status', 'update'))],
  ['change the status of Services', 'external-dns', clusterRole(rule('', 'services/status', 'patch'))],
  ['change the status of gateways', 'external-dns', clusterRole(rule('gateway.networking.k8s.io', 'gateways/status', 'patch'))],
  ['delete all claims', 'ebs-csi-controller-sa', role('default', rule('', 'persistentvolumeclaims', 'deletecollection'))],
  ['delete PersistentVolumes', 'ebs-csi-controller-sa', clusterRole(rule('', 'persistentvolumes', 'delete'))],
  ['name a snapshot and delete it', 'ebs-csi-controller-sa', clusterRole(rule('snapshot.storage.k8s.io', 'volumesnapshotcontents', 'create', 'delete'))],
  ['delete all nodes', 'karpenter', clusterRole(rule('', 'nodes', 'deletecollection'))],
  ['attach volumes', 'ebs-csi-controller-sa', clusterRole(rule('storage.k8s.io', 'volumeattachments', 'create'))],
])('who may %s might use the role of %s', (_, name, documents) => {
  const { outcome, missing } = withController(name, documents).pod({ serviceAccountName: 'app' }).decide(ZONE);
  expect(outcome).toBe('UNKNOWN');
  expect(missing.join()).toMatch(/make a controller like [\w-]+ act by/);
});

test.each<[string, string, object[]]>([
  ['read Services', 'external-dns', clusterRole(rule('', 'services', 'get', 'list', 'watch'))],
  ['create claims', 'external-dns', clusterRole(rule('', 'persistentvolumeclaims', 'create'))],
  ['create Services', 'dns-of-ours', clusterRole(rule('', 'services', 'create'))],
  ['change nodes', 'karpenter', clusterRole(rule('', 'nodes', 'patch'))],
  ['delete all nodes with a name, which no such request has', 'karpenter', clusterRole(ruleFor(['one'], '', 'nodes', 'deletecollection'))],
  ['read the status of Ingresses', 'external-dns', clusterRole(rule('networking.k8s.io', 'ingresses/status', 'get'))],
  ['change the status of Ingresses', 'aws-load-balancer-controller', clusterRole(rule('networking.k8s.io', 'ingresses/status', 'update'))],
  ['change the status of Services', 'cert-manager', clusterRole(rule('', 'services/status', 'patch'))],
])('who may %s does not use the role of %s', (_, name, documents) => {
  expect(withController(name, documents).pod({ serviceAccountName: 'app' }).decide(ZONE).outcome).toBe('DENIED');
});

test.each<[string, object[]]>([
  ['act as the controller of its own objects', clusterRole(...OWN)],
  ['act as their controller by their finalizers', clusterRole(OWN[0], rule('example.com', 'widgets/finalizers', 'update'))],
  ['act as a controller whose objects another account only gets', [...clusterRole(...OWN), ...boundToOther(rule('example.com', 'widgets', 'get'))]],
  ['act as a controller in a cluster where another account watches everything', [...clusterRole(...OWN), ...boundToOther(rule('*', '*', 'list', 'watch'))]],
  ['act as a controller in a namespace, as another account in another one', [
    ...role('one', ...OWN), rbac('Role', 'two', { rules: OWN }, 'others'),
    rbac('RoleBinding', 'two', { roleRef: { apiGroup: RBAC, kind: 'Role', name: 'others' }, subjects: [OTHER] }, 'others'),
  ]],
  ['scale nodes as the Cluster Autoscaler does', [
    ...clusterRole(
      rule('', 'events', 'create', 'patch'), rule('', 'endpoints', 'create', 'patch'), rule('', 'pods/eviction', 'create'), rule('', 'pods/status', 'update'),
      rule('', 'nodes', 'get', 'list', 'update', 'watch'), rule('apps', '*', 'get', 'list', 'watch'), rule('batch', 'jobs', 'get', 'list', 'watch'),
      rule('storage.k8s.io', '*', 'get', 'list', 'watch'), rule('coordination.k8s.io', 'leases', 'create'),
    ),
    ...role('kube-system', rule('', 'configmaps', 'create', 'list', 'watch'), ruleFor(['cluster-autoscaler-status'], '', 'configmaps', 'delete', 'get', 'update', 'watch')),
  ]],
  ['watch objects of controllers', clusterRole(rule('ray.io', '*', 'get', 'list', 'watch'))],
  ['delete objects of controllers', clusterRole(rule('ray.io', 'rayjobs', 'delete', 'deletecollection'))],
  ['write the status of objects of External DNS', clusterRole(rule('externaldns.k8s.io', 'dnsendpoints', 'get', 'list', 'watch'), rule('externaldns.k8s.io', 'dnsendpoints/status', '*'))],
  ['elect a leader', clusterRole(rule('coordination.k8s.io', 'leases', '*'), rule('events.k8s.io', 'events', ...CHANGES))],
  ['take snapshots of volumes', clusterRole(rule('snapshot.storage.k8s.io', 'volumesnapshots', ...CHANGES))],
  ['change alerts', clusterRole(rule('monitoring.coreos.com', 'prometheusrules', ...CHANGES))],
  ['read metrics', clusterRole(rule('metrics.k8s.io', '*', '*'))],
  ['change what limits the network and the number of pods', clusterRole(
    rule('networking.k8s.io', 'networkpolicies', ...CHANGES), rule('policy', 'poddisruptionbudgets', ...CHANGES), rule('autoscaling', 'horizontalpodautoscalers', ...CHANGES),
  )],
  ['register what the AWS Load Balancer Controller registers', clusterRole(
    rule('elbv2.k8s.aws', 'targetgroupbindings', '*'), rule('elbv2.k8s.aws', 'targetgroupbindings/status', 'patch', 'update'), rule('', 'pods/status', 'patch', 'update'),
  )],
])('who may %s gets nothing of others', (_, documents) => {
  expect(decide(documents).outcome).toBe('DENIED');
});

test('the answer names the API group', () => {
  expect(decide(clusterRole(rule('ray.io', 'rayjobs', 'create'))).missing).toEqual([
    'whether pods make controllers of ray.io act by ClusterRoleBinding ci, run pods or get tokens of other pods, and with them the credentials of role Reader. '
    + 'If these give nobody other access: changesNothing: ["ray.io"]',
  ]);
});

test('that the controllers of a group change nothing can be stated, which says nothing about those of others', () => {
  const outcome = (...groups: string[]) => accessTo(clusterRole(...groups.map((group) => rule(group, 'widgets', 'create'))))
    .assume({ changesNothing: ['example.com'] }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
  expect(outcome('example.com')).toBe('DENIED');
  expect(outcome('example.com', 'example.org')).toBe('UNKNOWN');
  expect(() => outcome('example.org')).toThrow('changesNothing names example.com, but the templates have nothing there that is not read: ');
});
