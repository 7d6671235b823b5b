import * as fc from 'fast-check';
import { conditionalTemplates } from './conditional-templates';
import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { Template } from '../../../lib/verification/private/assembly/template';
import { AssignedModel } from '../../../lib/verification/private/assignments/assigned-model';
import { Assignments } from '../../../lib/verification/private/assignments/assignments';
import { readAssignments, readUnder } from '../../../lib/verification/private/assignments/read-assignments';
import { allPrincipals } from '../../../lib/verification/private/decisions/principals/all-principals';
import { assignmentsOf, WHOLE } from '../../../lib/verification/private/resolution/assignments-of';
import { Resolver } from '../../../lib/verification/private/resolution/resolver';
import { SharedValues, Store, TemplateValues } from '../../../lib/verification/private/resolution/shared-values';
import { write } from '../../files';
import { account, clusterTemplate, objects } from '../templates';

/** A failure prints the seed and the path of its templates, with which it can be repeated. It takes minutes to find smaller ones. */
const RUNS = { numRuns: 24, endOnFailure: true };

const forgetful = <K, T>({ nameOf }: Store<K, T>): Store<K, T> => ({ get: () => undefined, set: () => undefined, nameOf });

/** Nothing is shared by resolvers, and little within one. */
class NothingShared extends SharedValues {
  override readonly exports = forgetful(new SharedValues().exports);
  override readonly conditions = forgetful(new SharedValues().conditions);
  private readonly templates = new Map<Template, TemplateValues>();

  override of(template: Template): TemplateValues {
    const known = super.of(template);
    const forgotten = this.templates.get(template) ?? { ...known, values: forgetful(known.values), named: forgetful(known.named) };
    this.templates.set(template, forgotten);
    return forgotten;
  }
}

const ofTypes = (assembly: Assembly) => new Map(Object.values(assembly.templates[0].body.Resources).map(({ Type }) => [Type, WHOLE]));

test('the assignments are those that are found without sharing', () => {
  fc.assert(fc.property(conditionalTemplates, (templates) => {
    const assembly = Assembly.fromTemplates(templates);
    const labels = (values?: SharedValues) => assignmentsOf(assembly, ofTypes(assembly), {}, values).map(({ label }) => label);
    expect(labels()).toEqual(labels(new NothingShared()));
  }), RUNS);
});

const QUESTIONS: ReadonlyArray<readonly [action: string, resource?: string]> = [
  ['s3:GetObject'], ['s3:GetObject', 'arn:aws:s3:::bucket-0/x'], ['s3:PutObject'], ['s3:PutObject', 'arn:aws:s3:::elsewhere/x'],
  ['sts:AssumeRole'], ['sts:TagSession'], ['sts:AssumeRoleWithWebIdentity'], ['kms:Decrypt'],
  ['secretsmanager:GetSecretValue'], ['lambda:InvokeFunction'],
];

/** The model under an assignment, read by a resolver of its own. */
function readAlone(assembly: Assembly, { assignment, reading: { resolver: { assignment: conditions } } }: AssignedModel): AssignedModel {
  const resolver = new Resolver(assembly, conditions, {}, new NothingShared());
  const reading = readUnder(resolver, {}).find(({ assignment: { label } }) => label === assignment.label);
  return new AssignedModel(reading!, {});
}

/** The last, which can share the most, and one of the others. Each costs as much as all of them with sharing. */
const some = <T>(items: readonly T[], which: number): T[] => [...new Set([items[which % items.length], items[items.length - 1]])];

const askedIn = (assignments: Assignments, all: readonly AssignedModel[], which: number) => {
  const asked = allPrincipals(Object.create(assignments, { all: { value: all } }));
  return asked[which % asked.length];
};

test('the models, and the answers from them, are those of models that are read without sharing', () => {
  let conditional = 0;
  fc.assert(fc.property(conditionalTemplates, fc.constantFrom(...QUESTIONS), fc.nat(), (templates, [action, resource], which) => {
    const assembly = Assembly.fromTemplates(templates);
    const assignments = Assignments.read(assembly);
    conditional += Number(assignments.all.length > 1);
    const shared = some(assignments.all, which);
    const alone = shared.map((assigned) => readAlone(assembly, assigned));
    expect(shared.map(({ model }) => model)).toEqual(alone.map(({ model }) => model));
    const [asked, expected] = [shared, alone].map((all) => askedIn(assignments, all, which));
    expect(asked.name).toBe(expected.name);
    expect(asked.decide(action, { resource })).toEqual(expected.decide(action, { resource }));
    expect(asked.credentials).toEqual(expected.credentials);
  }), RUNS);
  expect(conditional).toBeGreaterThan(RUNS.numRuns / 2);
});

const SECTIONS = { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'yes'] } } };
const readingsOf = (resources: object) => readAssignments(Assembly.fromTemplates(clusterTemplate(resources, SECTIONS)), {});

