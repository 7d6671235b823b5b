import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { readAssignments } from '../../../lib/verification/private/assignments/read-assignments';
import { DECLARED, resourceType } from '../../../lib/verification/private/resource-types/declarations';
import { ResourceType } from '../../../lib/verification/private/resource-types/resource-type';
import { read } from '../../documents';
import { ALLOWED, decide, DENIED, reader, shown, UNKNOWN } from '../decisions/cases/questions';
import { allow } from '../templates';

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

describe('conditions that change no access are not among those that are too many', () => {
  const names = Array.from({ length: 7 }, (_, i) => `C${i}`);
  const sections = {
    Parameters: Object.fromEntries(names.map((name) => [`P${name}`, { Type: 'String' }])),
    Conditions: Object.fromEntries(names.map((name) => [name, { 'Fn::Equals': [{ Ref: `P${name}` }, 'x'] }])),
  };
  const each = (resource: object) => Object.fromEntries(names.map((name) => [`X${name}`, { ...resource, Condition: name }]));
  const properties = Object.fromEntries(names.map((name) => [`Of${name}`, { 'Fn::If': [name, 1, 2] }]));

  test.each<[string, object]>([
    ['of scheduled actions', each({ Type: 'AWS::AutoScaling::ScheduledAction', Properties: {} })],
    ['of resources that could have a policy, but have none', each({ Type: 'AWS::Oam::Sink', Properties: { Name: 'x' } })],
    ['of resources without properties', each({ Type: 'AWS::Oam::Sink' })],
    ['of access points without a policy', each({ Type: 'AWS::S3::AccessPoint', Properties: { Bucket: 'x' } })],
    ['in other properties than a policy', { X: { Type: 'AWS::ApiGateway::DomainNameV2', Properties: { ...properties, Policy: { Statement: [] } } } }],
    ['in what a policy could be within', { X: { Type: 'AWS::FSx::S3AccessPointAttachment', Properties: { S3AccessPoint: properties } } }],
  ])('%s', (_, resources) => {
    const decision = decide({ ...reader([allow('sqs:ListQueues')]), ...resources }, { action: 'sqs:ListQueues' }, sections);
    expect(shown(decision)).toBe(ALLOWED);
  });
});

test.each<[string, object]>([
  ['the object that has it', { Type: 'AWS::FSx::S3AccessPointAttachment', Properties: { S3AccessPoint: ifProd({ Policy: {} }) } }],
  ['the resource', { Type: 'AWS::FSx::S3AccessPointAttachment', Condition: 'IsProd', Properties: { S3AccessPoint: { Policy: {} } } }],
])('a condition that decides about a policy through %s is one that the answer names', (_, resource) => {
  const { outcome, missing } = decide({ ...reader(), X: resource }, { action: 's3:GetObject' }, SECTIONS);
  expect([outcome, missing.join()]).toEqual([UNKNOWN, expect.stringMatching(/with IsProd .*the outcome is/)]);
});

/** The types whose policies the guide says are read. */
const [, POLICIES] = /^\| Resource policies \| (.*)$/m.exec(read('docs/verification-reference.md'))!;
const READ = [...POLICIES.matchAll(/`(AWS::\w+::\w+)`/g)].map(([, type]) => type);

/** Of these, it is not known what they can change. */
const NOT_KNOWN = ['AWS::OfTheFuture::Thing', 'Company::Platform::Roles', 'Company::Platform::Roles::MODULE', 'AWS::CloudFormation::StackSet'];

/** These are known by the start or the end of their name. */
const OF_FAMILIES = ['AWS::IAM::Policy', 'AWS::EKS::Addon', 'Custom::Seed', 'AWS::OfTheFuture::ResourcePolicy'];

/** In how many ways a condition of a resource is read. */
function readingsOf(Type: string, Properties: object): number {
  const assembly = Assembly.fromTemplates({ stack: { ...SECTIONS, Resources: { X: { Type, Condition: 'IsProd', Properties } } } });
  return readAssignments(assembly, {}).length;
}

/** Properties with something wherever a type can have permissions that are not read, or a role. */
const withPermissions = ({ unread, program }: ResourceType): object => {
  const { roles = [], instanceProfiles = [], ownRole } = program ?? {};
  const paths = [...unread?.properties ?? [], ...roles, ...instanceProfiles, ...(ownRole ? [[ownRole]] : [])];
  return Object.assign({}, ...paths.map((path) => path.reduceRight<unknown>((value, name) => ({ [name]: value }), 'x')));
};

const GRANTING = DECLARED.filter(([, { grantsNothing }]) => grantsNothing === undefined);

test.each(GRANTING)('a condition of a resource of type %s is read with both of its outcomes', (type, declared) => {
  expect(readingsOf(type, withPermissions(declared))).toBe(2);
});

test.each([...READ, ...OF_FAMILIES, ...NOT_KNOWN])('a condition of a resource of type %s without properties is read with both of its outcomes', (type) => {
  expect(readingsOf(type, {})).toBe(2);
});

/** It is declared that these grant nothing, except of the last one, of which nothing is. */
const WITHOUT_ACCESS = ['AWS::Logs::ResourcePolicy', 'AWS::CDK::Metadata', 'AWS::Serverless::Function', 'Alexa::ASK::Skill', 'AWS::EC2::Subnet'];

test.each(WITHOUT_ACCESS)('a condition of a resource of type %s changes no access', (type) => {
  expect(readingsOf(type, {})).toBe(1);
});

test('a policy that is read is not also one that is not', () => {
  const separate = READ.map(resourceType).filter((declared) => declared?.separatePolicy);
  expect(separate.length).toBeGreaterThan(5);
  expect(separate.filter((declared) => declared?.unread)).toEqual([]);
});

test('a condition with a function that is not read has one outcome wherever it matters', () => {
  const policy = { PolicyName: 'p', Roles: [{ Ref: 'Reader' }], PolicyDocument: { Version: '2012-10-17', Statement: [allow('sqs:ListQueues')] } };
  const resources = {
    First: { Type: 'AWS::S3::Bucket', Properties: { Tags: { 'Fn::Unknown': 1 } } }, // is not read either, and resolved before the condition
    ...reader([]),
    Policy: { Type: 'AWS::IAM::Policy', Condition: 'Odd', Properties: policy },
  };
  const { outcome, missing } = decide(resources, { action: 'sqs:ListQueues' }, { Conditions: { Odd: { 'Fn::Equals': [{ 'Fn::Unknown': 2 }, 'x'] } } });
  expect([outcome, missing.join()]).toEqual([UNKNOWN, expect.stringMatching(/with Odd .*the outcome is/)]);
});
