import { ExistingObjects } from '../../../lib/kubernetes/contract/existing-objects';
import { SetApplier } from '../../../lib/kubernetes/function/apply-set';
import { KubernetesApi } from '../../../lib/kubernetes/function/kubernetes-api';
import { LIMITS } from '../../../lib/kubernetes/function/limits';
import { Patience } from '../../../lib/kubernetes/function/patience';

test('what is gone before it can be marked, as a short Job may be, is not made again', async () => {
  const apply = jest.fn();
  const api = { get: async () => undefined, apply } as unknown as KubernetesApi;
  const object = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' } };
  await new SetApplier(api, new Patience(Date.now() + 2_000, LIMITS), [{ object, id: 'id', existing: ExistingObjects.REFUSE }]).apply();
  expect(apply.mock.calls.map(([, { dryRun }]) => dryRun)).toEqual([true, undefined]);
});
