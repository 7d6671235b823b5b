import { ACCOUNT, complete, decide, DENIED, reader, REGION, shown, UNKNOWN } from './questions';
import { verification } from '../../../../lib';
import { deny, clusterTemplate } from '../templates';

const DOCUMENT = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } };
const policy = (Type: string, properties: object = {}) => ({ ...reader(), X: { Type, Properties: properties } });

test.each(complete([
  ['of an event bus', policy('AWS::Events::EventBusPolicy', { StatementId: 'x', Statement: DOCUMENT.Statement }), UNKNOWN, { action: 'events:PutEvents' }],
  ['within an event bus', policy('AWS::Events::EventBus', { Name: 'x', Policy: DOCUMENT }), UNKNOWN, { action: 'events:PutEvents' }],
  ['of an access point', policy('AWS::S3::AccessPoint', { Bucket: 'x', Policy: DOCUMENT }), UNKNOWN, { action: 's3:GetObject' }],
  ['of a stream', policy('AWS::Kinesis::ResourcePolicy', { ResourceArn: 'x', ResourcePolicy: DOCUMENT }), UNKNOWN, { action: 'kinesis:PutRecord' }],
  ['of a domain of OpenSearch', policy('AWS::OpenSearchService::Domain', { AccessPolicies: DOCUMENT }), UNKNOWN, { action: 'es:ESHttpGet' }],
  ['of a domain of Elasticsearch', policy('AWS::Elasticsearch::Domain', { AccessPolicies: DOCUMENT }), UNKNOWN, { action: 'es:ESHttpGet' }],
  ['of a layer', policy('AWS::Lambda::LayerVersionPermission', { Principal: '*' }), UNKNOWN, { action: 'lambda:GetLayerVersion' }],
  ['of a parameter, about the parameter', { ...policy('AWS::SSM::ResourcePolicy'), P: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'p' } } }, UNKNOWN,
    { action: 'ssm:GetParameter', resource: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/p` }],
]))('what a policy allows that is not read is unknown: that %s', (_, resources, expected, question) => {
  expect(shown(decide(resources, { action: '', ...question }))).toBe(expected);
});

test.each(complete([
  ['other services', policy('AWS::Events::EventBusPolicy'), DENIED, { action: 's3:GetObject' }],
  ['resources without a policy', policy('AWS::S3::AccessPoint', { Bucket: 'x' }), DENIED, { action: 's3:GetObject' }],
  ['what the role is denied', { ...policy('AWS::Events::EventBusPolicy'), ...reader([deny('events:*')]) }, DENIED, { action: 'events:PutEvents' }],
]))('it changes nothing about %s', (_, resources, expected, question) => {
  expect(shown(decide(resources, { action: '', ...question }))).toBe(expected);
});

test('the answer and a finding name the policy', () => {
  const resources = policy('AWS::Events::EventBusPolicy');
  const what = 'the policy of X, of type AWS::Events::EventBusPolicy, is not read';
  expect(decide(resources, { action: 'events:PutEvents' }).missing.join()).toContain(what);
  const { findings } = verification.PodAccess.fromTemplates(clusterTemplate(resources));
  expect(findings.filter(({ id }) => id === 'unread-policy').map(({ message }) => message)).toEqual([`${what}: it can allow actions of events`]);
});
