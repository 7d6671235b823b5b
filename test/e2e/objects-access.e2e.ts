import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Yaml } from 'cdk8s';
import { assemblyOf, ENV } from './assembly';
import { changeStack } from './change-sets';
import { LIMITS, TestStack } from './cloudformation';
import { accessEntry, eksCluster } from './eks-clusters';
import { InTwoZones } from './in-two-zones';
import { arnOf } from './scene';
import { startLocalAws } from './start-local-aws';
import { ExistingObjects, ObjectsAccess, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';
import { ObjectsAccessEntry } from '../../lib/kubernetes/internal/objects-access-entry';
import { bootstrap, deploy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';
import { deployed } from '../deployed';
import { blocksOf } from '../documents';
import { newCluster, newStack } from '../stacks';

const { clusterAdmin, namespaces, kubernetesGroups, none } = ObjectsAccess;

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws?.stop());

const config = (namespace: string, data: object, name = 'settings') => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data });
const job = (command: string) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'job', namespace: 'reports' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'any', command: [command] }] } } },
});
const roleWith = (...verbs: string[]) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'reader', namespace: 'reports' },
  rules: verbs.length > 0 ? [{ apiGroups: [''], resources: ['configmaps'], verbs }] : [],
});
const accountWithRole = {
  apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader', namespace: 'reports', annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/reader' } },
};
const dataOf = async (cluster: TestCluster, object: object) => (await cluster.find(object))?.data;

/** The RBAC that the guide shows, for the group `cdk-irsa` and the namespace `reports`. */
function rbacOfGuide(): any[] {
  const file = join(aws.folder, 'rbac.yaml');
  writeFileSync(file, blocksOf('docs/objects-access.md', 'yaml').join('---\n'));
  return Yaml.load(file);
}

describe('a stack whose access changes', () => {
  const STACK = 'Access';
  let cluster: TestCluster;

  /** Deploys a cluster with this access and these objects, and a role that does not depend on it. Returns the ids of the resources. */
  async function deployWith(objectsAccess: ObjectsAccess, ...objects: { [key: string]: unknown }[]): Promise<{ [type: string]: string }> {
    await deploy(aws, STACK, assemblyOf(aws, (app) => {
      const stack = new InTwoZones(app, STACK, { env: ENV });
      const irsaCluster = newCluster(stack, { clusterName: 'access', objectsAccess });
      new ServiceAccountRole(stack, 'Alone', { cluster: irsaCluster, roleName: 'alone', subjects: [ServiceAccountSubject.exact('reports', 'other')] });
      if (objects.length > 0) {
        irsaCluster.addKubernetesObjects('Objects', { objects });
        new ServiceAccountWithRole(stack, 'Reader', { cluster: irsaCluster, serviceAccountName: 'reader', namespace: 'reports' });
      }
    }));
    const { StackResources } = await aws.ask('cloudformation', 'describe-stack-resources', '--stack-name', STACK);
    const live = StackResources.filter(({ ResourceStatus }: any) => ResourceStatus !== 'DELETE_COMPLETE');
    return Object.fromEntries(live.map(({ ResourceType, PhysicalResourceId }: any) => [ResourceType, PhysicalResourceId]));
  }

  const ofFunction = (ids: { [type: string]: string }) => Object.keys(ids).filter((type) => /AccessEntry|EventInvokeConfig|KubernetesObjects|LogGroup/.test(type));

  beforeAll(async () => {
    await bootstrap(aws);
  });

  test('replaces nothing, and applies objects with what each access allows', async () => {
    const alone = await deployWith(none());
    expect(ofFunction(alone)).toEqual([]);
    cluster = await aws.cluster('access');
    await Promise.all(['cdk-irsa', 'reports'].map((name) => cluster.makeNamespace(name)));

    const scoped = await deployWith(namespaces(['reports']), config('reports', { access: 'namespaces' }));
    expect(await dataOf(cluster, config('reports', {}))).toEqual({ access: 'namespaces' });
    expect(scoped['AWS::EKS::Cluster']).toBe(alone['AWS::EKS::Cluster']);
    const kept = (ids: { [type: string]: string }) => ['AWS::EKS::Cluster', 'AWS::EKS::AccessEntry', 'AWS::IAM::OIDCProvider'].map((type) => ids[type]);

    const everything = await deployWith(clusterAdmin(), config('reports', { access: 'admin' }), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } });
    expect(await dataOf(cluster, config('reports', {}))).toEqual({ access: 'admin' });
    expect(await cluster.get('/api/v1/namespaces/web')).toBeDefined();
    expect(kept(everything)).toEqual(kept(scoped));

    await Promise.all(rbacOfGuide().map((object) => cluster.create(object)));
    await deployWith(clusterAdmin(), config('reports', { access: 'admin' })); // before it is narrowed: the groups may not get Namespaces
    const grouped = await deployWith(kubernetesGroups(['cdk-irsa']), config('reports', { access: 'groups' }));
    expect(await dataOf(cluster, config('reports', {}))).toEqual({ access: 'groups' });
    expect(kept(grouped)).toEqual(kept(scoped));

    const { 'AWS::EKS::Cluster': id, ...last } = await deployWith(none());
    expect(id).toBe(alone['AWS::EKS::Cluster']);
    expect(ofFunction(last)).toEqual([]);
    expect(await cluster.look('reports')).not.toHaveProperty(['ConfigMap settings']);
  });
});

