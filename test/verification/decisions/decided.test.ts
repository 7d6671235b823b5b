import { Decided, Requested } from '../../../lib/verification/private/decisions/decided';
import { ResourceSide } from '../../../lib/verification/private/evaluation/grants';
import { roleSession } from '../../../lib/verification/private/evaluation/role-session';
import { Role } from '../../../lib/verification/private/model/model';
import { Policy } from '../../../lib/verification/private/policies/policy';
import { Credentials, Raise } from '../../../lib/verification/private/reach/credentials';
import { allow } from '../templates';
import { policyOf, text } from '../texts';

const ACCOUNT = text('111122223333');
const READER = text('arn:aws:iam::111122223333:role/reader');
const OBJECT = text('arn:aws:s3:::data/x');
const READ = 's3:GetObject';

const allowIf = (key: string, value: string) => policyOf([allow(READ, '*', { Condition: { StringEquals: { [key]: value } } })]);
const NOTHING = policyOf([allow('s3:ListBucket')]);
const DENIAL = policyOf([{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }]);
const tagsOf = (team: string) => new Map([['team', text(team)]]);

const CHANGEABLE: Raise = { why: { what: 'the tags can change' }, policies: [[allowIf('aws:PrincipalTag/team', 'red')]], changesTags: true };

/** A role in the account of the bucket, and a request for an object. */
function credentialsOf(policies: Role['policies'], more: Partial<Role> = {}): Credentials {
  const place = { template: 'stack', logicalId: 'Reader' };
  const own = { noun: 'role' as const, label: 'Reader', arn: READER, account: ACCOUNT, trustPolicy: policyOf([]), tags: new Map(), place };
  const role: Role = { ...own, policies, ...more };
  return { role, by: 'test', isDefault: 'yes', isObtained: 'yes', missing: [], chain: [], session: { role: roleSession(role), roleTags: role.tags } };
}

const sideOf = (...policies: Policy[]): ResourceSide => ({ kind: 'policies', account: ACCOUNT, policies });
const REQUESTED: Requested = { action: READ, context: {}, resource: OBJECT, side: sideOf(), facts: { arn: OBJECT, tags: new Map() } };
const withFacts = (facts: Partial<Requested['facts']>): Requested => ({ ...REQUESTED, facts: { ...REQUESTED.facts, ...facts } });
const withPrefix = (prefix: string): Requested => ({ ...REQUESTED, context: { 's3:prefix': [text(prefix)] } });

const withSession = (credentials: Credentials, session: Partial<Credentials['session']>): Credentials =>
  ({ ...credentials, session: { ...credentials.session, ...session } });
const withRole = (credentials: Credentials, role: Partial<Role>): Credentials => ({ ...credentials, role: { ...credentials.role, ...role } });

const BY_TAG = credentialsOf([allowIf('aws:PrincipalTag/team', 'red')]);
const RED = credentialsOf([allowIf('aws:PrincipalTag/team', 'red')], { tags: tagsOf('red') });
const by = (key: string, value: string) => credentialsOf([allowIf(key, value)]);
const ANY = credentialsOf([policyOf([allow('*')])]);
const [BY_PROVIDER, BY_ACCOUNT, BY_REGION] = [by('aws:FederatedProvider', 'p'), by('aws:ResourceAccount', '1'), by('aws:RequestedRegion', 'a')];
const [BY_RESOURCE_TAG, BY_PREFIX] = [by('aws:ResourceTag/team', 'red'), by('s3:prefix', 'a')];

type Asked = readonly [credentials: Credentials, requested: Requested];

test.each<[string, Asked, Asked]>([
  ['the policies of the role', [ANY, REQUESTED], [withRole(ANY, { policies: [NOTHING] }), REQUESTED]],
  ['the boundary', [ANY, REQUESTED], [withRole(ANY, { boundary: NOTHING }), REQUESTED]],
  ['the session policy', [ANY, REQUESTED], [{ ...ANY, sessionPolicy: NOTHING }, REQUESTED]],
  ['how permissions might be raised', [BY_TAG, REQUESTED], [{ ...BY_TAG, raise: CHANGEABLE }, REQUESTED]],
  ['the tags of the role', [RED, REQUESTED], [withSession(RED, { roleTags: tagsOf('blue') }), REQUESTED]],
  ['the session tags', [RED, REQUESTED], [withSession(RED, { sessionTags: tagsOf('blue') }), REQUESTED]],
  ['whether the session has tags of its choice', [RED, REQUESTED], [withSession(RED, { hasChosenTags: true }), REQUESTED]],
  ['the account of the role', [ANY, REQUESTED], [withSession(ANY, { role: { roleArn: READER, account: text('444455556666') } }), REQUESTED]],
  ['the federated provider', [BY_PROVIDER, REQUESTED], [withSession(BY_PROVIDER, { federatedProvider: text('p') }), REQUESTED]],
  ['the account of the resource', [BY_ACCOUNT, withFacts({ account: text('1') })], [BY_ACCOUNT, withFacts({ account: text('2') })]],
  ['the Region of the request', [BY_REGION, withFacts({ region: text('a') })], [BY_REGION, withFacts({ region: text('b') })]],
  ['the tags of the resource', [BY_RESOURCE_TAG, withFacts({ tags: tagsOf('red') })], [BY_RESOURCE_TAG, REQUESTED]],
  ['the context', [BY_PREFIX, withPrefix('a')], [BY_PREFIX, withPrefix('b')]],
  ['the action', [credentialsOf([NOTHING]), REQUESTED], [credentialsOf([NOTHING]), { ...REQUESTED, action: 's3:ListBucket' }]],
  ['the policies of the resource', [ANY, REQUESTED], [ANY, { ...REQUESTED, side: sideOf(DENIAL) }]],
  ['the account of these policies', [ANY, REQUESTED], [ANY, { ...REQUESTED, side: { ...sideOf(), account: text('444455556666') } as ResourceSide }]],
  ['whether these policies are known', [ANY, REQUESTED], [ANY, { ...REQUESTED, side: { kind: 'unknown', why: 'not read' } }]],
])('a decision depends on %s', (_, one, other) => {
  const decided = new Decided();
  const [first, second] = [decided.decide(...one), decided.decide(...other)];
  expect(second).toEqual(new Decided().decide(...other));
  expect(second.outcome).not.toBe(first.outcome);
});

test('a decision is made once for what says the same', () => {
  const decided = new Decided();
  const same = withSession(RED, { role: { roleArn: text(`${READER}`), account: text(`${ACCOUNT}`) } });
  expect(decided.decide(same, withFacts({ arn: text(`${OBJECT}`) }))).toBe(decided.decide(RED, withFacts({})));
});
