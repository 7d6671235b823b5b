import { changeStack, ChangeOptions } from './change-sets';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';

let aws: LocalAws;
let token: string;
let issuer: string;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  await aws.control({ do: 'start_cluster', name: 'record' });
  token = await aws.control({ do: 'token', cluster: 'record', namespace: 'default', account: 'a*b?c$' }); // not a valid name in Kubernetes, but IAM accepts any subject
  issuer = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()).iss.replace('https://', '');
  await changeStack(aws, 'provider', { Resources: { Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: `https://${issuer}`, ClientIdList: ['sts.amazonaws.com'] } } } });
});
afterAll(() => aws?.stop());

const VERSION = { Version: '2012-10-17' };
let changes = 0;
const change = (AssumeRolePolicyDocument: unknown, type: ChangeOptions['type']) => changeStack(aws, 'role', {
  Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'reader', AssumeRolePolicyDocument } } },
}, { type, name: `change-${++changes}` });
const trust = (conditions: object, more: object) => ({
  ...more,
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` }, Condition: conditions }],
});

async function assume(): Promise<string> {
  const { code, output } = await aws.aws(['sts', 'assume-role-with-web-identity', '--role-arn', 'arn:aws:iam::123456789012:role/reader', '--role-session-name', 'test', '--web-identity-token', token]);
  return code === 0 ? 'accepted' : output.match(/\((\w+)\)/)?.[1] ?? output;
}

describe('a role', () => {
  beforeAll(async () => {
    expect(await change(trust({}, VERSION), 'CREATE')).toMatchObject({ status: 'CREATE_COMPLETE' });
  });

  const sub = 'system:serviceaccount:default:a*b?c$';
  test.each<[string, string, { [operator: string]: string | string[] }, object?]>([
    ['trusts the value of a condition', 'accepted', { StringEquals: sub }],
    ['trusts a variable that has the value of its key', 'accepted', { StringEquals: '${ISSUER:sub}' }],
    ['does not trust a variable without a value', 'AccessDenied', { StringLike: '*${aws:nothing}' }],
    ['trusts a variable without a value for its default', 'accepted', { StringEquals: `\${aws:nothing, '${sub}'}` }],
    ['trusts other values in addition to a variable without a value', 'accepted', { StringEquals: ['${aws:nothing}', sub] }],
    ['does not expand ${$}', 'AccessDenied', { StringEquals: '${$}{ISSUER:sub}' }],
    ['treats ${*}, ${?} and ${$} as characters', 'accepted', { StringEquals: 'system:serviceaccount:default:a${*}b${?}c${$}' }],
    ['treats them as characters in a pattern, too', 'accepted', { StringLike: '*:a${*}b${?}c${$}' }],
    ['trusts a pattern', 'accepted', { StringLike: 'system:serviceaccount:default:a?b*' }],
    ['does not treat ${*} as a wildcard', 'AccessDenied', { StringLike: 'system:serviceaccount:default:${*}' }],
    ['does not treat ${?} as a wildcard', 'AccessDenied', { StringLike: 'system:serviceaccount:default:${?}*b?c$' }],
    ['treats brackets as brackets', 'AccessDenied', { StringLike: '[s]ystem:*' }],
    ['does not expand variables in version 2008-10-17', 'AccessDenied', { StringEquals: '${ISSUER:sub}' }, { Version: '2008-10-17' }],
    ['does not expand variables without a version', 'AccessDenied', { StringEquals: '${ISSUER:sub}' }, {}],
  ])('%s', async (_, expected, conditions, more = VERSION) => {
    const named = Object.fromEntries(Object.entries(conditions).map(([operator, value]) => [operator, { 'ISSUER:sub': value }]));
    const document = JSON.stringify(trust(named, more)).replaceAll('ISSUER', issuer);
    expect(await change(document, 'UPDATE')).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await assume()).toBe(expected);
  });

  test.each([
    ['is not JSON', '{"Version"', /^MalformedPolicyDocument: This policy contains invalid Json: /],
    ['has a duplicate key', '{"Statement":[],"Statement":[]}', 'MalformedPolicyDocument: This policy contains invalid Json: duplicate key Statement'],
    ['contains characters that IAM rejects', '{"Statement":[],"Id":"\u2028"}', 'MalformedPolicyDocument: a policy may contain only tabs, line feeds, carriage returns, and U+0020 to U+00FF'],
    ['has no statements', '{"Version":"2012-10-17"}', 'MalformedPolicyDocument: Syntax errors in policy.'],
    ['has a statement without a principal', { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }] }, 'MalformedPolicyDocument: AssumeRole policy must contain principals.'],
    ['has a condition operator that does not exist', trust({ StringSounds: { 'a:b': 'c' } }, VERSION), 'MalformedPolicyDocument: Syntax errors in policy.'],
    ['has an element that does not exist', { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*', Condition: {}, Reason: 'none' }] }, 'MalformedPolicyDocument: Syntax errors in policy.'],
    ['has exceptions', { Statement: [{ Effect: 'Deny', Action: 'sts:AssumeRole', NotPrincipal: { AWS: '123456789012' } }] }, 'MalformedPolicyDocument: Has prohibited field NotPrincipal'],
    ['has a resource', { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*', Resource: '*' }] }, 'MalformedPolicyDocument: Has prohibited field Resource'],
  ])('whose trust policy %s makes the stack fail', async (_, document, reason) => {
    const { status, failures } = await change(document, 'UPDATE');
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[failures.length - 1].replace('UPDATE_FAILED Role: ', '')).toMatch(reason);
  });
});
