import { accessAfter, Change } from './app';
import { lines } from './differences';
import { AccessDiff } from '../../../lib/verification/access-diff';

const applied = (...documents: object[]): Change => (resources) => resources.Rbac = {
  Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: { Ref: 'Cluster' }, Manifest: JSON.stringify(documents) },
};
const rbac = (kind: string, more: object, name = 'ci') => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name, ...(kind.startsWith('Cluster') ? {} : { namespace: 'ops' }) }, ...more });
const rule = (apiGroup: string, resource: string, ...verbs: string[]) => ({ apiGroups: [apiGroup], resources: [resource], verbs });
const ACCOUNT = { kind: 'ServiceAccount', name: 'ci', namespace: 'ops' };
const bound = (rules: object[], { name = 'ci', kind = 'Cluster', subjects = [ACCOUNT as object] } = {}) => applied(
  rbac(`${kind}Role`, { rules }), rbac(`${kind}RoleBinding`, { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: `${kind}Role`, name: 'ci' }, subjects }, name));
const GET = rule('', 'pods', 'get', 'list');
const RUN = rule('apps', 'deployments', 'create', 'update', 'patch');
const between = (before: Change, after: Change) => AccessDiff.between(accessAfter(before), accessAfter(after));

test.each<[string, Change, Change, string]>([
  ['a rule for workloads', bound([GET]), bound([GET, RUN]), 'pods of service account ops/ci: it is not known whether they can act in the cluster by RBAC, and so run pods'],
  ['a binding', applied(), bound([RUN]), 'pods of service account ops/ci: it is not known whether they can act in the cluster by RBAC, and so run pods'],
  ['a rule for the whole cluster in place of one namespace', bound([RUN], { kind: '' }), bound([RUN]), 'pods of service account ops/ci: it is not known whether they can act in the cluster by RBAC'],
  ['a binding for all pods of a namespace', bound([RUN]), bound([RUN], { subjects: [ACCOUNT, { kind: 'Group', name: 'system:serviceaccounts:ops' }] }),
    'pods of namespace ops: it is not known whether they can act in the cluster by RBAC'],
  ['a rule for objects of a controller', bound([GET]), bound([rule('ray.io', 'rayjobs', 'create')]), 'it is not known whether they can make controllers of ray.io act'],
  ['a rule for Secrets', bound([GET]), bound([rule('', 'secrets', 'get')]), 'it is not known whether they can read Secrets by RBAC'],
])('%s is broader, and less is not', (_, less, more, what) => {
  const { broadens, changes } = between(less, more);
  expect(broadens).toBe(true);
  expect(lines({ changes } as AccessDiff)).toContainEqual(expect.stringContaining(what));
  expect(between(more, more).changes).toEqual([]);
  expect(between(more, less).broadens).toBe(false);
});

test('another name of a binding is not broader', () => {
  expect(between(bound([RUN]), bound([RUN], { name: 'other' })).broadens).toBe(false);
});

test('rules that give no credentials are not broader', () => {
  expect(between(bound([GET]), bound([GET, rule('', 'configmaps', 'get')])).broadens).toBe(false);
});
