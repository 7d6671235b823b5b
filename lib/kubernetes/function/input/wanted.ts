import { parse } from './objects';
import { identity } from '../../contract/identity';
import type { Properties } from '../../contract/properties';
import { TIMEOUTS } from '../../contract/timeouts';
import type { KubernetesObject } from '../client/kubernetes-object';

/** A condition of an object for which an event waits. */
export interface Awaited {
  readonly object: KubernetesObject;
  readonly type: string;
}

/** What an event requests, after all checks. */
export interface Wanted {
  readonly objects: readonly KubernetesObject[];
  readonly awaited: readonly Awaited[];
  /** How long the conditions can take to hold, in milliseconds. */
  readonly waitTimeout: number;
}

/** What a Delete requests, because it depends only on the record. */
export const NOTHING_WANTED: Wanted = { objects: [], awaited: [], waitTimeout: 0 };

/**
 * The construct has checked what was known at synthesis, but a value from the deployment can be anything.
 *
 * @throws an error without invalid values, which might be secret.
 */
export function wantedBy(properties: Properties): Wanted {
  const objects = parse(properties);
  const { WaitFor = [], WaitTimeout = `${TIMEOUTS.wait / 1_000}` } = properties;
  const awaited = WaitFor.map(({ ApiVersion, Kind, Namespace, Name, Type }, i): Awaited => {
    const wanted = identity({ apiVersion: ApiVersion, kind: Kind, metadata: { name: Name, namespace: Namespace } });
    const object = objects.find((each) => identity(each) === wanted);
    if (!object) {
      throw new Error(`waitFor[${i}] must be an object of this set: the set has no such ${Kind}`);
    }
    return { object, type: Type };
  });
  const waitTimeout = Number(WaitTimeout) * 1_000;
  if (!(waitTimeout > 0 && waitTimeout <= TIMEOUTS.wait)) {
    throw new Error(`waitTimeout must be at most ${TIMEOUTS.wait / 1_000} seconds, and more than 0`);
  }
  return { objects, awaited, waitTimeout };
}
