import { App, Stack } from 'aws-cdk-lib';
import * as v1 from 'aws-cdk-lib/aws-eks';
import { accountsOf, inventoryOf, issuerOf, providersOf, trustOf } from './account-state';
import { assemblyOf, ENV } from './assembly';
import { CONFIG, Options, usesV1, usesV2, ZonedStack } from './aws-eks-stacks';
import { Principal } from './eks-clusters';
import { withoutLayer } from './kubectl-layer';
import { arnOf } from './scene';
import { startLocalAws } from './start-local-aws';
import { bootstrap, deploy, destroy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';

(withoutLayer ? describe.skip : describe)('the constructs of aws-cdk deploy to the local AWS:', () => {
  let aws: LocalAws;
  let before: object;
  beforeAll(async () => {
    aws = await startLocalAws();
    await bootstrap(aws);
    await aws.control({ do: 'credentials', role: 'mapped' }); // creates the role
    before = await inventory();
  });
  afterAll(() => aws?.stop());

  /** Everything except log groups: those of functions of aws-cdk remain. */
  const inventory = async () => ({ ...await inventoryOf(aws), 'logs describe-log-groups': [] });
  const assembly = (name: string, build: (stack: Stack, options: Options) => void, options: Options, nativeProvider: boolean) =>
    assemblyOf(aws, (app: App) => build(new ZonedStack(app, name, { env: ENV }), options), { '@aws-cdk/aws-eks:useNativeOidcProvider': nativeProvider });

  /** What a stack has made: the ServiceAccount with its role, the object, and the OIDC provider. */
  async function expectMade(cluster: TestCluster, value: string): Promise<void> {
    const issuer = await issuerOf(aws, cluster.name);
    expect(await accountsOf(aws, cluster)).toEqual({
      'default/reader': { trust: trustOf(issuer, 'default', 'reader'), attached: [], inline: [{ Action: 's3:ListAllMyBuckets', Effect: 'Allow', Resource: '*' }] },
    });
    expect((await cluster.find(CONFIG)).data).toEqual({ key: value });
    expect(await providersOf(aws)).toEqual([{ url: issuer, clientIds: ['sts.amazonaws.com'] }]);
  }

  test.each([
    { version: 'v1', native: false, build: usesV1 },
    { version: 'v2', native: true, build: usesV2 },
  ])('aws-eks $version, native OIDC provider: $native', async ({ version, native, build }) => {
    const name = `uses-${version}-${native}`;
    await deploy(aws, name, assembly(name, build, { value: 'old' }, native));
    const cluster = await aws.cluster(name);
    await expectMade(cluster, 'old');
    const changed = assembly(name, build, { value: 'new', mode: v1.AuthenticationMode.API_AND_CONFIG_MAP }, native);
    await deploy(aws, name, changed);
    await expectMade(cluster, 'new');
    expect(await (await Principal.of(cluster, 'mapped')).whoami()).toEqual(version === 'v1' ? { username: arnOf('mapped'), groups: ['readers', 'system:authenticated'] } : 401); // by aws-auth
    await destroy(aws, name, changed);
    expect(await inventory()).toEqual(before);
  });
});
