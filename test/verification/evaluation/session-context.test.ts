import cases from './session-context.cases.json';
import { SessionContext } from '../../../lib/verification/private/evaluation/session-context';
import { SessionOptions } from '../../../lib/verification/private/evaluation/session-options';
import { text } from '../texts';

const OPTIONS: SessionOptions = {
  role: { roleArn: text('arn:aws:iam::111122223333:role/reader'), account: text('111122223333') },
  roleTags: new Map([['Team', text('blue')], ['stage', text('prod')]]),
  sessionTags: new Map([['team', text('red')], ['kubernetes-namespace', text('default')]]),
  resource: { arn: text('arn:aws:sqs:eu-west-1:444455556666:queue'), tags: new Map([['Cost', text('a')]]) },
  given: { 's3:max-keys': [text('10')], 's3:delimiter': undefined },
};

function lookup(context: SessionContext, key: string) {
  const value = context.lookup(text(key));
  return value.kind === 'values' ? value.values.map(String) : value.kind;
}

test.each(cases as Array<[string, string | string[]]>)('a session has %s: %j', (key, value) => {
  expect(lookup(SessionContext.ofRole(OPTIONS), key)).toEqual(value);
});

test('what the asker gives wins', () => {
  const context = SessionContext.ofRole({ ...OPTIONS, given: { 'aws:SecureTransport': [text('false')], 'aws:principaltag/team': [text('green')], 'aws:TagKeys': [text('a'), text('b')] } });
  expect(['aws:securetransport', 'aws:PrincipalTag/team', 'aws:TagKeys'].map((key) => lookup(context, key))).toEqual([['false'], ['green'], ['a', 'b']]);
});

test('a session through web identity has the provider, and no tags of its own', () => {
  const context = SessionContext.ofRole({ ...OPTIONS, sessionTags: undefined, federatedProvider: text('<<Provider>>') });
  expect(['aws:FederatedProvider', 'aws:PrincipalTag/team'].map((key) => lookup(context, key))).toEqual([['${Provider}'], ['blue']]);
});

test('the tags and the account of a resource that nobody described are unknown', () => {
  const context = SessionContext.ofRole({ ...OPTIONS, resource: { arn: text('arn:aws:s3:::bucket') } });
  expect(['aws:ResourceTag/cost', 'aws:ResourceAccount'].map((key) => lookup(context, key))).toEqual(['unknown', 'unknown']);
});

test('a token has the claims of its issuer, and none of others', () => {
  const context = SessionContext.webIdentity(text('oidc.eks/id/1'), text('system:serviceaccount:a:b'), text('sts.amazonaws.com'));
  expect(['OIDC.eks/id/1:sub', 'oidc.eks/id/1:aud', 'oidc.eks/id/1:amr', 'oidc.eks/id/2:sub', 'aws:RequestTag/a', 'aws:TagKeys', 'sts:RoleSessionName', 'aws:SourceIp'].map((key) => lookup(context, key)))
    .toEqual([['system:serviceaccount:a:b'], ['sts.amazonaws.com'], 'unknown', 'missing', 'missing', 'missing', ['${sts:RoleSessionName}'], 'unknown']);
});

test('an issuer that is known only at deployment may be another one', () => {
  const context = SessionContext.webIdentity(text('<<Host|/:>>/id/1'), text('a'), text('b'));
  expect(['<<Host|/:>>/id/1:sub', 'oidc.eks/id/1:sub', 'oidc.eks/id/2:sub', 'aws:CurrentTime'].map((key) => lookup(context, key)))
    .toEqual([['a'], 'unknown', 'missing', ['${aws:CurrentTime}']]);
  expect(context.lookup(text('oidc.eks/id/1:sub'))).toEqual({ kind: 'unknown', why: 'oidc.eks/id/1:sub may be ${Host}/id/1:sub' });
});

test('a service sets its tags and its source', () => {
  const context = SessionContext.service({ account: text('111122223333'), tags: new Map([['kubernetes-namespace', text('a')]]) });
  expect(['aws:SourceAccount', 'aws:SourceArn', 'aws:RequestTag/kubernetes-namespace', 'aws:RequestTag/other', 'aws:TagKeys', 'sts:TransitiveTagKeys', 'sts:ExternalId'].map((key) => lookup(context, key)))
    .toEqual([['111122223333'], 'unknown', ['a'], 'missing', ['kubernetes-namespace'], ['kubernetes-namespace'], 'missing']);
});

test('a session chooses the tags and the external ID with which it assumes another role', () => {
  expect(['aws:RequestTag/a', 'sts:ExternalId', 'aws:PrincipalArn'].map((key) => lookup(SessionContext.chained(OPTIONS, { choosesTags: true }), key)))
    .toEqual(['unknown', 'unknown', ['arn:aws:iam::111122223333:role/reader']]);
  expect(['aws:RequestTag/team', 'aws:TagKeys'].map((key) => lookup(SessionContext.chained(OPTIONS, { choosesTags: true }), key))).toEqual([['red'], 'unknown']);
  expect(['aws:RequestTag/a', 'aws:TagKeys', 'sts:ExternalId'].map((key) => lookup(SessionContext.chained(OPTIONS, { externalId: text('x'), choosesTags: false }), key)))
    .toEqual(['missing', ['team', 'kubernetes-namespace'], ['x']]);
});

test('chosen tags override those of the role, but not transitive ones', () => {
  expect(['aws:PrincipalTag/team', 'aws:PrincipalTag/stage', 'aws:PrincipalTag/x'].map((key) => lookup(SessionContext.ofRole({ ...OPTIONS, hasChosenTags: true }), key)))
    .toEqual([['red'], 'unknown', 'unknown']);
});
