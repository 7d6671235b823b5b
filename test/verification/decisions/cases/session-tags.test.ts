// A session that assumes a role may choose session tags, if it is allowed sts:TagSession. They override the tags of the role.
import { Case, complete, decide, DENIED, Question, READER_ARN, reader, REACHABLE, shown } from './questions';
import { account, allow, association, objects, podIdentityTrust, role } from '../../templates';

const ASSUME = ['sts:AssumeRole', 'sts:TagSession'];
/** It may be reached, and not by default. */
const POSSIBLE = 'UNKNOWN, by default DENIED';
const BUCKETS: Question = { action: 's3:ListAllMyBuckets', noOtherCredentials: true };
const DEV = [{ Key: 'team', Value: 'dev' }];

const trusting = (Condition: object = {}, Action: string | string[] = ASSUME) => ({ Effect: 'Allow', Action, Principal: { AWS: READER_ARN }, Condition });
const second = (trust: object, statement: object, Tags: object[] = []) => {
  const { Type, Properties } = role(trust, statement);
  return { Second: { Type, Properties: { ...Properties, RoleName: 'second', Tags } } };
};
const ifAdmin = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'admin' } } };
const ifTagged = (values: object) => ({ StringEquals: values });
const byToken = reader([allow(ASSUME)]);
const byAssociation = (more: object = {}) => {
  const { Type, Properties } = role(podIdentityTrust(), allow(ASSUME));
  return { Reader: { Type, Properties: { ...Properties, RoleName: 'reader' } }, Association: association('app', 'Reader', more), Objects: objects(account('app')) };
};
const withoutTags = byAssociation({ DisableSessionTags: true });
const asksForTag = second(trusting(ifTagged({ 'aws:RequestTag/team': 'admin' })), allow('s3:*'));
const asksForKey = second(trusting({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } }), allow('s3:*'));

test.each(complete([
  ['the trust policy asks for a tag of the request', { ...byToken, ...asksForTag }, POSSIBLE],
  ['the same, with EKS Pod Identity', { ...byAssociation(), ...asksForTag }, POSSIBLE],
  ['the same, with EKS Pod Identity without tags', { ...withoutTags, ...asksForTag }, POSSIBLE],
  ['the trust policy asks for the key of a tag, with EKS Pod Identity without tags', { ...withoutTags, ...asksForKey }, POSSIBLE],
  ['the trust policy asks for a tag, but does not allow to set it',
    { ...reader([]), ...second(trusting(ifTagged({ 'aws:RequestTag/team': 'admin' }), 'sts:AssumeRole'), allow('s3:*')) }, DENIED],
  ['the role has another tag', { ...byToken, ...second(trusting(), allow('s3:*', '*', ifAdmin), DEV) }, POSSIBLE],
  ['the role has another tag, with EKS Pod Identity', { ...byAssociation(), ...second(trusting(), allow('s3:*', '*', ifAdmin), DEV) }, POSSIBLE],
  ['the role has another tag, and tags cannot be set', { ...reader([]), ...second(trusting({}, 'sts:AssumeRole'), allow('s3:*', '*', ifAdmin), DEV) }, DENIED],
  ['the role has the tag', { ...byToken, ...second(trusting(), allow('s3:*', '*', ifAdmin), [{ Key: 'team', Value: 'admin' }]) }, REACHABLE],
  ['a transitive tag of EKS Pod Identity cannot be overridden', {
    ...byAssociation(), ...second(trusting(), allow('s3:*', '*', { Condition: ifTagged({ 'aws:PrincipalTag/kubernetes-namespace': 'admin' }) })),
  }, DENIED],
  ['the role is the first one, which trusts itself', {
    ...reader([allow(ASSUME), allow('s3:*', '*', ifAdmin)], { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [podIdentityTrust(), trusting()] }, Tags: DEV }),
    Association: association('app', 'Reader'),
  }, POSSIBLE],
] satisfies Case[]))('%s', (_, resources, expected) => {
  expect(shown(decide(resources, BUCKETS))).toBe(expected);
});

test('a policy variable has a value of the choice of the pod', () => {
  const resources = { ...byToken, ...second(trusting(), allow('s3:GetObject', 'arn:aws:s3:::data/${aws:PrincipalTag/team}/*'), DEV) };
  const question = { ...BUCKETS, action: 's3:GetObject', resource: 'arn:aws:s3:::data/admin/x', resourcesWithoutPolicy: ['arn:aws:s3:::data'] };
  expect(shown(decide(resources, question))).toBe(POSSIBLE);
});
