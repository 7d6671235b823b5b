import * as fc from 'fast-check';
import { contextOf, Given } from './contexts';
import { decideAccess } from '../../../lib/verification/private/evaluation/decide-access';
import { Decision } from '../../../lib/verification/private/evaluation/decision';
import { parsePolicy } from '../../../lib/verification/private/policies/parse-policy';
import { policy, policyOf, text } from '../texts';

interface Statement { readonly Effect: string; readonly [element: string]: unknown }
interface Example {
  readonly identity: readonly Statement[];
  readonly boundary?: readonly Statement[];
  readonly resource: readonly Statement[];
  readonly requested: string;
  readonly context: Given;
}

const RESOURCES = ['*', '*', '*', 'arn:aws:s3:::*', 'arn:aws:s3:::a', 'arn:aws:s3:::a/*', 'arn:aws:s3:::<<X>>', 'arn:aws:s3:::<<X>>/*', 'arn:aws:s3:::*<<Y>>', 'arn:aws:s3:::${k}', 'arn:aws:s3:::a?b*c:*', '<<X>>'];
const REQUESTED = ['arn:aws:s3:::a', 'arn:aws:s3:::a/b', 'arn:aws:s3:::<<X>>', 'arn:aws:s3:::<<X>>/k', 'arn:aws:s3:::<<Y>>b', '<<X>>', 'arn:aws:s3:::a:b:c:d'];
const VALUES = ['a', 'b', 'a*', '?', '*', '1', '5', 'true', '2020-01-01', '10.0.0.0/8', 'arn:aws:iam::1:role/*', '<<X>>', 'a<<X>>', '<<Y>>*', '${k}', '${l, \'a\'}', ''];
const REPLACEMENTS = ['', 'a', 'b', 'ab', 'a/b', 'a:b', '*', '?', '1', 'true', '10.1.2.3', 'arn:aws:s3:::a'];
const BASES = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringLike', 'StringNotLike', 'NumericLessThan', 'NumericNotEquals', 'DateGreaterThan', 'Bool', 'IpAddress', 'NotIpAddress', 'ArnLike',
  'ArnNotEquals', 'BinaryEquals'];
const PRINCIPALS = ['*', { AWS: '1' }, { AWS: 'arn:aws:iam::1:role/r' }, { AWS: 'arn:aws:iam::<<X>>:root' }, { AWS: '<<Y>>' }, { AWS: 'arn:aws:sts::1:assumed-role/r/s' }];

const oneOf = (values: readonly unknown[]) => fc.constantFrom(...values);
const some = (values: readonly string[]) => fc.array(oneOf(values), { minLength: 1, maxLength: 3 });

const operator = fc.tuple(fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'), fc.constantFrom(...BASES), fc.constantFrom('', 'IfExists')).map((parts) => parts.join(''));
const conditions = fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, fc.dictionary(operator, fc.dictionary(fc.constantFrom('k', 'l'), some(VALUES), { minKeys: 1, maxKeys: 1 }), { minKeys: 1, maxKeys: 2 }));
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Deny'),
  actions: fc.constantFrom<object>({ Action: 's3:Get*' }, { Action: '*' }, { NotAction: 'sqs:*' }, { NotAction: 's3:<<X>>' }, { Action: 's3:<<X>>' }),
  resources: fc.tuple(fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'), some(RESOURCES)).map(([name, values]) => ({ [name]: values })),
  Condition: conditions,
}).map(({ actions, resources, ...rest }): Statement => ({ ...rest, ...actions, ...resources }));
const ofResource = fc.tuple(statement, fc.constantFrom('Principal', 'Principal', 'NotPrincipal'), oneOf(PRINCIPALS)).map(([rest, name, principal]): Statement => ({ ...rest, [name]: principal }));
const requestValue = fc.oneof(fc.constantFrom(...VALUES.filter((value) => !value.includes('$'))), fc.array(fc.constantFrom('a', 'b', '<<X>>'), { maxLength: 2 }), fc.constant(null));
const example: fc.Arbitrary<Example> = fc.record({
  identity: fc.array(statement, { minLength: 1, maxLength: 3 }),
  boundary: fc.option(fc.array(statement, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 1 }),
  resource: fc.array(ofResource, { maxLength: 2 }),
  requested: fc.constantFrom(...REQUESTED),
  context: fc.dictionary(fc.constantFrom('k', 'l'), requestValue),
});

