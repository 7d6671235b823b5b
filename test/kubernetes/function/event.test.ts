import { ExistingObjects } from '../../../lib/kubernetes/contract/existing-objects';
import { Properties } from '../../../lib/kubernetes/contract/properties';
import { hashOf, isSameStack, millisecondsOf, OnEventRequest, ownerOf, timeOf } from '../../../lib/kubernetes/function/event';
import { newId, timeOfId } from '../../../lib/kubernetes/function/resource-id';

const event = (more: Partial<OnEventRequest> = {}) => ({
  RequestId: 'r',
  ResponseURL: 'https://example.com/x?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261126T043903Z&X-Amz-Expires=7200',
  StackId: 'arn:aws-cn:cloudformation:cn-north-1:123456789012:stack/One/1111',
  LogicalResourceId: 'Set',
  ...more,
}) as OnEventRequest;

test('the time of an event is the date in its response URL', () => {
  expect(timeOf(event())).toBe('20261126T043903Z');
  expect(millisecondsOf('20261126T043903Z')).toBe(Date.UTC(2026, 10, 26, 4, 39, 3));
});

afterEach(() => jest.useRealTimers());

test('an event without a date counts as sent now', () => {
  jest.useFakeTimers({ now: Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
  expect(timeOf(event({ ResponseURL: 'https://example.com/x?Expires=1' }))).toBe('20260102T030405Z');
});

test('a set is identified by account, region, stack name and logical ID in every partition', () => {
  expect(ownerOf(event())).toBe('123456789012/cn-north-1/One/Set');
  expect(isSameStack('1/r/One/A', '1/r/One/B')).toBe(true);
  expect(isSameStack('1/r/One/A', '1/r/Two/A')).toBe(false);
});

test('a second delivery gets the same ID, and no other event gets it', () => {
  expect(newId(event())).toBe(newId(event()));
  expect(new Set([newId(event()), newId(event({ RequestId: 's' }))]).size).toBe(2);
});

test('an ID of the function contains the time at which it was assigned, and an ID that CloudFormation generates does not', () => {
  expect(timeOfId(newId(event()), ownerOf(event()))).toBe('20261126T043903Z');
  expect(['One-Set-1ABCDEFGH', '123456789012/cn-north-1/Two/Set/20261126T043903Z-12345678', `${ownerOf(event())}/x`].map((id) => timeOfId(id, ownerOf(event())))).toEqual([undefined, undefined, undefined]);
});

const condition = { ApiVersion: 'batch/v1', Kind: 'Job', Namespace: 'default', Name: 'a', Type: 'Complete' };

test.each<[string, Partial<Properties>, Partial<Properties>]>([
  ['issuer', { Issuer: 'https://a' }, { Issuer: 'https://b' }],
  ['list of accounts with an association', { PodIdentityAccounts: ['n/a'] }, { PodIdentityAccounts: ['n/b'] }],
  ['list of accounts that are not probed', { UnprobedAccounts: ['n/a'] }, { UnprobedAccounts: ['n/b'] }],
  ['waitFor', { WaitFor: [condition] }, { WaitFor: [{ ...condition, Name: 'b' }] }],
  ['waitTimeout', { WaitTimeout: '1' }, { WaitTimeout: '2' }],
])('a set with another %s is another set, so that an update which only changes that is not a rollback', (_, one, other) => {
  const set = { Cluster: 'arn', Existing: ExistingObjects.REFUSE, Objects: [] };
  expect(hashOf({ ...set, ...one })).not.toBe(hashOf(set));
  expect(hashOf({ ...set, ...one })).not.toBe(hashOf({ ...set, ...other }));
});

test('what CloudFormation adds to the properties does not make another set', () => {
  const set = { Cluster: 'arn', Existing: ExistingObjects.REFUSE, Objects: [], PodIdentityAccounts: undefined };
  expect(hashOf({ ...set, ServiceToken: 'arn', ServiceTimeout: '1200' } as Properties)).toBe(hashOf(set));
});
