import { literalSubjects } from '../../../lib/verification/private/assignments/trust-principals';
import { mayTrustRoles } from '../../../lib/verification/private/policies/may-trust';
import { fromJson } from '../../../lib/verification/private/values/from-json';

const policyOf = (...statements: object[]) => ({ name: 'trust policy', document: fromJson({ Version: '2012-10-17', Statement: statements }) });
const token = (condition: object, more: object = {}) => ({
  Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/issuer' }, Condition: condition, ...more,
});
const service = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
const ONE = 'system:serviceaccount:default:one';
const OTHER = 'system:serviceaccount:default:other';

test.each<[string, object[], string[] | undefined]>([
  ['one subject', [token({ StringEquals: { 'issuer:sub': ONE } })], [ONE]],
  ['two subjects', [token({ StringEquals: { 'issuer:sub': [ONE, OTHER] } })], [ONE, OTHER]],
  ['two statements', [token({ StringEquals: { 'issuer:sub': ONE } }), token({ StringEquals: { 'issuer:sub': OTHER } })], [ONE, OTHER]],
  ['a subject with a key in capitals', [token({ StringEquals: { 'ISSUER:SUB': ONE } })], [ONE]],
  ['only services', [service], []],
  ['no condition', [token({})], undefined],
  ['a subject as a pattern without wildcards', [token({ StringLike: { 'issuer:sub': ONE } })], [ONE]],
  ['any of the subjects of a token', [token({ 'ForAnyValue:StringEquals': { 'issuer:sub': [ONE, OTHER] } })], [ONE, OTHER]],
  ['all subjects of a token, or none', [token({ 'ForAllValues:StringEquals': { 'issuer:sub': ONE } })], undefined],
  ['any of the subjects of a token by a pattern', [token({ 'ForAnyValue:StringLike': { 'issuer:sub': `${ONE}*` } })], undefined],
  ['a pattern', [token({ StringLike: { 'issuer:sub': `${ONE}*` } })], undefined],
  ['a subject if there is one', [token({ StringEqualsIfExists: { 'issuer:sub': ONE } })], undefined],
  ['every subject but one', [token({ StringNotEquals: { 'issuer:sub': ONE } })], undefined],
  ['a policy variable', [token({ StringEquals: { 'issuer:sub': '${aws:username}' } })], undefined],
  ['a subject in one of two statements', [token({ StringEquals: { 'issuer:sub': ONE } }), token({})], undefined],
  ['everyone', [{ ...service, Principal: '*' }], undefined],
  ['everyone but one', [{ Effect: 'Allow', Action: 'sts:*', NotPrincipal: { Service: 'ec2.amazonaws.com' } }], undefined],
  ['something that cannot be read', [{ Effect: 'Allow' }], undefined],
])('the subjects that a trust policy can admit are known without an evaluation only if they are literals: %s', (_, statements, expected) => {
  expect(literalSubjects(policyOf(...statements))).toEqual(expected);
});

test('an unknown trust policy may trust any subject', () => {
  const policy = { name: 'trust policy', unknown: 'it is elsewhere' };
  expect([literalSubjects(policy), mayTrustRoles(policy)]).toEqual([undefined, true]);
});

test.each<[string, object, boolean]>([
  ['a service', service, false],
  ['a provider', token({}), false],
  ['a role', { ...service, Principal: { AWS: 'arn:aws:iam::111122223333:role/one' } }, true],
  ['everyone', { ...service, Principal: '*' }, true],
  ['everyone but a service', { Effect: 'Allow', Action: 'sts:*', NotPrincipal: { Service: 'ec2.amazonaws.com' } }, true],
])('roles may be able to assume a role that trusts %s: %#', (_, statement, expected) => {
  expect(mayTrustRoles(policyOf(statement))).toBe(expected);
});

