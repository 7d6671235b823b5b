import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-34'; // the newest; the imports of the guides have the oldest
import { IrsaCluster, ServiceAccountWithRole } from '../../lib';
import { deployedObjects } from '../deployed';
import { blocksOf, read } from '../documents';
import { newCluster, newStack } from '../stacks';

function addJob(cluster: IrsaCluster, reader: ServiceAccountWithRole): void {
  const chart = new cdk8s.Chart(new cdk8s.App(), 'Jobs', { namespace: reader.namespace });
  new kplus.Job(chart, 'Report', {
    serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'Reader', reader.serviceAccountName, { namespaceName: reader.namespace }),
    containers: [{ image: 'registry.example.com/report:1', securityContext: { user: 1000 } }],
  });
  cluster.addKubernetesObjects('Jobs', { charts: [chart] }).node.addDependency(reader, cluster.nodegroups[0]);
}

test('the guide of service accounts shows this chart', () => {
  const [, chart] = /\n\n(const chart = [^]*)/.exec(blocksOf('docs/service-accounts.md', 'ts')[0])!;
  expect(read('test/docs/newest-cdk8s-plus.test.ts').replace(/^ {2}/gm, '')).toContain(`{\n${chart}}\n`);
});

test('its Job uses the service account', () => {
  const stack = newStack();
  const cluster = newCluster(stack, { nodegroups: [{}] });
  addJob(cluster, new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports' }));
  const [job] = deployedObjects(stack).filter(({ kind }) => kind === 'Job');
  expect(job).toMatchObject({ metadata: { namespace: 'reports' }, spec: { template: { spec: { serviceAccountName: 'reader' } } } });
});
