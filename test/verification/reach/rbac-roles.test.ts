import { APP, decide, everywhere, RBAC, rbac, role, rule, within } from './rbac-apps';

const aggregated = (to: string, ...rules: object[]) =>
  ({ ...rbac('ClusterRole', undefined, { rules }), metadata: { name: 'more', labels: { [`${RBAC}/aggregate-to-${to}`]: 'true' } } });
const APPLICATIONS = rule('argoproj.io', 'applications', 'create');

test.each<[string, object[]]>([
  ['what kubelets may', [everywhere('system:node')]],
  ['what may be asked of kubelets', [everywhere('system:kubelet-api-admin')]],
  ['what a controller of Kubernetes may', [everywhere('system:controller:job-controller')]],
  ['what an editor may by another name', [within('ops', 'system:aggregate-to-edit')]],
  ['what Amazon EKS itself may', [everywhere('eks:addon-manager')]],
  ['what Kubernetes adds in a newer version', [everywhere('system:unheard-of')]],
  ['what a role of Kubernetes may of which the deployment knows a part', [everywhere('system:controller:${AWS::StackName}')]],
  ['to view, and what a role of the templates adds to that', [everywhere('view'), aggregated('view', APPLICATIONS)]],
])('whoever is allowed %s might get the credentials of others', (_, documents) => {
  expect(decide(documents).outcome).toBe('UNKNOWN');
});

test.each<[string, object[]]>([
  ['to check tokens', [everywhere('system:auth-delegator')]],
  ['to read what API servers offer', [everywhere('system:discovery'), { ...everywhere('system:basic-user'), metadata: { name: 'user' } }]],
  ['to serve metrics, as the role of the templates says', [
    rbac('ClusterRole', undefined, { rules: [rule('', 'nodes/metrics', 'get'), rule('', 'pods', 'get', 'list', 'watch')] }, 'system:metrics-server'), everywhere('system:metrics-server'),
  ]],
  ['to view, while a role of the templates adds to editing', [everywhere('view'), aggregated('edit', APPLICATIONS)]],
  ['to view, while a role of the templates adds objects to view', [everywhere('view'), aggregated('view', rule('example.com', 'widgets', 'get', 'list', 'watch'))]],
  ['nothing, while a role adds to viewing', [aggregated('view', APPLICATIONS)]],
  ['to read what Kubernetes says to API servers', [rbac('RoleBinding', 'kube-system', {
    roleRef: { apiGroup: RBAC, kind: 'Role', name: 'extension-apiserver-authentication-reader' }, subjects: [APP],
  })]],
])('whoever is allowed %s gets nothing of others', (_, documents) => {
  expect(decide(documents).outcome).toBe('DENIED');
});

test.each<[string, object[]]>([
  ['the rules of its role', [rbac('Role', 'other', { rules: '${AWS::StackName}' }), within('other', 'ci', 'Role')]],
  ['a rule of its role', role('other', '${AWS::StackName}' as unknown as object)],
  ['who is bound', [rbac('ClusterRoleBinding', undefined, { roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' }, subjects: '${AWS::StackName}' })]],
])('a pod of which only the deployment knows %s might get the credentials of others', (_, documents) => {
  expect(decide(documents).outcome).toBe('UNKNOWN');
});
