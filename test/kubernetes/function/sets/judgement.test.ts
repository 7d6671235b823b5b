import { ExistingObjects } from '../../../../lib/kubernetes/contract/existing-objects';
import type { KubernetesObject } from '../../../../lib/kubernetes/function/client/kubernetes-object';
import { Holder, Owners } from '../../../../lib/kubernetes/function/records/owners';
import { Entry, managerOf, nameOfRecord } from '../../../../lib/kubernetes/function/records/record';
import { judge, judgeEnding, DesiredObject } from '../../../../lib/kubernetes/function/sets/judgement';

const { KEEP, TAKE_OVER } = ExistingObjects;
const US = '123456789012/us-west-2/Stack/Set';
const SIBLING = '123456789012/us-west-2/Stack/Other';
const STRANGER = '123456789012/us-west-2/Elsewhere/Set';

const object: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'n' } };
/** The object in the cluster, which this set has applied. */
const found = (more: object = {}): KubernetesObject =>
  ({ ...object, metadata: { ...object.metadata, uid: 'u', managedFields: [{ manager: managerOf(nameOfRecord(US)), operation: 'Apply' }], ...more } });
const ofKind = (kind: string, there = found()) => ({ ...there, kind });
const entry = (more: Partial<Entry> = {}): Entry => ({ object, uid: 'u', epoch: 1, landed: true, origin: 'absent', fields: [], ...more });
const holder = (owner: string, more: Partial<Entry> = {}, isEnding = false): Holder => ({ owner, entry: entry(more), isEnding });
const heldBy = (...holders: Holder[]): Owners =>
  ({ holdersOf: () => holders, entryFor: () => undefined, isKept: () => false, mayBeShared: () => false }) as unknown as Owners;
const desired = (more: Partial<DesiredObject> = {}): DesiredObject => ({ object, owner: US, existing: ExistingObjects.REFUSE, isUndo: false, token: 't', ...more });

// the rows of decisions/0003-object-ownership.md
beforeEach(() => jest.spyOn(console, 'log').mockImplementation()); // the function logs what it takes from others

test.each<[string, string, KubernetesObject | undefined, Holder[], Partial<DesiredObject>]>([
  ['is absent', 'create', undefined, [], {}],
  ['is being deleted', 'wait', found({ deletionTimestamp: 'now' }), [holder(US)], {}],
  ['is being deleted, with KEEP', 'wait', found({ deletionTimestamp: 'now' }), [], { existing: KEEP }],
  ['is ours', 'apply', found(), [holder(US)], {}],
  ['is ours, with KEEP', 'leave', found(), [holder(US)], { existing: KEEP }],
  ['a sibling owns', 'apply', found(), [holder(SIBLING)], {}],
  ['a sibling owns, which took it from us', 'apply', found(), [holder(SIBLING, { epoch: 2 })], { entry: entry() }],
  ['a sibling is giving up', 'wait', found(), [holder(SIBLING, {}, true)], {}],
  ['another stack owns', 'refuse', found(), [holder(STRANGER)], {}],
  ['another stack owns, with TAKE_OVER', 'apply', found(), [holder(STRANGER)], { existing: TAKE_OVER }],
  ['another stack owns, with KEEP', 'leave', found(), [holder(STRANGER)], { existing: KEEP }],
  ['another stack owns, which took it from us', 'leave', found(), [holder(STRANGER, { epoch: 2 })], { entry: entry() }],
  ['another stack owns, which took it from us, with TAKE_OVER', 'apply', found(), [holder(STRANGER, { epoch: 2 })], { entry: entry(), existing: TAKE_OVER }],
  ['another stack owns, in a rollback', 'leave', found(), [holder(STRANGER)], { isUndo: true, existing: TAKE_OVER }],
  ['a sibling owns, which took it from us, in a rollback', 'apply', found(), [holder(SIBLING, { epoch: 2 })], { isUndo: true, entry: entry() }],
  ['a sibling owns, which took it from another stack, in a rollback', 'leave', found(), [holder(SIBLING, { epoch: 3 }), holder(STRANGER, { epoch: 2 }), holder(US)], { isUndo: true, entry: entry() }],
  ['a sibling owns, and we had taken it from another stack, in a rollback', 'apply', found(), [holder(SIBLING, { epoch: 3 }), holder(STRANGER)], { isUndo: true, entry: entry({ epoch: 2 }) }],
  ['a sibling took from someone who recreated it, in a rollback', 'leave', found(), [holder(SIBLING, { origin: 'foreign' })], { isUndo: true, entry: entry({ uid: 'before' }) }],
  ['a sibling took from another stack that recreated it, in a rollback', 'leave', found(), [holder(SIBLING, { epoch: 2 }), holder(STRANGER)], { isUndo: true, entry: entry({ uid: 'before' }) }],
  ['a sibling created in its place, in a rollback', 'apply', found(), [holder(SIBLING)], { isUndo: true, entry: entry({ uid: 'before' }) }],
  ['a sibling owns and we never had, in a rollback', 'leave', found(), [holder(SIBLING, { origin: 'foreign' })], { isUndo: true }],
  ['no set owns', 'refuse', found(), [], {}],
  ['no set owns, with KEEP', 'leave', found(), [], { existing: KEEP }],
  ['no set owns, with TAKE_OVER', 'apply', found(), [], { existing: TAKE_OVER }],
  ['no set owns, in a rollback', 'leave', found(), [], { isUndo: true, existing: TAKE_OVER }],
  ['was ours and was recreated by someone else', 'refuse', found(), [], { entry: entry({ uid: 'before' }) }],
  ['was ours and was recreated by someone else, in a rollback', 'leave', found(), [], { entry: entry({ uid: 'before' }), isUndo: true }],
  ['this set created under KEEP', 'apply', found(), [], { entry: entry({ epoch: 0 }) }],
  ['this set did not create under KEEP', 'refuse', found(), [], { entry: entry({ epoch: 0, uid: undefined }) }],
])('an object that %s: %s', (_, expected, there, holders, more) => {
  expect(judge(there, desired(more), heldBy(...holders)).verdict).toBe(expected);
});

