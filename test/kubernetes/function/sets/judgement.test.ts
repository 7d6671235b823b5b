import { ExistingObjects } from '../../../../lib/kubernetes/contract/existing-objects';
import { KubernetesObject } from '../../../../lib/kubernetes/function/client/kubernetes-api';
import { Holder, Owners } from '../../../../lib/kubernetes/function/records/owners';
import { Entry } from '../../../../lib/kubernetes/function/records/record';
import { judge, judgeEnding, Wish } from '../../../../lib/kubernetes/function/sets/judgement';

const { KEEP, TAKE_OVER } = ExistingObjects;
const US = '123456789012/us-west-2/Stack/Set';
const SIBLING = '123456789012/us-west-2/Stack/Other';
const STRANGER = '123456789012/us-west-2/Elsewhere/Set';

const object: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'n' } };
const found = (more: object = {}): KubernetesObject => ({ ...object, metadata: { ...object.metadata, uid: 'u', ...more } });
const ofKind = (kind: string, there = found()) => ({ ...there, kind });
const entry = (more: Partial<Entry> = {}): Entry => ({ object, uid: 'u', epoch: 1, landed: true, origin: 'absent', fields: [], ...more });
const holder = (owner: string, more: Partial<Entry> = {}, isEnding = false): Holder => ({ owner, entry: entry(more), isEnding });
const heldBy = (...holders: Holder[]) => ({ holdersOf: () => holders, entryFor: () => undefined, isKept: () => false }) as unknown as Owners;
const wish = (more: Partial<Wish> = {}): Wish => ({ object, owner: US, existing: ExistingObjects.REFUSE, isUndo: false, token: 't', ...more });

// the rows of decisions/0003
test.each<[string, string, KubernetesObject | undefined, Holder[], Partial<Wish>]>([
  ['is absent', 'create', undefined, [], {}],
  ['is being deleted', 'wait', found({ deletionTimestamp: 'now' }), [holder(US)], {}],
  ['is being deleted, with KEEP', 'wait', found({ deletionTimestamp: 'now' }), [], { existing: KEEP }],
  ['is ours', 'apply', found(), [holder(US)], {}],
  ['is ours, with KEEP', 'leave', found(), [holder(US)], { existing: KEEP }],
  ['is a sibling\'s', 'apply', found(), [holder(SIBLING)], {}],
  ['is a sibling\'s, who took it from us', 'apply', found(), [holder(SIBLING, { epoch: 2 })], { entry: entry() }],
  ['is about to be given up by a sibling', 'wait', found(), [holder(SIBLING, {}, true)], {}],
  ['is another stack\'s', 'refuse', found(), [holder(STRANGER)], {}],
  ['is another stack\'s, with TAKE_OVER', 'apply', found(), [holder(STRANGER)], { existing: TAKE_OVER }],
  ['is another stack\'s, with KEEP', 'leave', found(), [holder(STRANGER)], { existing: KEEP }],
  ['is another stack\'s, who took it from us', 'leave', found(), [holder(STRANGER, { epoch: 2 })], { entry: entry() }],
  ['is another stack\'s, who took it from us, with TAKE_OVER', 'apply', found(), [holder(STRANGER, { epoch: 2 })], { entry: entry(), existing: TAKE_OVER }],
  ['is another stack\'s, in a roll-back', 'leave', found(), [holder(STRANGER)], { isUndo: true, existing: TAKE_OVER }],
  ['is nobody\'s', 'refuse', found(), [], {}],
  ['is nobody\'s, with KEEP', 'leave', found(), [], { existing: KEEP }],
  ['is nobody\'s, with TAKE_OVER', 'apply', found(), [], { existing: TAKE_OVER }],
  ['is nobody\'s, in a roll-back', 'leave', found(), [], { isUndo: true, existing: TAKE_OVER }],
  ['was ours and is made anew by someone', 'refuse', found(), [], { entry: entry({ uid: 'before' }) }],
  ['was ours and is made anew by someone, in a roll-back', 'leave', found(), [], { entry: entry({ uid: 'before' }), isUndo: true }],
  ['we made when we kept what exists', 'apply', found(), [], { entry: entry({ epoch: 0 }) }],
  ['we did not make when we kept what exists', 'refuse', found(), [], { entry: entry({ epoch: 0, uid: undefined }) }],
])('an object that %s: %s', (_, expected, there, holders, more) => {
  jest.spyOn(console, 'log').mockImplementation();
  expect(judge(there, wish(more), heldBy(...holders)).verdict).toBe(expected);
});

test('whoever takes an object comes after all who had it, and remembers what was there before them', () => {
  const fields = [{ path: ['f:data'], value: 'theirs', ours: 'two', managers: [] }];
  const theirs = holder(STRANGER, { epoch: 2, origin: 'foreign', fields, token: 'theirs' });
  expect(judge(found(), wish({ existing: TAKE_OVER }), heldBy(theirs))).toEqual({
    verdict: 'apply', mayBeReplaced: false, entry: entry({ epoch: 3, origin: 'foreign', fields, landed: false, token: undefined }), others: [theirs],
  });
});

