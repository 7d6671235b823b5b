import { trustOf } from './account-state';
import { withoutLayer } from './kubectl-layer';
import { bornOurs, bornOursMoved, bornOursRetained, CONFIG, oneMoved, OTHER, several, severalWithoutPruning } from './migration-recipes';
import { ACCOUNT, Walk } from './migrations';
import { startLocalAws } from './start-local-aws';
import { bootstrap } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';

(withoutLayer ? describe.skip : describe)('between aws-cdk and this library:', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
    await bootstrap(aws);
  });
  afterAll(() => aws?.stop());

  test('an account and an object that this library created move to aws-cdk, and pods continue to run', async () => {
    const walk = await Walk.start(aws, 'born', 'v2', bornOurs);
    const objects = [ACCOUNT, CONFIG];
    const [kept, roleArn, released] = [await walk.kept(objects), await walk.roleArn(), await walk.runningPod()];
    for (const deployment of [bornOursRetained, bornOursMoved]) {
      await walk.deploy(deployment);
      expect([await walk.kept(objects), await walk.roleArn()]).toEqual([kept, roleArn]);
      expect(await walk.role()).toEqual({ trust: trustOf(await walk.issuer(), 'default', 'reader'), attached: [], inline: [expect.anything()] });
      expect(await walk.newPod()).toBe('allowed');
    }
    expect(await released()).toBe('allowed');
  });

  test('one of several objects of a manifest moves to this library and back', async () => {
    const walk = await Walk.start(aws, 'several', 'v2', several);
    const objects = [ACCOUNT, CONFIG, OTHER];
    const kept = await walk.kept(objects);
    for (const deployment of [severalWithoutPruning, oneMoved, several]) {
      await walk.deploy(deployment);
      expect(await walk.kept(objects)).toEqual(kept);
    }
  });
});
