import type { KubernetesApi } from '../../../../lib/kubernetes/function/client/kubernetes-api';
import type { KubernetesObject } from '../../../../lib/kubernetes/function/client/kubernetes-object';
import { waitForCredentials } from '../../../../lib/kubernetes/function/credentials/wait-for-credentials';
import { Deadline } from '../../../../lib/kubernetes/function/deadline';
import { LIMITS } from '../../../../lib/kubernetes/function/limits';

const ROLE = 'arn:aws:iam::123456789012:role/reader';

interface Which {
  readonly areNew?: string[];
  readonly associated?: string[];
}

/** The accounts that were probed, each as often as it was. */
async function probed(resourceVersions: { [name: string]: string }, { areNew = [], associated = [] }: Which = {}): Promise<string[]> {
  const names: string[] = [];
  const env = [{ name: associated.length > 0 ? 'AWS_CONTAINER_CREDENTIALS_FULL_URI' : 'AWS_ROLE_ARN', value: ROLE }];
  const api = {
    preview: async (pod: KubernetesObject) => {
      names.push((pod.spec as { serviceAccountName: string }).serviceAccountName);
      return { ...pod, spec: { containers: [{ name: 'probe', env }] } };
    },
  } as unknown as KubernetesApi;
  const annotations = { 'eks.amazonaws.com/role-arn': ROLE };
  const written = Object.entries(resourceVersions).map(([name, resourceVersion]) => ({
    object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'n', annotations } },
    resourceVersion,
    isNew: areNew.includes(name),
  }));
  const properties = { PodIdentityAccounts: associated.map((name) => `n/${name}`) };
  const clock = { now: () => 0, sleep: async () => undefined };
  await waitForCredentials(written, properties, { api, limits: LIMITS, deadline: new Deadline(60_000, LIMITS, { clock }) });
  return names.sort();
}

test('the account that was written last is probed three times, and each other one once', async () => {
  expect(await probed({ a: '99', b: '101', c: '100' })).toEqual(['a', 'b', 'b', 'b', 'c']);
});

test('the last of the new accounts and the last of the others are, because the webhook can learn of new accounts out of order', async () => {
  expect(await probed({ a: '4', b: '3', c: '2', d: '1' }, { areNew: ['b', 'd'] })).toEqual(['a', 'a', 'a', 'b', 'b', 'b', 'c', 'd']);
});

test('accounts with associations are probed three times each, because the webhook learns of associations in an unknown order', async () => {
  expect(await probed({ a: '1', b: '2' }, { associated: ['a', 'b'] })).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
});
