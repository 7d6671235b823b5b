import { Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Call } from './controller-table';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';

const logGroup = (stack: Stack) => LogGroup.fromLogGroupName(stack, 'Logs', '/prod/application');

const writes = (place: Place, group: string): Call[] => ['CreateLogStream', 'PutLogEvents'].map((name) => (
  { what: `${name} in ${group}`, action: `logs:${name}`, resource: arnIn(place, 'logs', `log-group:${group}:log-stream:node-1`) }));

const onGroup = (place: Place, name: string, group: string): Call => (
  { what: `${name} of ${group}`, action: `logs:${name}`, resource: arnIn(place, 'logs', `log-group:${group}:log-stream:`) });

const denied = (place: Place): Call[] => [
  ...writes(place, '/other/application'),
  ...writes({ ...place, region: 'eu-west-1' }, '/prod/application'),
  ...['CreateLogGroup', 'PutRetentionPolicy'].map((name) => onGroup(place, name, '/other/application')),
  ...['DeleteLogGroup', 'DeleteLogStream', 'FilterLogEvents', 'PutResourcePolicy', 'PutSubscriptionFilter'].map((name) => onGroup(place, name, '/prod/application')),
];

describeController('Fluent Bit', {
  policy: (stack) => new policies.FluentBitPolicy({ logGroups: [logGroup(stack)] }),
  allowed: (place) => writes(place, '/prod/application'),
  denied: (place) => [...denied(place), ...['CreateLogGroup', 'PutRetentionPolicy'].map((name) => onGroup(place, name, '/prod/application'))],
});

describeController('Fluent Bit that creates log groups', {
  policy: (stack) => new policies.FluentBitPolicy({ logGroups: [logGroup(stack)], createLogGroups: true, allowSetRetention: true }),
  allowed: (place) => [...writes(place, '/prod/application'), ...['CreateLogGroup', 'PutRetentionPolicy'].map((name) => onGroup(place, name, '/prod/application'))],
  denied,
});

test('The policy of Fluent Bit needs a log group', () => {
  expect(() => new policies.FluentBitPolicy({ logGroups: [] })).toThrow('logGroups must be a list of at least one');
});
