import type { KubernetesApi } from '../../../../lib/kubernetes/function/client/kubernetes-api';
import type { KubernetesObject } from '../../../../lib/kubernetes/function/client/kubernetes-object';
import { fieldsToReturn, giveBackFields } from '../../../../lib/kubernetes/function/fields/returned-fields';
import type { TakenField } from '../../../../lib/kubernetes/function/fields/taken-fields';

const [US, FIRST, SECOND] = ['us', 'first', 'second'];
const PATH = ['f:data', 'f:key'];
const HELM = { manager: 'helm', operation: 'Apply', apiVersion: 'v1' };

const object = (data: { [key: string]: string }): KubernetesObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data });

const managed = (...managers: string[]): KubernetesObject => {
  const managedFields = managers.map((manager) => ({ manager, operation: 'Apply', fieldsV1: { 'f:data': { 'f:key': {} } } }));
  return { ...object({ key: 'ours' }), metadata: { name: 'a', managedFields } };
};

const taken: TakenField = { path: PATH, value: 'theirs', ours: 'ours', managers: [HELM] };

const letGo = (found: KubernetesObject, contents: { object: KubernetesObject; manager?: string }[], fields = [taken]) =>
  fieldsToReturn({ found, manager: US, fields, contents });

test('a field that a set stops setting goes to the first other set that sets it', () => {
  const others = [{ object: object({}), manager: FIRST }, { object: object({ key: 'second' }), manager: SECOND }];
  expect(letGo(managed(US), [{ object: object({}) }, ...others]))
    .toEqual([{ path: PATH, value: 'second', ours: 'ours', managers: [{ manager: SECOND, operation: 'Apply', apiVersion: 'v1' }] }]);
});

test('a field that no other set sets goes back to its former manager outside', () => {
  expect(letGo(managed(US), [{ object: object({}) }, { object: object({ other: 'x' }), manager: FIRST }])).toEqual([taken]);
});

test('a set that continues to set a field does not give it back', () => {
  expect(letGo(managed(US), [{ object: object({ key: 'new' }) }, { object: object({ key: 'first' }), manager: FIRST }])).toEqual([]);
});

test('a set that sets the same value as others outside shares the field with them', () => {
  expect(letGo(managed(US), [{ object: object({ key: 'theirs' }) }])).toEqual([taken]);
});

test('the former value outside is remembered while another set still manages the field', () => {
  expect(letGo(managed(US, FIRST), [{ object: object({ key: 'theirs' }) }])).toEqual([]);
});

test('a value that nobody managed is not shared', () => {
  expect(letGo(managed(US), [{ object: object({ key: 'theirs' }) }], [{ ...taken, managers: [] }])).toEqual([]);
});

describe('giving fields back', () => {
  const requests: string[] = [];
  const changed = async (what: string, result: KubernetesObject) => {
    requests.push(what);
    return result;
  };
  const api = {
    apply: (applied: KubernetesObject) => changed(`apply of ${Object.keys(applied).join(', ')}`, managed(US)),
    patchJson: (patched: KubernetesObject, operations: { path: string }[]) => changed(`patch of ${operations.map(({ path }) => path).join(', ')}`, patched),
  } as unknown as KubernetesApi;
  const PATCHES = ['patch of /metadata/resourceVersion, /data/key', 'patch of /metadata/resourceVersion, /metadata/managedFields'];

  beforeEach(() => requests.splice(0));

  test('restores values, and then managers', async () => {
    await giveBackFields(api, managed(US), [taken], US);
    expect(requests).toEqual(PATCHES);
  });

  test('first lets the API server protect all fields if nobody manages any', async () => {
    await giveBackFields(api, managed(), [taken], US);
    expect(requests).toEqual(['apply of apiVersion, kind, metadata', ...PATCHES]);
  });

  test.each<[string, KubernetesObject, TakenField]>([
    ['that someone else manages by now', managed(US, FIRST), taken],
    ['whose parent no longer exists', { ...managed(US), data: undefined }, taken],
    ['that did not exist before', managed(US), { ...taken, value: undefined }],
    ['that no longer exists, and for which the set had no value', object({}), { ...taken, ours: undefined }],
  ])('leaves a field alone %s', async (_, found, field) => {
    await giveBackFields(api, found, [field], US);
    expect(requests).toEqual([]);
  });
});
