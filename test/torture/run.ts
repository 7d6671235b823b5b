// npm run torture: runs random sequences of events on a real API server, and compares the cluster with a model of ownership.
import { optionsOf } from './options';
import { Torture } from './torture';
import { kubernetes } from '../../local-aws/kubernetes';
import { LocalAws } from '../../local-aws/local-aws';
import { runProgram } from '../../local-aws/program';
import { python } from '../../local-aws/python';

let aws: LocalAws | undefined;

runProgram(async () => {
  const options = optionsOf(process.argv.slice(2));
  aws = await LocalAws.start({ python: await python(), kubernetes: await kubernetes() });
  const torture = await Torture.in(await aws.startCluster('test'), options);
  const start = Date.now();
  await aws.during(torture.run(({ seed, message, steps }) => {
    console.log(`\nseed ${seed}: ${message}\n${steps.map((step) => `  ${step}`).join('\n')}`);
  }));
  torture.stop();
  console.log(`\n${torture.counts.lines().join('\n')}\n${String(Math.round((Date.now() - start) / 1_000)).padStart(7)} seconds`);
  if (torture.findings.length > 0) {
    console.log(`\nTo repeat the first one: npm run torture -- --seed ${torture.findings[0].seed} --kills ${options.kills} --faults ${options.faults}`);
  }
  return torture.findings.length > 0 ? 1 : 0;
}, async () => {
  await aws?.stop();
});