test('a set that takes an object gets the highest epoch, and remembers what was there before all sets', () => {
  const fields = [{ path: ['f:data'], value: 'theirs', ours: 'two', managers: [] }];
  const theirs = holder(STRANGER, { epoch: 2, origin: 'foreign', fields, token: 'theirs' });
  expect(judge(found(), desired({ existing: TAKE_OVER }), heldBy(theirs))).toEqual({
    verdict: 'apply', mayBeReplaced: false, entry: entry({ epoch: 3, origin: 'foreign', fields, landed: false, token: undefined }), others: [theirs],
  });
});

test('an object that was retained and taken back from a sibling still counts as retained', () => {
  const judgement = judge(found(), desired({ entry: entry({ origin: 'retained' }) }), heldBy(holder(SIBLING, { epoch: 2 })));
  expect(judgement).toMatchObject({ verdict: 'apply', entry: { epoch: 3, origin: 'retained' } });
});

test('a sibling that gave up an object without a Delete gets no fields of it back, except in a rollback', () => {
  const [sibling, stranger] = [holder(SIBLING), holder(STRANGER)];
  const held = heldBy(holder(US, { epoch: 2 }), sibling, stranger);
  expect(judge(found(), desired(), held)).toMatchObject({ others: [stranger] });
  expect(judge(found(), desired({ isUndo: true }), held)).toMatchObject({ others: [sibling, stranger] });
});

test('an object that another set lists is not recreated, because it could not be given back', () => {
  expect(judge(found(), desired(), heldBy(holder(US)))).toMatchObject({ mayBeReplaced: true });
  expect(judge(found(), desired(), heldBy(holder(US, { epoch: 2 }), holder(SIBLING)))).toMatchObject({ mayBeReplaced: false });
  expect(judge(found(), desired(), heldBy(holder(US, { origin: 'foreign' })))).toMatchObject({ mayBeReplaced: false });
});

test('a Secret that no set owns is not taken over, not even with TAKE_OVER', () => {
  expect(judge(ofKind('Secret'), desired({ object: ofKind('Secret', object), existing: TAKE_OVER }), heldBy())).toMatchObject({ verdict: 'refuse' });
});

test('the error for a Secret that no set owns does not suggest TAKE_OVER', () => {
  const judgement = judge(ofKind('Secret'), desired({ object: ofKind('Secret', object) }), heldBy());
  expect(judgement).toEqual({ verdict: 'refuse', why: expect.stringMatching(/: a Secret cannot be taken over, .*\. Delete it, or give this Secret another name$/) });
});