const outcomeOf = (given: Example): string => decisionOf(given).outcome;

function decisionOf({ identity, boundary, resource, requested, context }: Example): Decision {
  const grants = {
    identity: [policyOf(identity)],
    boundary: boundary && policyOf(boundary),
    resource: { kind: 'policies', account: text('1'), policies: resource.length > 0 ? [policyOf(resource)] : [] },
  } as const;
  return decideAccess({ roleArn: text('arn:aws:iam::1:role/r'), account: text('1') }, grants, { action: 's3:GetObject', resource: text(requested), context: contextOf(context) });
}

const RUNS = { numRuns: 400 };

test('a further deny never allows more, and never takes a denial back', () => {
  fc.assert(fc.property(example, statement, (given, further) => {
    const [before, after] = [outcomeOf(given), outcomeOf({ ...given, identity: [...given.identity, { ...further, Effect: 'Deny' }] })];
    expect(before === 'ALLOWED' || after !== 'ALLOWED').toBe(true);
    expect(before !== 'DENIED' || after === 'DENIED').toBe(true);
  }), RUNS);
});

test('the order of statements does not matter', () => {
  fc.assert(fc.property(example, (given) => {
    expect(outcomeOf({ ...given, identity: [...given.identity].reverse(), resource: [...given.resource].reverse() })).toBe(outcomeOf(given));
  }), RUNS);
});

test('a value of what is unknown never contradicts a definite answer', () => {
  fc.assert(fc.property(example, fc.constantFrom(...REPLACEMENTS), fc.constantFrom(...REPLACEMENTS), requestValue, (given, x, y, value) => {
    const before = outcomeOf(given);
    const known = { k: value, l: value, ...given.context };
    const after = outcomeOf(JSON.parse(JSON.stringify({ ...given, context: known }).replaceAll('<<X>>', x).replaceAll('<<Y>>', y)));
    expect([before, after].sort()).not.toEqual(['ALLOWED', 'DENIED']);
  }), RUNS);
});

test('every decision has reasons, and one that is not known says what is missing', () => {
  fc.assert(fc.property(example, (given) => {
    const { outcome, reasons, missing } = decisionOf(given);
    expect(reasons).not.toEqual([]);
    expect(missing.length > 0).toBe(outcome === 'UNKNOWN');
  }), RUNS);
});

const json = fc.jsonValue({ maxDepth: 3 });
const anyStatement = fc.dictionary(fc.constantFrom('Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal', 'Condition'), json, { noNullPrototype: true });
const anyDocument = fc.oneof(json, fc.record({ Version: fc.constantFrom('2012-10-17', 1), Statement: fc.oneof(anyStatement, fc.array(anyStatement, { maxLength: 3 })) }, { requiredKeys: [] }));

test.each(['identity', 'resource', 'trust'] as const)('any JSON is read as a policy: %s', (kind) => {
  fc.assert(fc.property(anyDocument, (document) => {
    const read = parsePolicy(policy(document), kind);
    expect(read.statements.length + read.problems.length).toBeGreaterThan(0);
  }), RUNS);
});

test('any JSON as the policy of a role gets an answer', () => {
  fc.assert(fc.property(anyDocument, (document) => {
    const request = { action: 's3:GetObject', resource: text('arn:aws:s3:::a'), context: contextOf() };
    const { outcome } = decideAccess({ roleArn: text('arn:aws:iam::1:role/r'), account: text('1') }, { identity: [policy(document)], resource: { kind: 'none' } }, request);
    expect(outcome).not.toBe('ALLOWED');
  }), RUNS);
});
