import { trustOf } from './account-state';
import { withoutLayer } from './kubectl-layer';
import { bothAccounts, ourAccount, theirAccount, theirAccountAgain, theirs, Version } from './migration-recipes';
import { ACCOUNT, Walk } from './migrations';
import { startLocalAws } from './start-local-aws';
import { bootstrap, destroy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';

(withoutLayer ? describe.skip : describe)('from aws-cdk to this library and back, to another stack:', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
    await bootstrap(aws);
  });
  afterAll(() => aws?.stop());

  test.each<Version>(['v2', 'v1'])('an account of %s keeps its uid, and each role exists until pods have restarted', async (version) => {
    const name = `leaves-${version}`;
    const walk = await Walk.start(aws, name, version, theirAccount);
    const uid = async () => (await walk.cluster.find(ACCOUNT)).metadata.uid;
    const [before, theirRole] = [await uid(), await walk.roleArn()];

    const [one, two] = [await walk.runningPod(), await walk.runningPod()];
    await walk.deploy(bothAccounts, name, `${name}-apps`);
    const ourRole = await walk.roleArn();
    expect(ourRole).toContain(`:role/${name}-apps-`);
    expect((await walk.role()).trust).toEqual(trustOf(await walk.issuer(), 'default', 'reader'));
    expect([await one(), await walk.newPod()]).toEqual(['allowed', 'allowed']);
    await walk.deploy(ourAccount);
    expect([await walk.roleArn(), await walk.role(theirRole)]).toEqual([ourRole, undefined]);
    expect([await two(), await walk.newPod()]).toEqual(['AccessDenied', 'allowed']);
    expect(await uid()).toBe(before);

    const three = await walk.runningPod();
    await walk.deploy(theirAccountAgain);
    const theirNewRole = await walk.roleArn();
    expect(theirNewRole).toContain(`:role/${name}-Cluster`);
    expect([await three(), await walk.newPod()]).toEqual(['allowed', 'allowed']);
    await destroy(aws, `${name}-apps`, walk.args);
    expect([await walk.roleArn(), await walk.role(ourRole)]).toEqual([theirNewRole, undefined]);
    await walk.deploy(theirs);
    expect([await uid(), await walk.roleArn(), await walk.newPod()]).toEqual([before, theirNewRole, 'allowed']);
  });
});
