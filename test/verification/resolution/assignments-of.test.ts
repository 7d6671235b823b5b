import { shown } from './shown';
import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { assignmentsOf, WHOLE } from '../../../lib/verification/private/resolution/assignments-of';
import { Resolver } from '../../../lib/verification/private/resolution/resolver';

const env = (value: string) => ({ 'Fn::Equals': [{ Ref: 'Env' }, value] });
const choice = (name: string, whenMet: unknown = `${name} holds`, otherwise: unknown = `${name} does not hold`) => ({ 'Fn::If': [name, whenMet, otherwise] });

const OF_T = new Map([['T', WHOLE]]);
const PARAMETERS = { Env: { Type: 'String' }, Other: { Type: 'String' } };

/** Each assignment, with the properties of the resource that is named R, or null if there is none. */
function outcomes(
  Conditions: object, Resources: { [logicalId: string]: object }, parameters?: { [name: string]: string }, more = {},
): Array<[string, unknown]> {
  const assembly = Assembly.fromTemplates({ app: { Parameters: { ...PARAMETERS, ...more }, Conditions, Resources } });
  const [template] = assembly.templates;
  return assignmentsOf(assembly, OF_T, { parameters }).map((assignment) => {
    const resolver = new Resolver(assembly, assignment, { parameters });
    return [assignment.label, resolver.exists(template, 'R') ? shown(resolver.resolve(template, template.body.Resources.R.Properties)) : null];
  });
}

test('there is one assignment if no condition matters', () => {
  expect(outcomes({ IsProd: env('prod') }, { R: { Type: 'T', Properties: 'a' }, Other: { Type: 'Else', Condition: 'IsProd', Properties: choice('IsProd') } })).toEqual([['', 'a']]);
});

test('a condition holds or does not hold, the same everywhere', () => {
  expect(outcomes({ IsProd: env('prod') }, { R: { Type: 'T', Properties: [choice('IsProd', 1, 2), choice('IsProd', 3, 4)] } })).toEqual([
    ['IsProd (${Env} is "prod")', ['1', '3']],
    ['IsProd (${Env} is not "prod")', ['2', '4']],
  ]);
});

test.each<[string, object]>([['no conditions', {}], ['other conditions', { IsProd: env('prod') }]])('a condition that a template with %s does not have is unknown', (_, conditions) => {
  expect(outcomes(conditions, { R: { Type: 'T', Condition: 'Missing', Properties: 'a' } }).map(([, properties]) => properties)).toEqual(['a', null]);
});

test('conditions of the same comparison have the same outcome, in either order and through others', () => {
  const conditions = {
    IsProd: env('prod'),
    Same: { 'Fn::Equals': ['prod', { Ref: 'Env' }] },
    Opposite: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'Same' }] },
    Either: { 'Fn::Or': [{ Condition: 'Opposite' }, { Condition: 'Same' }] },
  };
  expect(outcomes(conditions, { R: { Type: 'T', Properties: Object.keys(conditions).map((name) => choice(name, 'y', 'n')) } }).map(([, properties]) => properties)).toEqual([
    ['y', 'y', 'n', 'y', 'y'],
    ['n', 'n', 'y', 'n', 'y'],
  ]);
});

test('a value is equal to one literal only', () => {
  expect(outcomes({ IsProd: env('prod'), IsTest: env('test') }, { R: { Type: 'T', Properties: [choice('IsProd', 'p', '-'), choice('IsTest', 't', '-')] } })).toEqual([
    ['IsProd (${Env} is "prod")', ['p', '-']],
    ['IsProd (${Env} is not "prod"), IsTest (${Env} is "test")', ['-', 't']],
    ['IsProd (${Env} is not "prod"), IsTest (${Env} is not "test")', ['-', '-']],
  ]);
});

