import { verification } from '../../../lib';
import { accessTo, clusterRole, everywhere, KEY, LIST, RBAC, rbac, rule } from '../reach/rbac-apps';
import { account, allow, association, objects, podIdentityTrust, role } from '../templates';

const HELM = 'Custom::AWSCDK-EKS-HelmChart';
const chart = (Chart: string, values: object = {}, Namespace = 'tools') =>
  ({ Chart: { Type: HELM, Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'it', Chart, Namespace, Values: JSON.stringify(values) } } });
const GHOST = { kind: 'ServiceAccount', name: 'ghost', namespace: 'default' };
const OUTSIDE = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/Other' };
const KNOWN = ['default/app', 'ops/reader'];

/** The service accounts that have a row besides those with a role. */
const others = ({ principals }: verification.PodAccess) => principals.filter(({ row }) => row.kind === 'ServiceAccount')
  .map(({ row: { namespace, name } }) => `${namespace}/${name}`).filter((name) => !KNOWN.includes(name));

/** Fails if somebody else than those who have the role might be allowed it. */
const assertOnlyReader = (access: verification.PodAccess) =>
  access.assertOnly(LIST, { principals: [access.pod({ namespace: 'ops', serviceAccountName: 'reader' })] });

describe('an account has a row if what names it gives it more than any pods have:', () => {
  test.each<[string, object[], object, string]>([
    ['a ClusterRoleBinding to an administrator', [everywhere('cluster-admin', GHOST)], {}, 'default/ghost'],
    ['a RoleBinding', [rbac('RoleBinding', 'ops', { roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'edit' }, subjects: [GHOST] })], {}, 'default/ghost'],
    ['a user of a service account', [everywhere('cluster-admin', { kind: 'User', name: 'system:serviceaccount:default:ghost' })], {}, 'default/ghost'],
    ['a group of all pods of a namespace', [everywhere('cluster-admin', { kind: 'Group', name: 'system:serviceaccounts:dev' })], {}, 'dev/default'],
    ['a group of all pods', [everywhere('cluster-admin', { kind: 'Group', name: 'system:serviceaccounts' })], {}, 'default/default'],
    ['a known chart whose values name it', [], chart('velero', { serviceAccount: { server: { name: 'ghost' } } }), 'tools/ghost'],
    ['a known chart', [], chart('velero'), 'tools/${velero start}velero${velero end}'],
    ['rules in the values of a chart', [], chart('it', { serviceAccount: { name: 'ghost' }, rbac: { rules: [rule('*', '*', '*')] } }), 'tools/ghost'],
    ['a role outside the templates in the values of a chart', [], chart('it', { serviceAccount: { create: true, name: 'ghost', annotations: OUTSIDE } }), 'tools/ghost'],
    ['a role outside the templates in values that leave the name to the chart', [], chart('it', { serviceAccount: { create: true, annotations: OUTSIDE } }),
      'tools/${it service account}'],
    ['a binding that lets it read Secrets with an access key', [
      rbac('ClusterRole', undefined, { rules: [rule('', 'secrets', 'get')] }), everywhere('ci', GHOST),
    ], KEY, 'default/ghost'],
  ])('%s', (_, documents, more, name) => {
    const access = accessTo(documents, [], more);
    expect(others(access)).toEqual([name]);
    const found = access.principals.find(({ row }) => `${row.namespace}/${row.name}` === name)!;
    expect(found.row).toMatchObject({ isDefinedElsewhere: true });
    expect(found.decide(more === KEY ? 'sns:ListTopics' : LIST).outcome).toBe('UNKNOWN');
  });
});

describe('no other account has a row:', () => {
  test.each<[string, object[], object]>([
    ['a binding lets it view objects, and these show nothing secret', [everywhere('view', GHOST)], {}],
    ['a binding lets it read Secrets, and there is nothing in them', clusterRole(rule('', 'secrets', 'get')).concat(everywhere('ci', GHOST)), {}],
    ['a group of people', [everywhere('cluster-admin', { kind: 'Group', name: 'developers' })], {}],
    ['a chart that is not known', [], chart('metrics-server', { serviceAccount: { name: 'ghost' } })],
    ['the values of a known chart take everything away', [], chart('velero', { rbac: { create: false } })],
  ])('%s', (_, documents, more) => {
    const access = accessTo(documents, [], more);
    expect(others(access)).toEqual([]);
    expect(() => assertOnlyReader(access)).not.toThrow();
  });
});

test('an account that the templates define, or associate, has one row', () => {
  expect(others(accessTo([account('ghost'), everywhere('cluster-admin', GHOST)]))).toEqual(['default/ghost']);
  const associated = { Association: association('ghost', 'Associated'), Associated: role(podIdentityTrust(), allow('sqs:ListQueues')) };
  expect(others(accessTo([everywhere('cluster-admin', GHOST)], [], associated))).toEqual(['default/ghost']);
  const velero = { ...chart('velero', { serviceAccount: { server: { create: false } } }), More: objects(account('velero-server', undefined, 'tools')) };
  expect(others(accessTo([], [], velero))).toEqual(['tools/velero-server']);
});

test('an account to which a chart gives a name of its own is none of those that the templates define', () => {
  const access = accessTo([], [], chart('it', { serviceAccount: { create: true, annotations: OUTSIDE } }, 'ops'));
  expect(others(access)).toEqual(['ops/${it service account}']);
  expect(() => assertOnlyReader(access)).toThrow(/UNKNOWN: pods of service account ops\/\$\{it service account\}/);
});

test('it counts as somebody else, unless you list it', () => {
  const access = accessTo([everywhere('cluster-admin', GHOST)]);
  expect(() => assertOnlyReader(access)).toThrow(/but that is UNKNOWN: others might be\n {2}UNKNOWN: pods of service account default\/ghost\n/);
  const exceptions = [access.pod({ serviceAccountName: 'ghost', definedElsewhere: true })];
  expect(() => access.assertOnly(LIST, { principals: [access.pod({ namespace: 'ops', serviceAccountName: 'reader' })], exceptions })).not.toThrow();
});
