import { changeStack } from './change-sets';
import { accessEntry, accessPolicy, eksCluster, Principal } from './eks-clusters';
import { arnOf } from './scene';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws?.stop());

/** Creates or updates a stack as a role, which is the creator of its clusters. */
const change = (stack: string, resources: object, type: 'CREATE' | 'UPDATE' = 'CREATE') =>
  changeStack(aws, stack, { Resources: resources }, { type, role: arnOf('creator'), name: `${type}-${++changes}` });
let changes = 0;
const map = (cluster: TestCluster, mapRoles: object[] | string) => cluster.applyAs('test', {
  apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapRoles: typeof mapRoles === 'string' ? mapRoles : JSON.stringify(mapRoles) },
});
const whoami = async (cluster: TestCluster, role: string) => (await Principal.of(cluster, role)).whoami();

const ADMIN = { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };
const MAPPED = { rolearn: arnOf('Mapped'), username: 'mapped:{{SessionName}}', groups: ['readers', 'writers'] };
const mapped = { username: 'mapped:test', groups: ['readers', 'writers', 'system:authenticated'] };
const REFUSED = 401;

describe('a cluster in the default mode, CONFIG_MAP,', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    expect(await change('default', { Cluster: eksCluster('default') })).toMatchObject({ status: 'CREATE_COMPLETE' });
    cluster = await aws.cluster('default');
  });

  test('has its creator as an administrator, and nobody else', async () => {
    expect([await whoami(cluster, 'creator'), await whoami(cluster, 'Mapped')]).toEqual([ADMIN, REFUSED]);
  });

  test('maps the roles in aws-auth, from when they are in it until they are not', async () => {
    await map(cluster, [MAPPED]);
    expect([await whoami(cluster, 'Mapped'), await whoami(cluster, 'other')]).toEqual([mapped, REFUSED]);
    await map(cluster, [{ ...MAPPED, rolearn: arnOf('Mapped').toUpperCase() }]); // as in aws-iam-authenticator
    expect(await whoami(cluster, 'Mapped')).toEqual(mapped);
    await map(cluster, `- rolearn: ${arnOf('other')}\n  username: other\n`);
    expect([await whoami(cluster, 'Mapped'), await whoami(cluster, 'other')]).toEqual([REFUSED, { username: 'other', groups: ['system:authenticated'] }]);
  });

  test('does not map a role whose ARN in aws-auth has a path, nor anyone if aws-auth is not a list of roles', async () => {
    await map(cluster, [{ ...MAPPED, rolearn: arnOf('team/Mapped') }]);
    expect(await whoami(cluster, 'Mapped')).toBe(REFUSED);
    for (const broken of ['[', 'text', '[1]']) {
      await map(cluster, broken);
      expect([await whoami(cluster, 'Mapped'), await whoami(cluster, 'creator')]).toEqual([REFUSED, ADMIN]);
    }
  });

  test('has no access entries, until its mode has them', async () => {
    const Entry = accessEntry('default', 'Mapped', { Username: 'entry' });
    expect(await change('default', { Cluster: eksCluster('default'), Entry }, 'UPDATE')).toEqual({
      status: 'UPDATE_ROLLBACK_COMPLETE',
      failures: ["CREATE_FAILED Entry: InvalidRequestException: The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation."],
    });
    await map(cluster, [MAPPED]);
    expect(await change('default', { Cluster: eksCluster('default', { AuthenticationMode: 'API_AND_CONFIG_MAP' }), Entry }, 'UPDATE')).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await whoami(cluster, 'Mapped')).toMatchObject({ username: 'entry' }); // access entries take precedence
    expect(await whoami(cluster, 'creator')).toMatchObject({ username: expect.stringContaining('assumed-role/creator') }); // it gets an access entry
    expect(await change('default', { Cluster: eksCluster('default'), Entry }, 'UPDATE')).toMatchObject({
      status: 'UPDATE_ROLLBACK_COMPLETE',
      failures: expect.arrayContaining(['UPDATE_FAILED Cluster: InvalidParameterException: Unsupported authentication mode update from API_AND_CONFIG_MAP to CONFIG_MAP']),
    });
  });
});

test('in the mode API_AND_CONFIG_MAP, the creator has an access entry, unless the cluster is created without', async () => {
  const modes = { AuthenticationMode: 'API_AND_CONFIG_MAP' };
  await change('with', { Cluster: eksCluster('with', modes) });
  const cluster = await aws.cluster('with');
  await map(cluster, [MAPPED]);
  expect([await whoami(cluster, 'creator'), await whoami(cluster, 'Mapped')]).toEqual([expect.objectContaining({ username: 'arn:aws:sts::123456789012:assumed-role/creator/test' }), mapped]);
  expect((await (await Principal.of(cluster, 'creator')).send('GET', '/metrics')).status).toBe(200);
  expect(await change('with', { Cluster: eksCluster('with', modes), Entry: accessEntry('with', 'creator', { AccessPolicies: [accessPolicy('AmazonEKSViewPolicy')] }) }, 'UPDATE'))
    .toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', failures: [expect.stringContaining('ResourceInUseException')] });

  await change('without', { Cluster: eksCluster('without', { ...modes, BootstrapClusterCreatorAdminPermissions: false }) });
  expect(await whoami(await aws.cluster('without'), 'creator')).toBe(REFUSED);
});

test('in the mode API, aws-auth maps nobody', async () => {
  await change('api', { Cluster: eksCluster('api', { AuthenticationMode: 'API' }) });
  const cluster = await aws.cluster('api');
  await map(cluster, [MAPPED]);
  expect(await whoami(cluster, 'Mapped')).toBe(REFUSED);
});

test('in the mode CONFIG_MAP, the creator must be an administrator', async () => {
  expect(await change('refused', { Cluster: eksCluster('refused', { AuthenticationMode: 'CONFIG_MAP', BootstrapClusterCreatorAdminPermissions: false }) })).toEqual({
    status: 'ROLLBACK_COMPLETE',
    failures: ['CREATE_FAILED Cluster: InvalidParameterException: bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP'],
  });
});
