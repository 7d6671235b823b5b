import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';
import { Torture } from '../torture/torture';


let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws?.stop());

/** The same sequences as `npm run torture -- --seed 20 --sequences 30`. */
test('thirty random sequences of events and kills leave the cluster as the model of ownership says', async () => {
  const torture = await Torture.in(await aws.startCluster('test'), { seed: 20, sequences: 30, kills: 0.2, parallel: 24 });
  const findings: string[] = [];
  await torture.run(({ seed, message, steps }) => findings.push([`seed ${seed}: ${message}`, ...steps].join('\n')));
  torture.stop();
  expect(findings).toEqual([]);
  for (const type of ['Create', 'Update', 'Delete']) {
    expect(torture.counts.get(`kills: ${type}`)).toBeGreaterThan(0);
  }
});
