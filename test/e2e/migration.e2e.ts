import { trustOf } from './account-state';
import { withoutLayer } from './kubectl-layer';
import { Deployment, ours, theirs, theirsAgain, theirsRetained, Version } from './migration-recipes';
import { Walk } from './migrations';
import { startLocalAws } from './start-local-aws';
import { bootstrap } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { blocksOf } from '../documents';

(withoutLayer ? describe.skip : describe)('from aws-cdk to this library and back, within a stack:', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
    await bootstrap(aws);
  });
  afterAll(() => aws?.stop());

  /** Deploys, and expects the same objects and the same role, with its trust policy and permissions. */
  async function expectKept(walk: Walk, ...deployments: Deployment[]): Promise<void> {
    const [kept, roleArn] = [await walk.kept(), await walk.roleArn()];
    for (const deployment of deployments) {
      await walk.deploy(deployment);
      expect([await walk.kept(), await walk.roleArn()]).toEqual([kept, roleArn]);
      expect(await walk.role()).toEqual({ trust: trustOf(await walk.issuer(), 'default', 'reader'), attached: [], inline: [expect.anything()] });
      expect(await walk.newPod()).toBe('allowed');
    }
  }

  test.each<Version>(['v2', 'v1'])('an account of %s keeps its uid and its role, its pods continue to run, and so do objects of manifests', async (version) => {
    const walk = await Walk.start(aws, `moves-${version}`, version, theirs);
    const released = await walk.runningPod();
    await expectKept(walk, theirsRetained, ours, theirsAgain, theirs);
    expect(await released()).toBe('allowed');
  });

  test('cdk diff shows what the guide says, and a deployment that fails changes nothing', async () => {
    const walk = await Walk.start(aws, 'prod', 'v2', theirsRetained);
    const diff = await walk.diff(ours);
    const [shown] = blocksOf('docs/migration.md', 'text');
    shown.trimEnd().split('\n').forEach((line) => expect(diff).toContain(`${line}\n`));
    const all = async () => [await walk.cluster.look('default'), await walk.role(), await walk.roleArn()];
    for (const [deployment, before] of [[ours, undefined], [theirsAgain, ours]]) {
      await (before && expectKept(walk, before));
      const seen = await all();
      await expect(walk.deploy(function () {
        deployment!.call(this);
        this.fail();
      })).rejects.toThrow('the local AWS cannot make AWS::Nobody::Knows');
      expect(await all()).toEqual(seen);
    }
  });
});
