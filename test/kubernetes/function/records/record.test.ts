import { ExistingObjects } from '../../../../lib/kubernetes/contract/existing-objects';
import { decode, encode, Entry, RecordedEvent, SetRecord, stateOf } from '../../../../lib/kubernetes/function/records/record';

const entry: Entry = { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, epoch: 1, landed: true, origin: 'absent', fields: [] };
const record = (event: Partial<RecordedEvent> = {}, objects: SetRecord['current']['objects'] = { a: entry }): SetRecord => ({
  format: 1,
  stackId: 'arn',
  event: { request: 'r', type: 'Create', time: '20261126T000000Z', nonce: 'n', earlier: [], ...event },
  current: { ids: [], hash: '', existing: ExistingObjects.REFUSE, objects },
  dropped: {},
  retained: {},
});

test('a record is read as it was written', () => {
  expect(decode('x', encode(record()))).toEqual(record());
});

test('a record of a newer format is rejected, and the error says what to do', () => {
  const newer = encode({ ...record(), format: 2 } as unknown as SetRecord);
  expect(() => decode('x', newer)).toThrow('record x has format 2, but this function supports only format 1: deploy the cluster\'s stack with the newer version of the library that wrote it');
});

test.each([undefined, '', 'bm90IGd6aXA=', encode('text' as unknown as SetRecord)])('%j is not a record, and is rejected', (data) => {
  expect(() => decode('x', data)).toThrow('record x cannot be read: restore its data, or delete the Secret to make the set forget its objects');
});

test.each<[string, (written: any) => void]>([
  ['an event', (written) => { delete written.event; }],
  ['a time', (written) => { delete written.event.time; }],
  ['objects', (written) => { written.current.objects = undefined; }],
  ['a state before it that is a state', (written) => { written.previous = {}; }],
  ['an object in an entry', (written) => { written.current.objects.a = { ...entry, object: undefined }; }],
  ['a name of an object', (written) => { written.dropped.a = { ...entry, object: { ...entry.object, metadata: {} } }; }],
  ['an entry that is not null', (written) => { written.retained.a = null; }],
  ['an epoch that is a number', (written) => { written.current.objects.a = { ...entry, epoch: '2' }; }],
  ['paths of fields that are lists', (written) => { written.current.objects.a = { ...entry, fields: [{ path: 'a', managers: [] }] }; }],
])('data without %s is not a record, and is rejected', (_, change) => {
  const written = JSON.parse(JSON.stringify(record()));
  change(written);
  expect(() => decode('x', encode(written))).toThrow('record x cannot be read');
});

test.each<[string, Partial<RecordedEvent>, object?]>([
  ['Creating', { type: 'Create' }],
  ['Updating', { type: 'Update' }],
  ['Deleting', { type: 'Delete' }],
  ['Ready', { answer: { id: 'x' } }],
  ['Failed', { answer: { error: 'x' } }],
  ['Failed', { type: 'Update', answer: { error: 'x' } }, {}],
  ['Deleted', { type: 'Delete', answer: { id: 'x' } }, {}],
  ['Deleted', { type: 'Create', answer: { error: 'x' } }, {}],
])('kubectl shows the state %s', (state, event, objects = { a: entry }) => {
  expect(stateOf(record(event, objects as SetRecord['current']['objects']))).toBe(state);
});
