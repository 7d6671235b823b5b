import { ACCOUNT, ALLOWED, complete, decide, DENIED, reader, REGION, shown, UNKNOWN } from './questions';
import { allow, arnOf, deny } from '../../templates';

const GROUP = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/app/x`;
const FILTER = 'logs:FilterLogEvents';
const TAGS = 'logs:ListTagsForResource';
const group = { Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/app/x' } } };
const ANY = { resource: undefined };

describe('an action on a log group', () => {
  test.each(complete([
    ['is allowed by the ARN with :*', { ...group, ...reader([allow(FILTER, `${GROUP}:*`)]) }, ALLOWED],
    ['is allowed by the attribute of the log group', { ...group, ...reader([allow(FILTER, arnOf('Group'))]) }, ALLOWED],
    ['is allowed by a pattern of names', { ...group, ...reader([allow(FILTER, `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/app/*`)]) }, ALLOWED],
    ['is allowed by the ARN with :*, and asked with it', { ...group, ...reader([allow(FILTER, `${GROUP}:*`)]) }, ALLOWED, { resource: `${GROUP}:*` }],
    ['is not allowed by the ARN without :*', { ...group, ...reader([allow(FILTER, GROUP)]) }, DENIED],
    ['is not allowed by the ARN without :*, on any resource', { ...group, ...reader([allow(FILTER, GROUP)]) }, DENIED, ANY],
    ['is not denied by the ARN without :*', { ...group, ...reader([allow(FILTER), deny(FILTER, GROUP)]) }, ALLOWED],
    ['may be allowed by a pattern of streams', { ...group, ...reader([allow(FILTER, `${GROUP}:log-stream:*`)]) }, UNKNOWN],
    ['that creates it is allowed by the ARN with :*', reader([allow('logs:CreateLogGroup', `${GROUP}:*`)]), ALLOWED, { action: 'logs:CreateLogGroup' }],
    ['that sets its retention is allowed by the ARN with :*', { ...group, ...reader([allow('logs:PutRetentionPolicy', `${GROUP}:*`)]) }, ALLOWED, { action: 'logs:PutRetentionPolicy' }],
    ['that deletes it is not allowed by the ARN without :*', { ...group, ...reader([allow('logs:DeleteLogGroup', GROUP)]) }, DENIED, { action: 'logs:DeleteLogGroup' }],
    ['that is about its tags is allowed by the ARN without :*', { ...group, ...reader([allow(TAGS, GROUP)]) }, ALLOWED, { action: TAGS }],
    ['that is about its tags is not allowed by the ARN with :*', { ...group, ...reader([allow(TAGS, `${GROUP}:*`)]) }, DENIED, { action: TAGS }],
    ['that is about its tags is not allowed by the ARN with :*, on any resource', { ...group, ...reader([allow(TAGS, `${GROUP}:*`)]) }, DENIED, { action: TAGS, ...ANY }],
    ['that is about a stream is allowed by the ARN with :*', { ...group, ...reader([allow('logs:CreateLogStream', `${GROUP}:*`)]) }, ALLOWED, { action: 'logs:CreateLogStream', resource: `${GROUP}:log-stream:x` }],
    ['that is about a stream is not allowed by the ARN without :*, on any resource', { ...group, ...reader([allow('logs:PutLogEvents', GROUP)]) }, DENIED, { action: 'logs:PutLogEvents', ...ANY }],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decide(resources, { action: FILTER, resource: GROUP, ...question }))).toBe(expected);
  });
});
