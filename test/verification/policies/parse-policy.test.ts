import cases from './parse-policy.cases.json';
import { parsePolicy } from '../../../lib/verification/private/policies/parse-policy';
import { PolicyKind } from '../../../lib/verification/private/policies/statement';
import { policy, text } from '../texts';

const parse = (document: unknown, kind: PolicyKind = 'identity') => parsePolicy(policy(document), kind);

test.each(cases as Array<[string, PolicyKind, unknown, string[]]>)('%s (%s)', (_, kind, document, problems) => {
  const parsed = parse(document, kind);
  expect([...parsed.problems, ...parsed.statements.flatMap((statement) => statement.problems)]).toEqual(problems);
});

test('reads all elements, and says where they are', () => {
  const [, statement] = parse({
    Version: '2012-10-17',
    Id: 'reading',
    Statement: [
      { Effect: 'Deny', NotAction: 's3:*', NotResource: '*' },
      { Sid: 'Read', Effect: 'Allow', Principal: { AWS: ['123456789012', '*'], Service: 'ec2.amazonaws.com' }, Action: ['s3:Get*'], Resource: '*', Condition: { Bool: { 'aws:SecureTransport': true } } },
    ],
  }, 'resource').statements;
  expect(statement).toMatchObject({
    sid: 'Read',
    effect: 'Allow',
    place: { template: 'Stack', logicalId: 'Policy', path: 'Properties.PolicyDocument.Statement[1]' },
    actions: { negated: false, values: [text('s3:Get*')] },
    resources: { negated: false, values: [text('*')] },
    principals: { negated: false, principals: [{ kind: 'AWS', name: text('123456789012') }, { kind: 'AWS', name: text('*') }, { kind: 'Service', name: text('ec2.amazonaws.com') }] },
    conditions: [{ operator: text('Bool'), key: text('aws:SecureTransport'), values: [text('true')] }],
    hasVariables: true,
    problems: [],
  });
});

test('reads a single statement and negated elements', () => {
  const [statement] = parse({ Statement: { Effect: 'Deny', NotAction: 's3:*', NotResource: 'arn:aws:s3:::a' } }).statements;
  expect(statement).toMatchObject({
    effect: 'Deny',
    place: { path: 'Properties.PolicyDocument.Statement' },
    actions: { negated: true, values: [text('s3:*')] },
    resources: { negated: true, values: [text('arn:aws:s3:::a')] },
    hasVariables: false,
  });
});

test('reads a policy once', () => {
  const known = policy({ Statement: [] });
  expect(parsePolicy(known, 'identity')).toBe(parsePolicy(known, 'identity'));
});

test('says why a document is not known', () => {
  expect(parsePolicy({ name: 'managed', unknown: 'no copy of it is at hand' }, 'identity').problems).toEqual(['no copy of it is at hand']);
});