test('what was retained, and taken back from a sibling, still counts as retained', () => {
  const judgement = judge(found(), wish({ entry: entry({ origin: 'retained' }) }), heldBy(holder(SIBLING, { epoch: 2 })));
  expect(judgement).toMatchObject({ verdict: 'apply', entry: { epoch: 3, origin: 'retained' } });
});

test('a set of the stack that has given up an object without a word gets no field of it back, but for a roll-back', () => {
  const [sibling, stranger] = [holder(SIBLING), holder(STRANGER)];
  const held = heldBy(holder(US, { epoch: 2 }), sibling, stranger);
  expect(judge(found(), wish(), held)).toMatchObject({ others: [stranger] });
  expect(judge(found(), wish({ isUndo: true }), held)).toMatchObject({ others: [sibling, stranger] });
});

test('what another set has had may not be made anew: it could not be given back', () => {
  expect(judge(found(), wish(), heldBy(holder(US)))).toMatchObject({ mayBeReplaced: true });
  expect(judge(found(), wish(), heldBy(holder(US, { epoch: 2 }), holder(SIBLING)))).toMatchObject({ mayBeReplaced: false });
  expect(judge(found(), wish(), heldBy(holder(US, { origin: 'foreign' })))).toMatchObject({ mayBeReplaced: false });
});

test('a Secret of nobody is not even taken over with TAKE_OVER', () => {
  expect(judge(ofKind('Secret'), wish({ object: ofKind('Secret', object), existing: TAKE_OVER }), heldBy())).toMatchObject({ verdict: 'refuse' });
});

test('a Secret of nobody is not told to use TAKE_OVER, which would refuse it', () => {
  const judgement = judge(ofKind('Secret'), wish({ object: ofKind('Secret', object) }), heldBy());
  expect(judgement).toEqual({ verdict: 'refuse', why: expect.stringMatching(/: a Secret cannot be taken over, .*\. Delete it, or give this Secret another name$/) });
});

test('a Job that is gone is run again only if it has changed', () => {
  const job = ofKind('Job', object);
  const known = entry({ object: job });
  expect(judge(undefined, wish({ object: job }), { ...heldBy(), entryFor: () => known } as unknown as Owners)).toMatchObject({ verdict: 'leave', entry: known });
  expect(judge(undefined, wish({ object: job }), heldBy())).toMatchObject({ verdict: 'create' });
});

test('what another set of the stack wants kept as it is, is not deleted by the set that had it', () => {
  const owners = { ...heldBy(holder(US)), isKept: () => true } as unknown as Owners;
  expect(judgeEnding(found(), entry(), US, owners, undefined)).toEqual({ verdict: 'release' });
});

test.each<[string, string, KubernetesObject | undefined, Partial<Entry>, Holder[], Entry?]>([
  ['is absent', 'nothing', undefined, {}, []],
  ['is made anew by someone', 'nothing', found({ uid: 'another' }), {}, []],
  ['was only listed', 'nothing', found(), { epoch: 0 }, []],
  ['is ours', 'delete', found(), {}, [holder(US)]],
  ['is ours, and was announced with this token', 'delete', found({ annotations: { 'cdk-irsa/token': 't' } }), { uid: undefined, token: 't', landed: false }, [holder(US)]],
  ['has the token of what we made before', 'nothing', found({ uid: 'another', annotations: { 'cdk-irsa/token': 't' } }), { token: 't' }, []],
  ['is ours, and goes on being listed', 'release', found(), {}, [holder(US)], entry({ epoch: 0 })],
  ['is a namespace of ours', 'release', ofKind('Namespace'), {}, [holder(US)]],
  ['is a definition of ours', 'release', ofKind('CustomResourceDefinition'), {}, [holder(US)]],
  ['was there before us', 'restore', found(), { origin: 'foreign' }, [holder(US)]],
  ['was retained', 'retain', found(), { origin: 'retained' }, [holder(US)], entry()],
  ['was retained for a set that is gone', 'release', found(), { origin: 'retained' }, [holder(US)]],
  ['is ours, and still listed by who had it before', 'give back', found(), { epoch: 2 }, [holder(US, { epoch: 2 }), holder(STRANGER)]],
  ['is another\'s', 'leave', found(), {}, [holder(STRANGER, { epoch: 2 }), holder(US)]],
  ['is about to be given up by another', 'wait', found(), {}, [holder(STRANGER, { epoch: 2 }, true), holder(US)]],
])('at the end of its set, an object that %s: %s', (_, expected, there, own, holders, still: Entry | undefined = undefined) => {
  expect(judgeEnding(there, entry(own), US, heldBy(...holders), still).verdict).toBe(expected);
});
