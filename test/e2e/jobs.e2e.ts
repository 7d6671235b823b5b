import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestStack } from './cloudformation';
import { Invocations } from './invocations';
import { Scene } from './scene';
import { until } from './waiting';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

const scene = new Scene();
const invocations = new Invocations();
const { account, config, uid } = scene;

/** A Job that is deleted after it has run, and the number of its runs. */
function counted() {
  const file = join(scene.aws.folder, `runs-${scene.namespace}`);
  const job = (more = '') => scene.job('j', `echo run >> ${file}${more}`, { ttlSecondsAfterFinished: 0 });
  const runs = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0);
  const gone = () => until(async () => !await scene.cluster.find(job()));
  return { job, runs, gone };
}

describe('a Job that has finished and no longer exists', () => {
  /** If it was created again, it might not have run yet. */
  const expectNotApplied = () => expect(invocations.writes.filter((request) => /\/jobs\b/.test(request))).toEqual([]);

  const finished = async (existing?: ExistingObjects) => {
    const { job, ...rest } = counted();
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [job()], existing } });
    await rest.gone();
    invocations.writes = [];
    return { stack, job, ...rest };
  };

  test.each<[string, (stack: TestStack, job: object) => Promise<unknown>]>([
    ['its set gets another object', (stack, job) => stack.deploy({ Set: { objects: [job, config('c')] } })],
    ['its construct is renamed', (stack, job) => stack.deploy({ New: { objects: [job] } })],
    ['its construct is renamed twice', async (stack, job) => {
      await stack.deploy({ New: { objects: [job] } });
      await stack.deploy({ Newer: { objects: [job] } });
    }],
    ['it moves to another set', (stack, job) => stack.deploy({ Set: { objects: [config('c')] }, Other: { objects: [job] } })],
    ['its removal is rolled back', (stack) => stack.deploy({ Set: { objects: [config('c')] } }, { failsElsewhere: true })],
    ['its renaming is rolled back', (stack, job) => stack.deploy({ New: { objects: [job] } }, { failsElsewhere: true })],
    ['a change of its set is rolled back', (stack, job) => stack.deploy({ Set: { objects: [job, config('c')] } }, { failsElsewhere: true })],
    ['TAKE_OVER is turned on', (stack, job) => stack.deploy({ Set: { objects: [job], existing: ExistingObjects.TAKE_OVER } })],
  ])('does not run again when %s', async (_, change) => {
    const { stack, job, runs } = await finished();
    await change(stack, job()).catch((error) => expect(error.message).toBe('something else failed'));
    expectNotApplied();
    expect(runs()).toBe(1);
    await stack.destroy();
  });

  test('does not run again in a set with KEEP', async () => {
    const { stack, job, runs } = await finished(ExistingObjects.KEEP);
    await stack.deploy({ Set: { objects: [job(), config('c')], existing: ExistingObjects.KEEP } });
    expectNotApplied();
    expect(runs()).toBe(1);
  });

  test('runs again when its manifest changes, even if its construct is renamed', async () => {
    const { stack, job, runs, gone } = await finished();
    await stack.deploy({ Set: { objects: [job(' && true')] } });
    await gone();
    expect(runs()).toBe(2);
    await stack.deploy({ New: { objects: [job(' && true && true')] } });
    await gone();
    expect(runs()).toBe(3);
  });

  test('runs again in a stack that is created again', async () => {
    const { stack, job, runs, gone } = await finished();
    await stack.destroy();
    await new TestStack('One').deploy({ Set: { objects: [job()] } });
    await gone();
    expect(runs()).toBe(2);
  });
});

test('a Job that another stack also lists is not recreated, and the change is an error', async () => {
  const [one, two] = [new TestStack('One'), new TestStack('Two')];
  const job = (command: string) => scene.job('j', command, { suspend: true });
  await one.deploy({ Set: { objects: [job('true')] } });
  await two.deploy({ Set: { objects: [job('true')], existing: ExistingObjects.TAKE_OVER } });
  const before = await uid(job(''));
  await expect(two.deploy({ Set: { objects: [job('false')], existing: ExistingObjects.TAKE_OVER } }))
    .rejects.toThrow(/^Job \S+\/j: 422 Invalid: spec\.template\.spec: FieldValueInvalid: the rest of .*: this cannot be changed in place, so give the object another name$/);
  expect(await uid(job(''))).toBe(before);
  await two.destroy();
  await one.destroy();
  expect(await uid(job(''))).toBeUndefined();
});

test('a service account is never recreated', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a')] } });
  const before = await uid(account('a'));
  for (const set of [{ objects: [account('a', 'arn:role')] }, { objects: [account('a', undefined, { automountServiceAccountToken: false }), config('c')] }]) {
    await stack.deploy({ Set: set }, { failsElsewhere: true }).catch((error) => expect(error.message).toBe('something else failed'));
    expect(await uid(account('a'))).toBe(before);
    await stack.deploy({ Set: set });
    expect(await uid(account('a'))).toBe(before);
  }
});
