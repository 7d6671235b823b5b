import { verification } from '../../../lib';
import { ACTIONS, AGNOSTIC, stagesApp, TWO_ACCOUNTS, TWO_REGIONS } from '../stages-app';

const { PodAccess } = verification;

describe.each([
  ['accounts', TWO_ACCOUNTS],
  ['Regions', TWO_REGIONS],
  ['accounts or Regions that only the deployment knows', AGNOSTIC],
])('clusters of one name in two %s', (_, environments) => {
  const access = PodAccess.fromAssembly(stagesApp(environments)).assume({ noOtherNodes: true });
  const pod = (stage: string, serviceAccountName: string) => access.pod({ cluster: `${stage}/Stack/Cluster`, serviceAccountName });

  test('have principals of their own, whose roles are certain', () => {
    const rows = access.principals.map(({ row }) => row);
    expect(rows.map(({ cluster, kind, name, roles }) => [cluster, kind, name, roles.map(({ by, isCertain }) => [by, isCertain])])).toEqual([
      ['Dev/Stack/Cluster/Cluster', 'ServiceAccount', 'reader', [['IRSA', true]]],
      ['Prod/Stack/Cluster/Cluster', 'ServiceAccount', 'reader', [['IRSA', true]]],
      ['Prod/Stack/Cluster/Cluster', 'ServiceAccount', 'admin', [['IRSA', true]]],
      ['Dev/Stack/Cluster/Cluster', 'Nodegroup', 'nodes', [['node role', true]]],
      ['Prod/Stack/Cluster/Cluster', 'Nodegroup', 'nodes', [['node role', true]]],
    ]);
  });

  test('have pods of their own', () => {
    pod('Dev', 'reader').assertAllowed(ACTIONS.Dev);
    pod('Dev', 'reader').assertDenied(ACTIONS.Prod);
    pod('Prod', 'reader').assertAllowed(ACTIONS.Prod);
    pod('Prod', 'reader').assertDenied(ACTIONS.Dev);
    pod('Prod', 'admin').assertAllowed('sns:ListTopics');
    expect(() => pod('Dev', 'admin')).toThrow('no template defines service account default/admin of cluster main');
  });

  test('have nodes of their own', () => {
    access.nodegroup({ nodegroupName: 'nodes', cluster: 'Prod/Stack/Cluster' }).assertAllowed('ecr:GetAuthorizationToken');
  });

  test('have trust policies of their own', () => {
    const [dev, prod] = access.trustPolicies.filter(({ role }) => role.toLowerCase().includes('reader'));
    dev.assertAdmitsOnly({ serviceAccountName: 'reader', cluster: 'Dev/Stack/Cluster' });
    expect(() => prod.assertAdmits({ serviceAccountName: 'reader', cluster: 'Dev/Stack/Cluster' })).toThrow('does not');
  });

  test('are listed by the paths of their constructs', () => {
    const message = 'pass one of them as the option cluster: Dev/Stack/Cluster/Cluster, Prod/Stack/Cluster/Cluster';
    expect(() => access.pod({ serviceAccountName: 'reader' })).toThrow(`the templates have several clusters: ${message}`);
    expect(() => access.pod({ serviceAccountName: 'reader', cluster: 'main' })).toThrow(`main names several clusters: ${message}`);
    expect(() => access.pod({ serviceAccountName: 'reader', cluster: 'Test/Stack/Cluster' })).toThrow('the templates have Dev/Stack/Cluster/Cluster, Prod/Stack/Cluster/Cluster');
  });

  test('can be named by what their lists have', () => {
    access.pod({ cluster: 'Prod/Stack/Cluster/Cluster', serviceAccountName: 'reader' }).assertAllowed(ACTIONS.Prod);
  });
});
