import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NOT_ASKED } from './actions-not-asked';
import { actionNames } from '../../../lib/verification/private/aws-data/actions';
import { read, ROOT } from '../../documents';

/** Names of actions that may give credentials, let somebody sign in, or run commands, with the permissions of a role. */
const MAY_GIVE = new RegExp([
  'Credential', 'Token', 'Assume', 'AccessKey', 'Shell', 'SSH', 'Password', 'InstanceAccess', 'ComputeAccess', 'AccessDetails', 'Presigned', 'LoginUrl', 'LoginProfile',
  'LoginSession', 'SessionEndpoint', 'SessionAction', 'DataAccess$', '(Start|Create|Resume|Run|Execute|Send|Invoke)[A-Za-z]*(Session|Command|CommandExecution|Statement)$',
].join('|'));
const ONLY_READS_OR_ENDS = /:(Archive|Cancel|Count|Delete|Describe|Disable|Disassociate|Introspect|List|Revoke|Validate|Verify)|:Get[A-Za-z]*(Policy|LastUsed|Report|Results|Status|AccessGrant)$/;

const asked = actionNames().filter((action) => MAY_GIVE.test(action.split(':')[1]) && !ONLY_READS_OR_ENDS.test(action));

/** The source of the proof, without data. */
const source = readdirSync(join(ROOT, 'lib/verification/private'), { encoding: 'utf8', recursive: true })
  .filter((file) => /(?<!generated)\.ts$/.test(file)).map((file) => read(join('lib/verification/private', file))).join('\n');
const isInProof = (action: string) => [action, action.toLowerCase()].some((name) => source.includes(`'${name}'`));

const listed = Object.values(NOT_ASKED).flat();

test('the expressions find what gives credentials', () => {
  expect(asked).toEqual(expect.arrayContaining(['sts:AssumeRole', 'ssm:StartSession', 'redshift:GetClusterCredentials', 'ecs:ExecuteCommand', 'lambda:CreateMicrovmShellAuthToken']));
  expect(asked).not.toContain('sts:DecodeAuthorizationMessage');
});

test('for each action that may give credentials, the proof asks who may request it, or it is listed why not', () => {
  // If it gives what a role of the templates may do: name it in lib/verification/private/, with a test. Otherwise, list it in actions-not-asked.ts, under the reason.
  expect(asked.filter((action) => !isInProof(action) && !listed.includes(action))).toEqual([]);
});

test('what is listed is in the data, and the proof does not ask for it', () => {
  expect(listed.filter((action) => !asked.includes(action))).toEqual([]);
  expect(listed.filter(isInProof)).toEqual([]);
});