describe('a parameter with allowed values', () => {
  const CONDITIONS = { IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, IsProd: { 'Fn::Equals': ['prod', { Ref: 'Stage' }] } };
  const both = { R: { Type: 'T', Properties: [choice('IsDev', 'd', '-'), choice('IsProd', 'p', '-')] } };
  const withStage = (Stage: object) => outcomes(CONDITIONS, both, undefined, { Stage }).map(([, properties]) => properties);
  const ALL = [['d', '-'], ['-', 'p'], ['-', '-']];

  test('has one of them', () => {
    expect(withStage({ Type: 'String', AllowedValues: ['dev', 'prod'] })).toEqual([['d', '-'], ['-', 'p']]);
    expect(withStage({ Type: 'String', AllowedValues: ['dev', 'prod', 'prod'] })).toEqual([['d', '-'], ['-', 'p']]);
  });

  test('has no other one', () => {
    expect(withStage({ Type: 'String', AllowedValues: ['dev', 'prodprod'] })).toEqual([['d', '-'], ['-', '-']]);
    expect(withStage({ Type: 'String', AllowedValues: ['test', 'qa'] })).toEqual([['-', '-']]);
  });

  test.each<[string, object]>([
    ['a third value', { Type: 'String', AllowedValues: ['dev', 'prod', 'test'] }],
    ['values of Systems Manager, because they are names', { Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: ['dev', 'prod'] }],
    ['the items of lists', { Type: 'CommaDelimitedList', AllowedValues: ['dev', 'prod'] }],
    ['a value that can be a dynamic reference', { Type: 'String', AllowedValues: ['dev', 'prod', '{{resolve:ssm:stage}}'] }],
    ['no values at all', { Type: 'String', AllowedValues: [] }],
  ])('but not with %s', (_, stage) => expect(withStage(stage)).toEqual(ALL));

  test('of numbers can have them in other notations', () => {
    const conditions = { IsOne: { 'Fn::Equals': [{ Ref: 'Stage' }, '1'] }, IsTwo: { 'Fn::Equals': [{ Ref: 'Stage' }, '2'] } };
    const resources = { R: { Type: 'T', Properties: [choice('IsOne'), choice('IsTwo')] } };
    expect(outcomes(conditions, resources, undefined, { Stage: { Type: 'Number', AllowedValues: [1, 2] } })).toHaveLength(3);
  });
});

test('a comparison of literals, or of a value with itself, is decided', () => {
  const conditions = { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Equals': ['a', 'b'] }, Same: { 'Fn::Equals': [{ Ref: 'Env' }, { Ref: 'Env' }] } };
  expect(outcomes(conditions, { R: { Type: 'T', Properties: [choice('Yes', 1, 2), choice('No', 1, 2), choice('Same', 1, 2)] } })).toEqual([['', ['1', '2', '1']]]);
});

test('a comparison with a parameter that is assumed is decided', () => {
  expect(outcomes({ IsProd: env('prod') }, { R: { Type: 'T', Properties: choice('IsProd') } }, { Env: 'prod' })).toEqual([['', 'IsProd holds']]);
});

test('the condition of a resource matters', () => {
  expect(outcomes({ IsProd: env('prod') }, { R: { Type: 'T', Condition: 'IsProd', Properties: 'a' } })).toEqual([['IsProd (${Env} is "prod")', 'a'], ['IsProd (${Env} is not "prod")', null]]);
});

test('what a resource refers to matters', () => {
  const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: choice('IsProd', 'p', 'q') } };
  expect(outcomes({ IsProd: env('prod') }, { R: { Type: 'T', Properties: { Ref: 'Bucket' } }, Bucket: bucket }).map(([, properties]) => properties)).toEqual(['p', 'q']);
});

test('a condition matters only where the assignment reaches it', () => {
  const properties = choice('IsProd', choice('HasOther', 1, 2), 3);
  expect(outcomes({ IsProd: env('prod'), HasOther: { 'Fn::Equals': [{ Ref: 'Other' }, ''] } }, { R: { Type: 'T', Properties: properties } })).toEqual([
    ['IsProd (${Env} is "prod"), HasOther (${Other} is "")', '1'],
    ['IsProd (${Env} is "prod"), HasOther (${Other} is not "")', '2'],
    ['IsProd (${Env} is not "prod")', '3'],
  ]);
});

test('conditions that cannot be read hold or do not hold', () => {
  expect(outcomes({ Odd: { 'Fn::Contains': [['a'], 'b'] } }, { R: { Type: 'T', Properties: choice('Odd', 1, 2) } }).map(([, properties]) => properties)).toEqual(['1', '2']);
});