test('a Job that no longer exists is run again only if it has changed', () => {
  const job = { ...ofKind('Job', object), apiVersion: 'batch/v1' };
  const known = entry({ object: job });
  expect(judge(undefined, desired({ object: job }), { ...heldBy(), entryFor: () => known } as unknown as Owners)).toMatchObject({ verdict: 'leave', entry: known });
  expect(judge(undefined, desired({ object: job }), heldBy())).toMatchObject({ verdict: 'create' });
});

test('an object that a sibling lists under KEEP is not deleted by the set that owns it', () => {
  const owners = { ...heldBy(holder(US)), isKept: () => true } as unknown as Owners;
  expect(judgeEnding(found(), entry(), US, owners, undefined)).toEqual({ verdict: 'release' });
});

test('an object that a set with an unreadable record may list is neither deleted nor recreated', () => {
  const owners = { ...heldBy(holder(US)), mayBeShared: () => true } as unknown as Owners;
  expect(judgeEnding(found(), entry(), US, owners, undefined)).toEqual({ verdict: 'release' });
  expect(judge(found(), desired(), owners)).toMatchObject({ verdict: 'apply', mayBeReplaced: false });
});

test.each<[string, object, string]>([
  ['our field manager', {}, 'delete'],
  ['our annotation alone, because someone cleared the managed fields', { managedFields: [{}], annotations: { 'cdk-irsa/owner': US } }, 'delete'],
  ['neither, so that only the record says that it is ours', { managedFields: [{ manager: 'kubectl' }] }, 'nothing'],
  ['the annotation of another set', { managedFields: [], annotations: { 'cdk-irsa/owner': SIBLING } }, 'nothing'],
])('the end of a set for an object with %s', (_, metadata, verdict) => {
  expect(judgeEnding(found(metadata), entry(), US, heldBy(holder(US)), undefined)).toEqual({ verdict });
});

test.each<[string, string, KubernetesObject | undefined, Partial<Entry>, Holder[], Entry?]>([
  ['is absent', 'nothing', undefined, {}, []],
  ['was recreated by someone else', 'nothing', found({ uid: 'another' }), {}, []],
  ['was only listed', 'nothing', found(), { epoch: 0 }, []],
  ['is ours', 'delete', found(), {}, [holder(US)]],
  ['is ours, and was announced with this token', 'delete', found({ annotations: { 'cdk-irsa/token': 't' } }), { uid: undefined, token: 't', landed: false }, [holder(US)]],
  ['has the token of an earlier object of ours', 'nothing', found({ uid: 'another', annotations: { 'cdk-irsa/token': 't' } }), { token: 't' }, []],
  ['is ours, and stays listed', 'release', found(), {}, [holder(US)], entry({ epoch: 0 })],
  ['is a namespace of ours', 'release', ofKind('Namespace'), {}, [holder(US)]],
  ['is a definition of ours', 'release', ofKind('CustomResourceDefinition'), {}, [holder(US)]],
  ['existed before the set', 'restore', found(), { origin: 'foreign' }, [holder(US)]],
  ['is ours, and was ours before another set had it', 'retain', found(), { epoch: 3 }, [holder(US, { epoch: 3 })], entry()],
  ['was retained', 'retain', found(), { origin: 'retained' }, [holder(US)], entry()],
  ['was retained, but is no longer listed', 'release', found(), { origin: 'retained' }, [holder(US)]],
  ['is ours, and still listed by its former owner', 'give back', found(), { epoch: 2 }, [holder(US, { epoch: 2 }), holder(STRANGER)]],
  ['another set owns', 'leave', found(), {}, [holder(STRANGER, { epoch: 2 }), holder(US)]],
  ['another set owns, and shows nothing of ours', 'leave', found({ managedFields: [] }), {}, [holder(STRANGER, { epoch: 2 }), holder(US)]],
  ['another set is giving up, and shows nothing of ours', 'wait', found({ managedFields: [] }), {}, [holder(STRANGER, { epoch: 2 }, true), holder(US)]],
  ['shows nothing of ours, and another set lists', 'nothing', found({ managedFields: [] }), { epoch: 2 }, [holder(US, { epoch: 2 }), holder(STRANGER)]],
  ['another set is giving up', 'wait', found(), {}, [holder(STRANGER, { epoch: 2 }, true), holder(US)]],
])('at the end of its set, an object that %s: %s', (_, expected, there, own, holders, still: Entry | undefined = undefined) => {
  expect(judgeEnding(there, entry(own), US, heldBy(...holders), still).verdict).toBe(expected);
});
