import { TestRun } from './runs';

/** In a process of its own, because an invocation that is killed keeps its connections until the process ends. */
test('thirty random sequences of events and kills leave the cluster as the model of ownership says', async () => {
  const run = new TestRun(['--import', './bin/tsx.mjs', 'test/torture/run.ts', '--seed', '20', '--sequences', '30', '--faults', '0']);
  expect({ code: await run.ended, output: run.output, errors: run.errors }).toEqual({
    code: 0, output: expect.stringMatching(/\d+ kills: Create\n *\d+ kills: Delete\n *\d+ kills: Update\n/), errors: '',
  });
});