test('a condition in a nested stack can depend on one outside', () => {
  const nested = { Parameters: { On: { Type: 'String' } }, Conditions: { IsOn: { 'Fn::Equals': [{ Ref: 'On' }, 'yes'] } }, Resources: { R: { Type: 'T', Condition: 'IsOn' } } };
  const assembly = Assembly.fromTemplates({
    app: {
      Parameters: PARAMETERS,
      Conditions: { IsProd: env('prod') },
      Resources: { Stack: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { On: choice('IsProd', 'yes', 'no') } } } },
    },
    nested,
  });
  const [outer, inner] = assembly.templates;
  Object.assign(inner, { parent: { template: outer, logicalId: 'Stack' } });
  expect(assignmentsOf(assembly, OF_T).map((assignment) => [assignment.label, new Resolver(assembly, assignment).exists(inner, 'R')])).toEqual([
    ['IsProd (${Env} is "prod")', true],
    ['IsProd (${Env} is not "prod")', false],
  ]);
});

test('a resource of a nested stack is there only if the stack is', () => {
  const assembly = Assembly.fromTemplates({
    app: {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Stack: { Type: 'AWS::CloudFormation::Stack', Condition: 'Never' } },
    },
    nested: { Resources: { R: { Type: 'T' } } },
  });
  const [outer, inner] = assembly.templates;
  Object.assign(inner, { parent: { template: outer, logicalId: 'Stack' } });
  expect(new Resolver(assembly).exists(inner, 'R')).toBe(false);
});

test.each<[string, unknown, number]>([
  ['a property', { A: [{ B: choice('IsProd') }] }, 2],
  ['what a function returns in place of an object with it', { A: choice('IsProd', { B: 1 }) }, 2],
  ['other properties', { A: [{ C: choice('IsProd') }], B: choice('IsProd') }, 1],
  ['no object', { A: ['x', null, undefined] }, 1],
])('if only one property matters, a condition in %s counts only if it can change it', (_, properties, count) => {
  const assembly = Assembly.fromTemplates({ app: { Parameters: PARAMETERS, Conditions: { IsProd: env('prod') }, Resources: { R: { Type: 'T', Properties: properties } } } });
  expect(assignmentsOf(assembly, new Map([['T', [['A', 'B']]]]))).toHaveLength(count);
});

describe('conditions with more than 64 outcomes', () => {
  const names = Array.from({ length: 7 }, (_, i) => `C${i}`);
  const template = {
    Parameters: Object.fromEntries(names.map((name) => [`P${name}`, { Type: 'String' }])),
    Conditions: Object.fromEntries(names.map((name) => [name, { 'Fn::Equals': [{ Ref: `P${name}` }, 'x'] }])),
    Resources: { R: { Type: 'T', Condition: 'C0', Properties: names.map((name) => choice(name)) } },
  };
  const assembly = Assembly.fromTemplates({ app: template });
  const branches = assignmentsOf(assembly, OF_T);
  const resolver = new Resolver(assembly, branches[0]);

  test('are one assignment in which they are unknown, and from which nothing may be concluded', () => {
    expect(branches.map(({ isComplete }) => isComplete)).toEqual([false]);
    expect(resolver.exists(assembly.templates[0], 'R')).toBe(true);
    expect(shown(resolver.resolve(assembly.templates[0], template.Resources.R.Properties))[6]).toBe('${condition C6}');
  });

  test('are a finding', () => {
    expect(resolver.findings.map(({ id, message }) => [id, message])).toEqual([
      ['undecided-conditions', 'The conditions of the templates have more than 64 outcomes that matter, so what depends on them is unknown. Assume the values of parameters to decide some of them.'],
    ]);
  });

  test('are up to 64 branches if they have not more', () => {
    const { C6: _, ...conditions } = template.Conditions;
    const fewer = Assembly.fromTemplates({ app: { ...template, Conditions: conditions, Resources: { R: { Type: 'T', Properties: names.slice(0, 6).map((name) => choice(name)) } } } });
    expect(assignmentsOf(fewer, OF_T)).toHaveLength(64);
  });
});
