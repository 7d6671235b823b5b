import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpacked } from '../../../lib/verification/private/aws-data/packed-data';
import { knownType } from '../../../lib/verification/private/aws-data/resource-types';
import { RESOURCE_TYPES } from '../../../lib/verification/private/aws-data/resource-types.generated';
import { ROOT } from '../../documents';

const MODULE = '../../../lib/verification/private/aws-data/resource-types';
const generated = readFileSync(join(__dirname, `${MODULE}.generated.ts`), 'utf8');
const types = Object.entries(unpacked(RESOURCE_TYPES) as { [namespace: string]: string[] }).flatMap(([namespace, names]) => names.map((name) => `${namespace}::${name}`));

test.each(['AWS::S3::Bucket', 'AWS::EKS::PodIdentityAssociation', 'AWS::CloudFormation::WaitConditionHandle', 'Alexa::ASK::Skill'])('%s is known', (type) => {
  expect(knownType(type)).toBe(true);
});

test.each(['AWS::S3::bucket', 'AWS::S3', 'AWS::S3::Bucket::MODULE', 'Custom::Seed', 'AWS::CDK::Metadata', '', 'constructor'])('%j is not known', (type) => {
  expect(knownType(type)).toBe(false);
});

test('each type is there once, and has the form of a type', () => {
  expect(types.filter((type) => !/^(AWS|Alexa)::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(type))).toEqual([]);
  expect(new Set(types).size).toBe(types.length);
});

test('the notice names the number of types, the package and the date', () => {
  const { source, date } = RESOURCE_TYPES;
  expect(generated).toContain(` * Contains ${types.length} types from ${source}, as of ${date}, under this licence, Apache-2.0:\n`);
});

test('the types are those of the package in package-lock.json', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  expect(RESOURCE_TYPES.source).toBe(`@aws-cdk/aws-service-spec ${packages['node_modules/@aws-cdk/aws-service-spec'].version}`);
});

test('the data is loaded when the first type is asked for, and once', () => {
  jest.isolateModules(() => {
    const load = jest.fn(() => ({ RESOURCE_TYPES }));
    jest.doMock(`${MODULE}.generated`, load);
    const loaded = jest.requireActual<{ knownType: typeof knownType }>(MODULE);
    expect(load).not.toHaveBeenCalled();
    loaded.knownType('AWS::S3::Bucket');
    loaded.knownType('AWS::S3::NoSuchType');
    expect(load).toHaveBeenCalledTimes(1);
  });
});
