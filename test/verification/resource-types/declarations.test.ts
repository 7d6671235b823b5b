import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DECLARED, resourceType, typesWith } from '../../../lib/verification/private/resource-types/declarations';
import { FAMILIES } from '../../../lib/verification/private/resource-types/families';
import { read, ROOT } from '../../documents';

const PROOF = 'lib/verification/private';

/** It is about the characters of values that resources have, which no condition changes. */
const ABOUT_CHARACTERS = join('resolution', 'closed-attributes.ts');

/** It looks like a type. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html */
const KEY_OF_METADATA = 'AWS::CloudFormation::Init';

/** The types that the modules of the proof name, outside the declarations. */
const named = readdirSync(join(ROOT, PROOF), { encoding: 'utf8', recursive: true })
  .filter((file) => /(?<!generated)\.ts$/.test(file) && !file.startsWith('resource-types') && file !== ABOUT_CHARACTERS)
  .flatMap((file) => [...read(join(PROOF, file)).matchAll(/'((?:AWS::\w+|Custom)::[\w-]+)'/g)].map(([, type]) => ({ type, file })))
  .filter(({ type }) => type !== KEY_OF_METADATA);

/** Whether anything is declared that makes the conditions of resources of a type matter. */
const isRelevant = (type: string) => Object.keys(resourceType(type) ?? {}).some((fact) => fact !== 'grantsNothing');

test('every type that a module reads is declared, so that its conditions matter', () => {
  expect(named.length).toBeGreaterThan(50); // the expression above finds them
  expect(named.filter(({ type }) => !isRelevant(type))).toEqual([]);
});

test('no type is declared twice', () => {
  const types = DECLARED.map(([type]) => type);
  expect(types.filter((type, i) => types.indexOf(type) !== i)).toEqual([]);
});

test('each declaration says something', () => {
  expect(DECLARED.filter(([, declared]) => Object.values(declared).every((fact) => fact === undefined || fact === ''))).toEqual([]);
});

test('what grants nothing has nothing else', () => {
  const nothing = [...DECLARED, ...FAMILIES].map(([, declared]) => declared).filter(({ grantsNothing }) => grantsNothing !== undefined);
  expect(nothing.length).toBeGreaterThan(0);
  expect(nothing.filter((declared) => Object.keys(declared).length > 1)).toEqual([]);
});

test.each([
  ['AWS::Kinesis::ResourcePolicy', { unread: { services: ['kinesis'], of: ['AWS::Kinesis::Stream'] } }],
  ['AWS::OfTheFuture::ResourcePolicy', { unread: { services: ['*'], of: [] } }],
  ['Company::Platform::Roles::MODULE', { isMadeOfTemplates: true }],
  ['AWS::EC2::Subnet', undefined],
  ['constructor', undefined],
])('%s is known by its own declaration, or by that of its family', (type, declared) => {
  expect(resourceType(type)).toEqual(declared);
});

test('a policy that is read is not one that can allow anything', () => {
  expect(resourceType('AWS::SecretsManager::ResourcePolicy')).not.toHaveProperty('unread');
});

/** They are about parts that have ARNs of their own, such as layers, or about other resources with the prefix, such as access points and what data lakes share. */
const ABOUT_OTHERS = [
  'AWS::Backup::LogicallyAirGappedBackupVault', 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::ECR::RepositoryCreationTemplate', 'AWS::FSx::S3AccessPointAttachment',
  'AWS::Lambda::LayerVersionPermission', 'AWS::Lightsail::Bucket', 'AWS::Logs::DeliveryDestination', 'AWS::Logs::Destination', 'AWS::Omics::SequenceStore', 'AWS::RAM::ResourceShare',
  'AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPointPolicy', 'AWS::S3Express::AccessPoint', 'AWS::SecurityLake::Subscriber',
];

test('a policy that is not read names the types with known ARNs that it can be about', () => {
  const ofService = (service: string) => typesWith('format').flatMap(([type, { arn }]) => (arn.includes(`:${service}:`) ? [type] : []));
  const without = typesWith('unread').filter(([, { services, of = [], isShare }]) => isShare || services.flatMap(ofService).some((type) => !of.includes(type)));
  expect(without.map(([type]) => type).sort()).toEqual(ABOUT_OTHERS);
});
