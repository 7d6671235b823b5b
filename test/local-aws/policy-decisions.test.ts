import actions from './cases/actions.json';
import conditions from './cases/conditions.json';
import decisions from './cases/decisions.json';
import resources from './cases/resources.json';
import trust from './cases/trust.json';
import { judge } from './judge';
import { describeWithPython } from './python-program';

interface Statement { readonly [element: string]: unknown }

const PRINCIPAL = { arn: 'arn:aws:iam::123456789012:role/app', sessionArn: 'arn:aws:sts::123456789012:assumed-role/app/pod', account: '123456789012' };
const REQUEST = { kind: 'access', principal: PRINCIPAL, action: 's3:GetObject', resource: 'arn:aws:s3:::data/a', context: {} };
const ISSUER = 'oidc.eks.us-west-2.amazonaws.com/id/ABC';
const TOKEN = { [`${ISSUER}:sub`]: 'system:serviceaccount:default:app', [`${ISSUER}:aud`]: 'sts.amazonaws.com' };

/** A policy. A statement allows everything that it does not restrict; an element that is null is left out. */
const policy = (statements: readonly Statement[], Version: string | null = '2012-10-17') => JSON.parse(JSON.stringify({
  Version, Statement: statements.map((statement) => ({ Effect: 'Allow', ...('NotAction' in statement ? {} : { Action: '*' }), ...('NotResource' in statement ? {} : { Resource: '*' }), ...statement })),
}, (_, value) => value ?? undefined));

/** Declares one test per case, whose title names the page of AWS that decides it. */
function testCases(cases: readonly { readonly title: string; readonly see: string; readonly request: object; readonly expected: string }[]): void {
  test.each(cases)('$title ($see)', async ({ request, expected }) => {
    expect(await judge([request])).toEqual([{ decision: expected === 'allow' ? 'ALLOWED' : 'DENIED', why: expected }]);
  });
}

describeWithPython('the local AWS decides as AWS documents it', () => {
  describe.each(Object.entries(conditions))('conditions: %s', (_, { see, cases }) => testCases((cases as [string, object, object, boolean][]).map(
    ([title, Condition, context, holds]) => ({
      title, see, request: { ...REQUEST, identityPolicies: [policy([{ Condition }])], context }, expected: holds ? 'allow' : 'implicit deny',
    }))));

  describe('resources', () => testCases(resources.flatMap(({ title, see, version, pattern, context, matches, others }) => [...matches, ...others].map((resource) => ({
    title: `${title}: ${resource}`,
    see,
    request: { ...REQUEST, identityPolicies: [policy([{ Resource: pattern }], version)], resource, context: context ?? {} },
    expected: (matches as string[]).includes(resource) ? 'allow' : 'implicit deny',
  })))));

  describe('actions', () => testCases(actions.flatMap(({ title, see, pattern, matches, others }) => [...matches, ...others].map((action) => ({
    title: `${title}: ${action}`,
    see,
    request: { ...REQUEST, identityPolicies: [policy([{ Action: pattern }])], action },
    expected: matches.includes(action) ? 'allow' : 'implicit deny',
  })))));

  describe.each(Object.entries(decisions))('%s', (_, { see, cases }) => testCases((cases as { [key: string]: any }[]).map(
    ({ title, version, identity, boundary, session, resourcePolicy, expected, ...request }) => ({
      title,
      see,
      request: {
        ...REQUEST,
        ...request,
        identityPolicies: [policy(identity, version)],
        boundaries: boundary ? [policy(boundary)] : null,
        sessionPolicies: session ? [policy(session)] : null,
        resourcePolicy: resourcePolicy ? policy(resourcePolicy) : null,
      },
      expected,
    }))));

  describe('trust policies', () => testCases((trust as { [key: string]: any }[]).map(({ title, see, statements, action, principals, expected }) => ({
    title,
    see,
    request: {
      kind: 'trust',
      policy: policy(statements.map((statement: Statement) => ({ Resource: null, ...statement }))),
      action: action ?? 'sts:AssumeRoleWithWebIdentity',
      principals: principals ?? { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
      context: TOKEN,
    },
    expected,
  }))));

  test.each([
    ['is no object', [], /^TypeError: /],
    ['has an unknown kind', { ...REQUEST, kind: 'other' }, "KeyError: 'other'"],
    ['has no action', { ...REQUEST, action: undefined }, "KeyError: 'action'"],
    ['has an operator that does not exist', { ...REQUEST, identityPolicies: [policy([{ Condition: { StringSounds: { 'a:b': 'c' } } }])] }, 'UnknownOperator: IAM has no condition operator StringSounds'],
    ['has a set operator for a check of existence', { ...REQUEST, identityPolicies: [policy([{ Condition: { 'ForAnyValue:Null': { 'a:b': 'true' } } }])] }, 'UnknownOperator: IAM has no condition operator ForAnyValue:Null'],
    ['has a check of existence if the key exists', { ...REQUEST, identityPolicies: [policy([{ Condition: { NullIfExists: { 'a:b': 'true' } } }])] }, 'UnknownOperator: IAM has no condition operator NullIfExists'],
  ])('a case that %s is an error, and the next case is judged', async (_, request, error) => {
    expect(await judge([request, { ...REQUEST, identityPolicies: [] }])).toEqual([{ error: expect.stringMatching(error) }, { decision: 'DENIED', why: 'implicit deny' }]);
  });
});
