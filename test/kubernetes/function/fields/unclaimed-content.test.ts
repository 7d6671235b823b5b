import { KubernetesError } from '../../../../lib/kubernetes/function/client/api-server';
import type { KubernetesApi } from '../../../../lib/kubernetes/function/client/kubernetes-api';
import type { KubernetesObject } from '../../../../lib/kubernetes/function/client/kubernetes-object';
import type { FieldTree } from '../../../../lib/kubernetes/function/fields/managed-fields';
import { unclaimed } from '../../../../lib/kubernetes/function/fields/unclaimed-content';

const US = 'cdk-irsa';
const WHOLE: FieldTree = { 'f:spec': { 'f:selector': {} } };
const BY_KEY: FieldTree = { 'f:spec': { 'f:selector': { 'f:app': {} } } };

const object = (selector: object, ...managed: [string, FieldTree][]): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Any',
  metadata: { name: 'a', ...(managed.length > 0 && { managedFields: managed.map(([manager, fieldsV1]) => ({ manager, operation: 'Apply', fieldsV1 })) }) },
  spec: { selector, port: 80 },
});

/** What is left of a selector, and the number of dry runs. `ours` are the fields that we would manage; undefined if the API server refuses the dry run. */
async function left(selector: object, theirs: [string, FieldTree], ours?: FieldTree): Promise<[unknown, number]> {
  const apply = jest.fn(async (content: KubernetesObject) => {
    if (!ours) {
      throw new KubernetesError('apply', 422, 'the field is immutable');
    }
    return object((content.spec as { selector: object }).selector, [US, ours], theirs);
  });
  const rest = await unclaimed({ apply } as unknown as KubernetesApi, object(selector), object({ app: 'theirs' }, theirs), US);
  expect(rest).toEqual({ ...object({}), spec: { ...rest.spec as object, port: 80 } });
  return [(rest.spec as { selector?: object }).selector, apply.mock.calls.length];
}

test.each<[string, object, [string, FieldTree], FieldTree | undefined, unknown, number]>([
  ['an entry that others manage', { app: 'ours', more: 'ours' }, ['helm', BY_KEY], undefined, { more: 'ours' }, 0],
  ['a map that others manage as a whole', { app: 'ours' }, ['helm', WHOLE], WHOLE, undefined, 1],
  ['an empty map in the place of one that others manage', {}, ['helm', WHOLE], undefined, undefined, 0],
  ['a map that others manage, if the API server refuses to tell whether they manage it as a whole', { app: 'ours' }, ['helm', WHOLE], undefined, undefined, 1],
])('%s is left out', async (_, selector, theirs, ours, rest, dryRuns) => {
  expect(await left(selector, theirs, ours)).toEqual([rest, dryRuns]);
});

test.each<[string, [string, FieldTree], FieldTree | undefined, number]>([
  ['entries in a map that others manage without its entries', ['helm', WHOLE], BY_KEY, 1],
  ['what another set manages', [`cdk-irsa-${'0'.repeat(32)}`, WHOLE], undefined, 0],
  ['what nobody managed before the first apply', ['before-first-apply', WHOLE], undefined, 0],
])('%s stay', async (_, theirs, ours, dryRuns) => {
  expect(await left({ app: 'ours' }, theirs, ours)).toEqual([{ app: 'ours' }, dryRuns]);
});
