import { ExistingObjects } from '../../../lib/kubernetes/contract/existing-objects';
import { MARKS } from '../../../lib/kubernetes/contract/marks';
import { judge, judgeRemoval, Wish } from '../../../lib/kubernetes/function/judgement';
import { KubernetesObject } from '../../../lib/kubernetes/function/kubernetes-api';
import { Marks } from '../../../lib/kubernetes/function/marks';

const US = '123456789012/us-west-2/Stack/Set/1111';
const US_BEFORE = '123456789012/us-west-2/Stack/Set/0000';
const SIBLING = '123456789012/us-west-2/Stack/Other/2222';
const STRANGER = '123456789012/us-west-2/Elsewhere/Set/3333';

const object: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'n' } };
const found = (marks: Marks = {}, more: object = {}): KubernetesObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    uid: 'u',
    annotations: Object.fromEntries(Object.entries(marks).map(([mark, value]) => [MARKS[mark as keyof Marks], value])),
    ...more,
  },
});
const wish = (more: Partial<Wish> = {}): Wish => ({ object, id: US, existing: ExistingObjects.REFUSE, ...more });
const verdict = (there: KubernetesObject | undefined, more: Partial<Wish> = {}) => judge(there, wish(more)).verdict;

test.each<[string, string, KubernetesObject | undefined, Partial<Wish>]>([
  ['is absent', 'create', undefined, {}],
  ['is ours', 'apply', found({ owner: US, uid: 'u' }), {}],
  ['was ours in another set', 'apply', found({ owner: US_BEFORE, uid: 'u' }), {}],
  ['is a sibling\'s', 'apply', found({ owner: SIBLING, uid: 'u' }), {}],
  ['is a sibling\'s, who took it from us', 'leave', found({ owner: SIBLING, uid: 'u' }), { before: object }],
  ['is another stack\'s', 'refuse', found({ owner: STRANGER, uid: 'u' }), {}],
  ['is another stack\'s, with TAKE_OVER', 'apply', found({ owner: STRANGER, uid: 'u' }), { existing: ExistingObjects.TAKE_OVER }],
  ['is another stack\'s, who took it from us, with TAKE_OVER', 'leave', found({ owner: STRANGER, uid: 'u' }), { existing: ExistingObjects.TAKE_OVER, before: object }],
  ['is nobody\'s', 'refuse', found(), {}],
  ['is another stack\'s, who has it from us', 'leave', found({ owner: STRANGER, uid: 'u', replaced: US_BEFORE }), {}],
  ['is nobody\'s, and was ours', 'leave', found(), { before: object }],
  ['is nobody\'s, and was ours, with TAKE_OVER', 'apply', found(), { before: object, existing: ExistingObjects.TAKE_OVER }],
  ['is nobody\'s, with TAKE_OVER', 'apply', found(), { existing: ExistingObjects.TAKE_OVER }],
  ['is nobody\'s, with KEEP', 'leave', found(), { existing: ExistingObjects.KEEP }],
  ['is being deleted', 'wait', found({ owner: US }, { deletionTimestamp: 'now' }), {}],
  ['is being deleted, with KEEP', 'wait', found({}, { deletionTimestamp: 'now' }), { existing: ExistingObjects.KEEP }],
])('an object that %s: %s', (_, expected, there, more) => {
  expect(verdict(there, more)).toBe(expected);
});

test('an update marks anew, and remembers the id before', () => {
  expect(judge(found({ owner: US_BEFORE, uid: 'u' }), wish())).toEqual({ verdict: 'apply', mine: true, marks: { owner: US, uid: 'u', replaced: US_BEFORE } });
  expect(judge(found({ owner: US, uid: 'u', replaced: STRANGER }), wish())).toEqual({ verdict: 'apply', mine: true, marks: { owner: US, uid: 'u', replaced: STRANGER } });
});

test('who had it before is not forgotten, and comes once', () => {
  const change = (there: Marks) => (judge(found({ uid: 'u', ...there }), wish()) as { marks: Marks }).marks;
  expect(change({ owner: US_BEFORE, replaced: STRANGER })).toMatchObject({ owner: US, replaced: `${US_BEFORE} ${STRANGER}` });
  expect(change({ owner: US_BEFORE, replaced: `${US} ${STRANGER}` })).toMatchObject({ owner: US, replaced: `${US_BEFORE} ${STRANGER}` });
});

test('a copy counts as adopted, an object without its uid does not', () => {
  expect(judge(found({ owner: US, uid: 'another' }), wish())).toMatchObject({ mine: false, marks: { adopted: 'true', uid: 'u' } });
  expect(judge(found({ owner: US }), wish())).toEqual({ verdict: 'apply', mine: true, marks: { owner: US, uid: 'u' } });
});

test.each<[string, string, KubernetesObject | undefined]>([
  ['is absent', 'leave', undefined],
  ['is ours', 'delete', found({ owner: US, uid: 'u' })],
  ['is ours, adopted', 'release', found({ owner: US, uid: 'u', adopted: 'true' })],
  ['is a copy of ours', 'release', found({ owner: US, uid: 'another' })],
  ['is ours, without its uid', 'release', found({ owner: US })],
  ['is ours, and was another\'s', 'give back', found({ owner: US, uid: 'u', replaced: SIBLING })],
  ['is another\'s, and was ours', 'let go', found({ owner: STRANGER, uid: 'u', replaced: US })],
  ['is another\'s, and was ours before one more', 'let go', found({ owner: STRANGER, uid: 'u', replaced: `${SIBLING} ${US}` })],
  ['is ours in another set', 'leave', found({ owner: US_BEFORE, uid: 'u' })],
  ['is another\'s', 'leave', found({ owner: STRANGER, uid: 'u' })],
  ['is nobody\'s', 'leave', found()],
  ['is being deleted', 'leave', found({ owner: US, uid: 'u' }, { deletionTimestamp: 'now' })],
  ['is a namespace of ours', 'release', { ...found({ owner: US, uid: 'u' }), kind: 'Namespace' }],
  ['is a definition of ours', 'release', { ...found({ owner: US, uid: 'u' }), kind: 'CustomResourceDefinition' }],
])('at the deletion of its set, an object that %s: %s', (_, expected, there) => {
  expect(judgeRemoval(there, US, ExistingObjects.REFUSE)).toBe(expected);
});

test('at the deletion of its set, an object that the set made and then kept is released', () => {
  expect(judgeRemoval(found({ owner: US, uid: 'u' }), US, ExistingObjects.KEEP)).toBe('release');
});
