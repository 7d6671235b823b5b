import { Progress, progressOf } from './progress';
import { isJob } from '../../contract/awaited-condition';
import { groupOf, identity, nameOf } from '../../contract/identity';
import type { KubernetesApi } from '../client/kubernetes-api';
import type { KubernetesObject } from '../client/kubernetes-object';
import { forEach, Deadline } from '../deadline';
import { describe, shortened } from '../errors';
import type { Awaited, Wanted } from '../input/wanted';
import type { Limits } from '../limits';

interface Options {
  readonly api: KubernetesApi;
  readonly deadline: Deadline;
  readonly limits: Limits;
  /** The identities of Jobs that an earlier event applied and that no longer exist. */
  readonly finished: ReadonlySet<string>;
}

/** Objects have failed, so that what is awaited will never hold. */
export class AwaitedFailure extends Error {
  /** @param identities the identities of the objects. */
  constructor(message: string, public readonly identities: string[]) {
    super(message);
  }
}

/** What the function has seen of an awaited object. */
interface Observation {
  readonly awaited: Awaited;
  readonly found?: KubernetesObject;
  readonly progress: Progress;
}

/** The pause between two attempts grows up to this multiple of the first one. */
const LONGEST_PAUSE = 8;

/**
 * Waits until conditions of objects hold. Once a condition has held, nobody looks at it again.
 *
 * @throws an `AwaitedFailure` at once if an object has failed, and an error at the end of the time with the state of each object that is not ready.
 */
export async function waitForConditions({ awaited, waitTimeout }: Wanted, { api, deadline, limits, finished }: Options): Promise<void> {
  const time = deadline.within(waitTimeout);
  let waiting = awaited.filter(({ object }) => !finished.has(identity(object)));
  for (let pause = limits.pause; ; pause = Math.min(pause * 2, limits.pause * LONGEST_PAUSE)) {
    const observations = await observe(waiting, api, deadline); // the last look may take longer than the time, so that it has a result
    const failures = observations.filter(({ progress }) => progress.is === 'failed');
    if (failures.length > 0) {
      throw new AwaitedFailure(failures.map(messageOf).join('\n'), failures.map(({ awaited: { object } }) => identity(object)));
    }
    const left = observations.filter(({ progress }) => progress.is === 'waiting');
    if (left.length === 0) {
      return;
    }
    if (time.left <= pause) {
      throw new Error([`after ${Math.round(time.elapsed / 1_000)} s, waitFor does not hold:`, ...left.map(messageOf)].join('\n'));
    }
    waiting = left.map((each) => each.awaited);
    await time.sleep(pause);
  }
}

async function observe(waiting: readonly Awaited[], api: KubernetesApi, deadline: Deadline): Promise<Observation[]> {
  const observations: Observation[] = [];
  await forEach([...waiting.entries()], async ([i, awaited]) => {
    const { object } = awaited;
    const found = await deadline.retry(() => api.get(object)).catch((error) => { throw describe(object, error); });
    observations[i] = { awaited, found, progress: progressOf(found, awaited) };
  });
  return observations;
}

function messageOf({ awaited: { object }, found, progress }: Observation): string {
  const state = progress.is === 'failed' ? 'has failed' : 'is not ready';
  return [`${nameOf(object)} ${state}`, progress.is !== 'ready' && shortened(progress.why), found && commandFor(object)].filter(Boolean).join(': ');
}

/** How a person finds out more. A rollback can delete the object. */
function commandFor(object: KubernetesObject): string {
  const { apiVersion, kind, metadata: { name, namespace = 'default' } } = object;
  const resource = [kind.toLowerCase(), groupOf(apiVersion)].filter(Boolean).join('.');
  const command = isJob(object) ? `logs -n ${namespace} job/${name}` : `describe -n ${namespace} ${resource}/${name}`;
  return `while it exists, see kubectl ${command}`;
}
