import type { ApplyOptions, KubernetesApi, PatchOperation } from '../../../../lib/kubernetes/function/client/kubernetes-api';
import type { KubernetesObject } from '../../../../lib/kubernetes/function/client/kubernetes-object';
import { applyKeepingUnmanaged } from '../../../../lib/kubernetes/function/fields/unmanaged-fields';

const US = 'us';
const content = (labels?: { [name: string]: string }): KubernetesObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels } });

function found(labels: { [name: string]: string }, ours: string[]): KubernetesObject {
  const fieldsV1 = { 'f:metadata': { 'f:labels': Object.fromEntries(ours.map((name) => [`f:${name}`, {}])) } };
  return { ...content(labels), metadata: { name: 'a', resourceVersion: '1', labels, managedFields: [{ manager: US, operation: 'Apply', fieldsV1 }] } };
}

/** An API server that removes all labels when they lose their last manager. */
class Server {
  public readonly applied: ApplyOptions[] = [];
  public readonly patches: PatchOperation[][] = [];

  public get api(): KubernetesApi {
    return this as unknown as KubernetesApi;
  }

  public async apply(object: KubernetesObject, options: ApplyOptions): Promise<KubernetesObject> {
    this.applied.push(options);
    return { ...object, metadata: { resourceVersion: '1', ...object.metadata } };
  }

  public async patchJson(object: KubernetesObject, operations: PatchOperation[]): Promise<KubernetesObject> {
    this.patches.push(operations);
    return { ...object, metadata: { ...object.metadata, resourceVersion: '2' } };
  }
}

test('a field that nobody manages gets a manager before an apply would remove it', async () => {
  const server = new Server();
  const applied = await applyKeepingUnmanaged(server.api, content(), found({ ours: 'x', unmanaged: 'y' }, ['ours']), US);
  const [[version, managers]] = server.patches;
  expect(version).toEqual({ op: 'replace', path: '/metadata/resourceVersion', value: '1' });
  expect(managers.value).toContainEqual({
    manager: 'before-first-apply',
    operation: 'Update',
    apiVersion: 'v1',
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:metadata': { 'f:labels': { 'f:unmanaged': {} } } },
  });
  expect(applied.metadata.resourceVersion).toBe('2');
});

test('an existing entry of this manager is extended', async () => {
  const server = new Server();
  const there = found({ ours: 'x', unmanaged: 'y', other: 'z' }, ['ours']);
  const guard = { manager: 'before-first-apply', operation: 'Update', fieldsV1: { 'f:metadata': { 'f:labels': { 'f:other': {} } } } };
  (there.metadata.managedFields as object[]).push(guard);
  await applyKeepingUnmanaged(server.api, content(), there, US);
  const [[, { value }]] = server.patches;
  expect(value).toContainEqual({ ...guard, fieldsV1: { 'f:metadata': { 'f:labels': { 'f:other': {}, 'f:unmanaged': {} } } } });
});

test.each<[string, { [name: string]: string } | undefined, { [name: string]: string }]>([
  ['sets all fields that it set before', { ours: 'z' }, { ours: 'x', unmanaged: 'y' }],
  ['finds no field that nobody manages', undefined, { ours: 'x' }],
])('an apply that %s needs no dry run', async (_, wanted, there) => {
  const server = new Server();
  await applyKeepingUnmanaged(server.api, content(wanted), found(there, ['ours']), US);
  expect(server.applied.map(({ dryRun }) => dryRun)).toEqual([undefined]);
});
