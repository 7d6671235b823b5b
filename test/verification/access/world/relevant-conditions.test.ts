import { decide, DENIED, reader, shown, UNKNOWN } from '../cases/questions';

const SECTIONS = { Parameters: { Env: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };
const ifProd = (value: unknown) => ({ 'Fn::If': ['IsProd', value, { Ref: 'AWS::NoValue' }] });
const JOIN = { 'Fn::Base64': '/etc/eks/bootstrap.sh prod' };

test.each([
  ['the tags of an Auto Scaling group', { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { Tags: ifProd([{ Key: 'kubernetes.io/cluster/prod', Value: 'owned' }]) } }],
  ['the user data of a launch configuration', { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { UserData: ifProd(JOIN) } }],
  ['the user data of an instance', { Type: 'AWS::EC2::Instance', Properties: { UserData: ifProd(JOIN) } }],
])('a condition in %s, which decides whether the cluster has other nodes, is one that the answer names', (_, resource) => {
  const { outcome, missing } = decide({ ...reader(), Other: resource }, { action: 's3:ListAllMyBuckets' }, SECTIONS);
  expect([outcome, missing.join()]).toEqual([UNKNOWN, expect.stringContaining('with IsProd')]);
});

test.each([
  ['of a policy', { Type: 'AWS::Events::EventBusPolicy', Condition: 'IsProd' }],
  ['in the properties of a resource with a policy', { Type: 'AWS::Events::EventBus', Properties: { Name: 'x', Policy: ifProd({ Version: '2012-10-17', Statement: [] }) } }],
])('a condition %s that is not read is one that the answer names', (_, resource) => {
  const resources = { ...reader(), X: resource };
  const { outcome, missing } = decide(resources, { action: 'events:PutEvents' }, SECTIONS);
  expect([outcome, missing.join()]).toEqual([UNKNOWN, expect.stringMatching(/with IsProd .*the outcome is/)]);
  expect(shown(decide(resources, { action: 'events:PutEvents', parameters: { Env: 'dev' } }, SECTIONS))).toBe(DENIED);
});
