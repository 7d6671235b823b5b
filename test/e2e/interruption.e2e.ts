import { NpmStart } from './npm-start';
import { TestRun } from './runs';

const start = new NpmStart();

/** Expects that nothing is left of a run that was ended, and that it prints no more than this. */
async function expectNothingLeft(run: TestRun, { code, errors }: { code: number; errors: string | RegExp }): Promise<void> {
  expect(await run.ended).toBe(code);
  expect(run.errors).toMatch(errors);
  expect(run.output).not.toContain('failed');
  expect(await run.leftovers()).toEqual([]);
  expect(start.files()).toEqual([]);
}

const INTERRUPTED = /^\nInterrupted: ending all that runs\n$/;

describe('Ctrl-C ends everything that was started,', () => {
  test.each([
    'cdk synth IrsaTestStack ...',
    'Starting a local AWS',
    'cdk bootstrap ...',
    'Jobs, the node, and attacks ...',
  ])('at "%s"', async (line) => {
    const run = start.run();
    await run.says(line);
    run.interrupt();
    await expectNothingLeft(run, { code: 130, errors: INTERRUPTED });
  });

  test('in a deployment, if clusters are records', async () => {
    const run = start.run(start.records);
    await run.says('cdk deploy IrsaTestStack ...');
    run.interrupt();
    await expectNothingLeft(run, { code: 130, errors: INTERRUPTED });
  });
});

test('closing the terminal during a deployment ends everything that was started', async () => {
  const run = start.run();
  await run.says('cdk deploy IrsaTestStack ...');
  run.interrupt('SIGHUP');
  await expectNothingLeft(run, { code: 129, errors: INTERRUPTED });
});

test('SIGTERM while a control plane starts ends everything that was started', async () => {
  const run = start.run();
  await run.runs('kube-apiserver');
  run.interrupt('SIGTERM');
  await expectNothingLeft(run, { code: 143, errors: INTERRUPTED });
});

test('closing the output pipe ends everything that was started', async () => {
  const run = start.run();
  await run.says('cdk bootstrap ...');
  run.stopReading();
  await expectNothingLeft(run, { code: 1, errors: /^$/ });
});

test.each(['a record', 'a real Kubernetes'])('if a local AWS whose cluster is %s ends by itself, the error says so, with the end of its log', async (cluster) => {
  const run = start.run(cluster === 'a real Kubernetes' ? {} : start.records);
  const pid = await run.runs('local_aws.py');
  await run.says('Jobs, the node, and attacks ...');
  process.kill(pid, 'SIGKILL');
  expect(await run.ended).toBe(1);
  expect(run.output).toMatch(/Jobs, the node, and attacks \.\.\. failed\n$/);
  expect(run.errors).toMatch(/HTTP\/1\.1" 200 -\n(.*\n)*the local AWS has ended by itself\n$/);
  expect(await run.leftovers()).toEqual([]);
  expect(start.files()).toEqual([]);
});

test('if a component of Kubernetes ends by itself, the error says so, with the end of its log', async () => {
  const run = start.run();
  await run.says('Jobs, the node, and attacks ...');
  process.kill(await run.runs('kube-apiserver'), 'SIGKILL');
  expect(await run.ended).toBe(1);
  expect(run.errors).toMatch(/^describe_cluster: kube-apiserver has ended; the end of its log:\n/);
  expect(await run.leftovers()).toEqual([]);
});