test('what names a cluster is read again where the cluster does not exist', () => {
  const manifest = objects(account('reader'));
  const readings = readingsOf({
    Other: { Type: 'AWS::EKS::Cluster', Condition: 'C', Properties: { Name: 'other' } },
    Objects: { ...manifest, Properties: { ...manifest.Properties, ClusterName: 'other' } },
  });
  const found = readings.map(({ model: { clusters, serviceAccounts: [{ cluster }] } }) => ({
    isCreated: cluster.isCreated, isOne: clusters.map(({ id }) => id.is(cluster)),
  }));
  expect(found).toEqual([{ isCreated: true, isOne: ['no', 'yes'] }, { isCreated: false, isOne: ['no', 'yes'] }]);
});

test('a finding of what is read once is found once under each assignment', () => {
  const readings = readingsOf({
    OtherNodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'prod' } },
    Bucket: { Type: 'AWS::S3::Bucket', Condition: 'C', Properties: {} },
  });
  const ids = readings.map(({ model: { findings } }) => findings.map(({ id }) => id).filter((id) => id.startsWith('unreadable')));
  expect(ids).toEqual([['unreadable-nodegroup'], ['unreadable-nodegroup']]);
});

test('the key of a resource is read again where its alias does not exist', () => {
  const readings = readingsOf({
    Key: { Type: 'AWS::KMS::Key', Properties: {} },
    Alias: { Type: 'AWS::KMS::Alias', Condition: 'C', Properties: { AliasName: 'alias/data', TargetKeyId: { Ref: 'Key' } } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: 'alias/data' } },
  });
  const keys = readings.map(({ model: { resources } }) => resources.find(({ type }) => type === 'AWS::SQS::Queue')?.encryptionKey?.arn.toString());
  expect(keys).toEqual([expect.stringMatching(/:key\/\$\{Key\}$/), expect.stringMatching(/:alias\/data$/)]);
});

test('the tags of a resource are read again where its stack, which is nested, has others', () => {
  const properties = { templateFile: 'stack.json', tags: {} };
  const Nested = {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: 'https://s3/nested.json', Tags: [{ Key: 'team', Value: { 'Fn::If': ['C', 'red', 'blue'] } }] },
    Metadata: { 'aws:asset:path': 'nested.json', 'aws:asset:property': 'TemplateURL' },
  };
  const Reader = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } };
  const directory = write({
    'manifest.json': { version: '36.0.0', artifacts: { stack: { type: 'aws:cloudformation:stack', environment: 'aws://111122223333/us-west-2', properties } } },
    'stack.json': { ...SECTIONS, Resources: { Nested } },
    'nested.json': { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: {} }, Reader } },
  });
  const tagged = readAssignments(Assembly.fromDirectory(directory), {}).map(({ model: { resources, roles } }) =>
    [...resources.filter(({ type }) => type === 'AWS::SQS::Queue'), ...roles].map(({ tags }) => tags?.get('team')?.literal));
  expect(tagged).toEqual([['red', 'red'], ['blue', 'blue']]);
});

test('several policies of a resource replace each other only where all of them exist', () => {
  const policy = { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Version: '2012-10-17', Statement: [] } } };
  const readings = readingsOf({ Queue: { Type: 'AWS::SQS::Queue', Properties: {} }, One: policy, Other: { ...policy, Condition: 'C' } });
  const found = readings.map(({ model: { findings, resources } }) => ({
    several: findings.filter(({ id }) => id === 'several-resource-policies').length,
    isKnown: resources.find(({ type }) => type === 'AWS::SQS::Queue')!.policies.map(({ unknown }) => unknown === undefined),
  }));
  expect(found).toEqual([{ several: 1, isKnown: [false] }, { several: 0, isKnown: [true] }]);
});

test('a managed policy has the ARN of its assignment', () => {
  const readings = readingsOf({
    Managed: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { ManagedPolicyName: { 'Fn::If': ['C', 'one', 'other'] }, PolicyDocument: { Version: '2012-10-17', Statement: [] } },
    },
    Reader: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: {}, ManagedPolicyArns: [{ Ref: 'Managed' }], PermissionsBoundary: { Ref: 'Managed' } },
    },
  });
  const arns = readings.map(({ model: { roles } }) => roles.filter(({ label }) => label === 'Reader')
    .flatMap(({ policies, boundary }) => [...policies, boundary!].map(({ arn }) => arn?.toString().split('/').pop())));
  expect(arns).toEqual([['one', 'one'], ['other', 'other']]);
});

test('what a condition does not change is one object under all assignments: resources with their policies, programs, and where code is stored', () => {
  const [one, other] = readingsOf({
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Version: '2012-10-17', Statement: [] } } },
    Topic: { Type: 'AWS::SNS::Topic', Condition: 'C', Properties: {} },
  }).map(({ model }) => model);
  const queueIn = ({ resources }: typeof one) => resources.find(({ type }) => type === 'AWS::SQS::Queue')!;
  expect(queueIn(one).policies).toHaveLength(1);
  expect(queueIn(one)).toBe(queueIn(other));
  expect(one.programs).toBe(other.programs);
  expect(one.codeStores).toBe(other.codeStores);
});