describe('the function', () => {
  let cluster: TestCluster;
  let changes = 0;

  /** Gives the function an access in a cluster with the entry that the library defines. */
  async function give(access: ObjectsAccess): Promise<void> {
    const stack = newStack();
    new ObjectsAccessEntry(stack, 'Access', { clusterName: 'bare', role: iam.Role.fromRoleArn(stack, 'Role', arnOf('function')), access });
    const [{ Properties: { AccessPolicies, KubernetesGroups } }] = Object.values<any>(Template.fromStack(stack).toJSON().Resources);
    const Entry = accessEntry('bare', 'function', { AccessPolicies: deployed(stack, AccessPolicies), KubernetesGroups });
    const Resources = { Cluster: eksCluster('bare', { AuthenticationMode: 'API' }), Entry };
    expect(await changeStack(aws, 'bare', { Resources }, { type: changes++ > 0 ? 'UPDATE' : 'CREATE', name: `change-${changes}` }))
      .toMatchObject({ failures: [] });
  }

  const stack = () => new TestStack(`Stack${changes}`, handlerWithin(LIMITS));

  beforeAll(async () => {
    await give(namespaces(['reports']));
    cluster = await aws.cluster('bare');
    Object.assign(process.env, await cluster.functionEnvironment({ granted: false }));
    await cluster.makeNamespace('reports');
    jest.spyOn(console, 'log').mockImplementation();
  });
  afterAll(() => jest.restoreAllMocks());

  test('says that the namespace of the records must exist, if it is not allowed to create it', async () => {
    await expect(stack().deploy({ Set: { objects: [config('reports', {})] } })).rejects.toThrow(
      /creation of namespace cdk-irsa failed: 403 Forbidden: .*: with this objectsAccess, the function cannot create .* kubectl create namespace cdk-irsa, and let only administrators and the function write Secrets in it/);
    await give(kubernetesGroups(['cdk-irsa']));
    await expect(stack().deploy({ Set: { objects: [config('reports', {})] } })).rejects.toThrow(
      /^Namespace cdk-irsa, which contains the records of sets: 403 Forbidden: .* the function must be allowed to get, list, create, update and delete its Secrets$/);
    await cluster.makeNamespace('cdk-irsa');
  });

  describe.each<[string, ObjectsAccess, () => Promise<unknown>]>([
    ['namespaces(…)', namespaces(['reports']), async () => undefined],
    ['kubernetesGroups(…) and the RBAC of the guide', kubernetesGroups(['cdk-irsa']), () => Promise.all(rbacOfGuide().map((object) => cluster.create(object)))],
  ])('with %s', (_, access, prepare) => {
    beforeAll(async () => {
      await give(access);
      await prepare();
    });

    test('creates, changes, replaces and deletes objects', async () => {
      const set = stack();
      await set.deploy({ Set: { objects: [config('reports', { step: '1' }), job('one')] } });
      const { metadata: { uid } } = await cluster.find(job('one'));
      await set.deploy({ Set: { objects: [config('reports', { step: '2' }), job('two')] } });
      expect(await dataOf(cluster, config('reports', {}))).toEqual({ step: '2' });
      expect((await cluster.find(job('two'))).metadata.uid).not.toBe(uid);
      await set.destroy();
      expect([await cluster.find(config('reports', {})), await cluster.find(job('two'))]).toEqual([undefined, undefined]);
    });

    test('takes over the object of someone else, and gives it back', async () => {
      const foreign = config('reports', { key: 'theirs' }, 'foreign');
      await cluster.create(foreign);
      const set = stack();
      await set.deploy({ Set: { objects: [config('reports', { key: 'ours' }, 'foreign')], existing: ExistingObjects.TAKE_OVER } });
      expect(await dataOf(cluster, foreign)).toEqual({ key: 'ours' });
      await set.destroy();
      expect(await dataOf(cluster, foreign)).toEqual({ key: 'theirs' });
      await cluster.remove(foreign);
    });

    test('waits until pods of a service account get credentials', async () => {
      const set = stack();
      await set.deploy({ Set: { objects: [accountWithRole] } });
      expect(console.log).not.toHaveBeenCalledWith(expect.stringContaining('does not wait'));
      await set.destroy();
    });

    test('fails for what it is not allowed to apply, and changes nothing', async () => {
      const before = await cluster.look('reports', 'default');
      await expect(stack().deploy({ Set: { objects: [config('reports', {}), config('default', {})] } })).rejects.toThrow(
        /^ConfigMap default\/settings: 403 Forbidden: configmaps "settings" is forbidden: User "arn:aws:sts::123456789012:assumed-role\/function\/\S+" cannot get resource "configmaps" in API group "" in the namespace "default"/);
      await expect(stack().deploy({ Set: { objects: [roleWith('get')] } })).rejects.toThrow(/^Role reports\/reader: 403 Forbidden: /);
      expect(await cluster.look('reports', 'default')).toEqual(before);
    });
  });

  test('with rbac, applies a Role without permissions, and Kubernetes refuses one that grants any', async () => {
    await give(namespaces(['reports'], { allowRbac: true }));
    const set = stack();
    await set.deploy({ Set: { objects: [roleWith()] } });
    await expect(set.deploy({ Set: { objects: [roleWith('get')] } })).rejects.toThrow(/attempting to grant RBAC permissions not currently held/);
    await set.destroy();
  });

  test('with kubernetesGroups(…), applies a Role that grants permissions if it may escalate', async () => {
    const [, , role] = rbacOfGuide();
    await cluster.patch(role, { rules: [...role.rules, { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['get', 'create', 'patch', 'delete', 'escalate'] }] });
    await give(kubernetesGroups(['cdk-irsa']));
    const set = stack();
    await set.deploy({ Set: { objects: [roleWith('watch')] } });
    expect((await cluster.find(roleWith())).rules).toMatchObject([{ verbs: ['watch'] }]);
    await set.destroy();
  });

  test('that is not allowed to create pods applies a service account, and does not wait until pods get credentials', async () => {
    const [, , role] = rbacOfGuide();
    await cluster.patch(role, { rules: role.rules.filter(({ resources }: any) => !resources.includes('pods')) });
    const set = stack();
    await set.deploy({ Set: { objects: [accountWithRole] } });
    expect(console.log).toHaveBeenCalledWith(expect.stringMatching(/^the function does not wait until pods of ServiceAccount reports\/reader get credentials, .*: 403 Forbidden: pods is forbidden: /));
    await set.destroy();
  });
});
