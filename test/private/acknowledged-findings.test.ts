import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from '../../lib/private/acknowledged-findings';

const construct = () => new Construct(new cdk.Stack(), 'Role');
const metadata = ({ node }: Construct) => node.metadata.map(({ type, data }) => ({ type, data }));
const acknowledged = [{ type: 'aws:cdk:acknowledged-rules', data: { 'AwsSolutions-IAM5[Resource::*]': 'It must.' } }];

test('acknowledges a finding if aws-cdk-lib has Validations', () => {
  const role = construct();
  acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'It must.');
  expect(metadata(role)).toEqual('Validations' in cdk ? acknowledged : []);
});

test.each([
  ['acknowledges a finding with the Validations of a newer aws-cdk-lib', { Validations: { ACKNOWLEDGED_RULES_METADATA_KEY: 'aws:cdk:acknowledged-rules' } }, acknowledged],
  ['does nothing with Validations that do not store acknowledgements', { Validations: {} }, []],
  ['does nothing without Validations', {}, []],
])('%s', (_, aCdk, expected) => {
  jest.isolateModules(() => {
    jest.doMock('aws-cdk-lib', () => aCdk);
    const role = construct();
    jest.requireActual<{ acknowledge: typeof acknowledge }>('../../lib/private/acknowledged-findings').acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'It must.');
    expect(metadata(role)).toEqual(expected);
  });
});
