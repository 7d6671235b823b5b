import { App } from 'aws-cdk-lib';
import * as v1 from 'aws-cdk-lib/aws-eks';
import { accountsOf, inventoryOf, issuerOf, providersOf, trustOf } from './account-state';
import { assemblyOf, ENV } from './assembly';
import { CONFIG, Options, usesV1, ZonedStack } from './aws-eks-stacks';
import { Principal } from './eks-clusters';
import { withoutLayer } from './kubectl-layer';
import { arnOf } from './scene';
import { startLocalAws } from './start-local-aws';
import { bootstrap, deploy, destroy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';

const NAME = 'uses-v1';

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
  const assembly = (options: Options) =>
    assemblyOf(aws, (app: App) => usesV1(new ZonedStack(app, NAME, { env: ENV }), options), { '@aws-cdk/aws-eks:useNativeOidcProvider': false });

  /** What a stack has made: the ServiceAccount with its role, the object, and the OIDC provider. */
  async function expectMade(cluster: TestCluster, value: string): Promise<void> {
    const issuer = await issuerOf(aws, cluster.name);
    expect(await accountsOf(aws, cluster)).toEqual({
      'default/reader': { trust: trustOf(issuer, 'default', 'reader'), attached: [], inline: [{ Action: 's3:ListAllMyBuckets', Effect: 'Allow', Resource: '*' }] },
    });
    expect((await cluster.find(CONFIG)).data).toEqual({ key: value });
    expect(await providersOf(aws)).toEqual([{ url: issuer, clientIds: ['sts.amazonaws.com'] }]);
  }

  test('aws-eks, with an OIDC provider that is a custom resource', async () => {
    await deploy(aws, NAME, assembly({ value: 'old' }));
    const cluster = await aws.cluster(NAME);
    await expectMade(cluster, 'old');
    const changed = assembly({ value: 'new', mode: v1.AuthenticationMode.API_AND_CONFIG_MAP });
    await deploy(aws, NAME, changed);
    await expectMade(cluster, 'new');
    expect(await (await Principal.of(cluster, 'mapped')).whoami()).toEqual({ username: arnOf('mapped'), groups: ['readers', 'system:authenticated'] }); // by aws-auth
    await destroy(aws, NAME, changed);
    expect(await inventory()).toEqual(before);
  });
});
