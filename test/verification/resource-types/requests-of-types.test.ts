import { NOT_ASKED } from './requests-not-asked';
import { actionNames } from '../../../lib/verification/private/aws-data/actions';
import { prefixOf } from '../../../lib/verification/private/model/services';
import { typesWith } from '../../../lib/verification/private/resource-types/declarations';
import { read } from '../../documents';

const READS_OR_TAGS = /:(BatchDescribe|BatchGet|Check|Count|Describe|Get|List|Lookup|Query|Scan|Search|Tag|Untag|Validate|View)/;
/** What has ended can do nothing with a role. */
const ENDS = new RegExp(`:(Batch)?(${[
  'Abort', 'Archive', 'Cancel', 'Deactivate', 'Delete', 'Deregister', 'Detach', 'Disable', 'Disassociate', 'Pause', 'Purge', 'Reject', 'Remove', 'Revoke', 'Stop', 'Suspend',
  'Terminate',
].join('|')})`);

const programs = typesWith('program');
const declared = new Set(programs.flatMap(([, { takenOverBy, takenOverElsewhere = [], takenOverByShell = [], startedBy = [] }]) =>
  [...takenOverBy, ...takenOverElsewhere, ...takenOverByShell, ...startedBy]));
const ofServices = ['resource-types/instance-requests', 'resource-types/service-takeovers'].map((file) => read(`lib/verification/private/${file}.ts`)).join('\n');
const isAsked = (action: string) => declared.has(action) || ofServices.includes(`'${action}'`);

/** The services of what acts with a role, and those with whose requests others decide what it does. */
const prefixes = new Set([...programs.map(([type]) => prefixOf(type.split('::')[1])), ...[...declared].map((action) => action.split(':')[0])]);
const requests = actionNames().filter((action) => prefixes.has(action.split(':')[0]) && !READS_OR_TAGS.test(action) && !ENDS.test(action));

const listed = Object.entries(NOT_ASKED).flatMap(([prefix, reasons]) => Object.values(reasons).flatMap((names) => names.trim().split(/\s+/)).map((name) => `${prefix}:${name}`));

test('the requests are those of services that act with roles, except those that only read or end something', () => {
  expect(requests).toEqual(expect.arrayContaining(['lambda:UpdateFunctionCode', 'states:CreateStateMachineAlias', 'airflow:UpdateEnvironment', 'firehose:UpdateDestination']));
  expect(requests).not.toEqual(expect.arrayContaining(['sqs:SendMessage']));
});

test('for each request of a service that acts with roles, the proof asks who may request it, or it is listed why not', () => {
  const known = new Set([...listed, ...requests.filter(isAsked)]);
  // If the caller decides with it what something does with its role: declare that in lib/verification/private/resource-types/.
  // Otherwise, list it in requests/, under the reason.
  expect(requests.filter((action) => !known.has(action))).toEqual([]);
});

test('what is listed is in the data, once, and the proof does not ask for it', () => {
  expect(listed.filter((action) => !requests.includes(action))).toEqual([]);
  expect(listed.filter((action, i) => listed.indexOf(action) !== i)).toEqual([]);
  expect(listed.filter(isAsked)).toEqual([]);
});
