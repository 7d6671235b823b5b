import { CredentialsProperties, expectedVariable, ExpectedVariable } from './expected-variable';
import { probePod, valueIn } from './probe-pod';
import { nameOf } from '../../contract/identity';
import { TIMEOUTS } from '../../contract/timeouts';
import { Connections } from '../client/api-server';
import type { KubernetesApi } from '../client/kubernetes-api';
import type { KubernetesObject } from '../client/kubernetes-object';
import { forEach, Deadline } from '../deadline';
import { describe, shortened } from '../errors';
import type { Limits } from '../limits';
import { natureOf } from '../nature';
import { NOBODY } from '../records/record';

/** The successful attempts in a row that prove something about all API servers, each of which has a webhook with its own cache. */
const ENOUGH = 3;

/** A service account as it was written. */
export interface WrittenObject {
  readonly object: KubernetesObject;
  /** The resource version of the object in the cluster. */
  readonly resourceVersion: string;
  /** Whether this event has created it. */
  readonly isNew: boolean;
}

interface Options {
  readonly api: KubernetesApi;
  readonly deadline: Deadline;
  readonly limits: Limits;
}

/** The attempts for one service account. */
interface Probe {
  readonly account: KubernetesObject;
  readonly variable: ExpectedVariable;
  /** The number of successful attempts in a row that are enough. */
  readonly needed: number;
  /** The number of successful attempts in a row. */
  successes: number;
  /** What the last attempt without success has found. */
  found: string;
  isRefused: boolean;
}

/**
 * Waits until pods of service accounts get credentials. Amazon EKS injects these when a pod is created, with a webhook that learns of a new or
 * changed service account a little later than the API server. A pod that is created in between never gets them.
 *
 * Each attempt is a dry run: the API server calls the webhook, which has no side effects, and stores nothing. Whatever happens, the event does not
 * fail: the accounts are as they should be, and only pods that start at once are affected.
 *
 * All accounts that name a role are probed each time, also unchanged ones. A comparison with the previous event would find no change in the
 * second delivery of an event that was killed, or after someone else has changed the annotation. Each is probed once, and those that were written last
 * three times: the webhook learns of changes in the order in which they were made.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 * @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#side-effects
 */
export async function waitForCredentials(written: readonly WrittenObject[], properties: CredentialsProperties, options: Options): Promise<void> {
  const { limits, deadline } = options;
  const time = deadline.within(Math.min(limits.credentials, Math.floor(deadline.left / 2))); // the rest of the set needs time, too
  let waiting = probesOf(written, properties);
  for (;;) {
    const connections = new Connections(); // in each round, so that each attempt for an account can lead to another API server
    await forEach(waiting, (probe) => attempt(probe, { api: options.api, connections, time })).finally(() => connections.close());
    waiting = waiting.filter(({ successes, needed, isRefused }) => successes < needed && !isRefused);
    if (waiting.length === 0) {
      return;
    }
    if (time.left <= limits.pause) {
      break;
    }
    if (waiting.some(({ successes }) => successes === 0)) {
      await time.sleep(limits.pause);
    }
  }
  waiting.forEach(warn);
}

function probesOf(written: readonly WrittenObject[], properties: CredentialsProperties): Probe[] {
  const accounts = written.filter(({ object }) => object.kind === 'ServiceAccount').flatMap((one) => {
    const variable = expectedVariable(one.object, properties);
    return variable ? [{ ...one, variable }] : [];
  });
  const annotated = accounts.filter(({ variable }) => variable.name === 'AWS_ROLE_ARN');
  const last = [true, false].map((isNew) => lastWritten(annotated.filter((account) => account.isNew === isNew)));
  return accounts.map((account) => ({
    account: account.object,
    variable: account.variable,
    needed: last.includes(account) || !annotated.includes(account) ? ENOUGH : 1,
    successes: 0,
    found: 'no response in time',
    isRefused: false,
  }));
}

/**
 * The object whose change a watch reports last. Of an account that the webhook does not know yet, it can learn out of this order, so that the last of the new
 * accounts says nothing about those that have changed.
 *
 * @see https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/cache/cache.go
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions
 */
const lastWritten = <T extends WrittenObject>(objects: readonly T[]): T | undefined => objects.reduce<T | undefined>(
  (last, object) => (last && isLater(last.resourceVersion, object.resourceVersion) ? last : object), undefined);

/** Resource versions are numbers without leading zeros, of any length. */
const isLater = (one: string, other: string): boolean => (one.length === other.length ? one > other : one.length > other.length);

interface Round {
  readonly api: KubernetesApi;
  readonly connections: Connections;
  readonly time: Deadline;
}

async function attempt(probe: Probe, { api, connections, time }: Round): Promise<void> {
  const { account, variable: { name, value } } = probe;
  if (time.left <= 0) {
    return;
  }
  try {
    const pod = await api.preview(probePod(account), { fieldManager: NOBODY, connections, timeout: Math.min(TIMEOUTS.request, time.left) });
    if (name === 'AWS_ROLE_ARN' && valueIn(pod, 'AWS_CONTAINER_CREDENTIALS_FULL_URI') !== undefined) {
      probe.isRefused = true;
      console.log(`the function does not wait until pods of ${nameOf(account)} get the credentials of the annotation, because they get those of an EKS Pod Identity `
        + 'association, which this deployment or someone else has yet to delete');
      return;
    }
    const actual = valueIn(pod, name);
    const isAsExpected = actual !== undefined && (value === undefined || actual === value);
    probe.successes = isAsExpected ? probe.successes + 1 : 0;
    probe.found = isAsExpected ? probe.found : actual === undefined ? `no ${name}` : `${name} ${shortened(JSON.stringify(actual))}`;
  } catch (error) {
    if (time.left <= 0) {
      return; // the request was cut off, which says less than the attempts before it
    }
    const { message } = describe(account, error);
    probe.successes = 0;
    probe.found = message;
    probe.isRefused = natureOf(error) !== 'passing';
    if (probe.isRefused) {
      console.log(`the function does not wait until pods of ${nameOf(account)} get credentials, because it cannot try to create one: ${message}`);
    }
  }
}

function warn({ account, variable: { name, value }, found }: Probe): void {
  console.log(`WARNING: pods of ${nameOf(account)} that start now may not get its credentials: expected ${[name, value].filter(Boolean).join(' ')} `
    + `in a test pod, but the last attempt found: ${found}`);
}
