import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, association, changed, clusterTemplate, deny, objects, podIdentityTrust, role, trustOf } from '../templates';

const trusted = (Principal: object) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal });
const of = (Service: string) => trusted({ Service });
const named = (RoleName: string, { Type, Properties }: any) => ({ Type, Properties: { ...Properties, RoleName } });

const APP = 'AppRole';
const OTHER = 'OtherRole';
const SHARED = 'SharedRole';
const AGENT = 'AgentRole';
const TARGET = 'TargetRole';
const NODE = 'NodeRole';
const SHARED_ARN = 'arn:aws:iam::111122223333:role/shared';

/** They have names, because one that is generated could be any. The pods of `app` can assume a shared role. Those of `associated` get a target role. */
const ROLES = {
  [APP]: named('app', accountRole('default:app', allow('sqs:ListQueues'), allow('sts:AssumeRole', SHARED_ARN))),
  [OTHER]: named('other', accountRole('default:other', allow('sns:ListTopics'))),
  [SHARED]: named('shared', role(trusted({ AWS: '111122223333' }), allow('s3:ListAllMyBuckets'))),
  [AGENT]: named('agent', role(podIdentityTrust(), allow(['sts:AssumeRole', 'sts:TagSession'], arnOf(TARGET)))),
  [NODE]: named('node', role(of('ec2.amazonaws.com'), allow(['sqs:ListQueues', 'eks-auth:AssumeRoleForPodIdentity']))),
  [TARGET]: named('target', role({ ...trusted({ AWS: arnOf(AGENT) }), Action: ['sts:AssumeRole', 'sts:TagSession'] }, allow('ec2:DescribeInstances'))),
};

const seed = (...statements: object[]) => ({
  HandlerRole: named('handler', role(of('lambda.amazonaws.com'), ...statements)),
  Handler: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('HandlerRole') } },
  Seed: { Type: 'Custom::Seed', Properties: { ServiceToken: arnOf('Handler') } },
});

const templatesWith = (resources: object = {}) => clusterTemplate({
  Objects: objects(account('app', APP), account('other', OTHER)),
  Association: association('associated', AGENT, { TargetRoleArn: arnOf(TARGET) }),
  ...ROLES,
  ...resources,
});
const accessTo = (templates: ReturnType<typeof templatesWith>) => verification.PodAccess.fromTemplates(templates)
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });
const accessWith = (resources: object) => accessTo(templatesWith(resources));

const QUESTIONS: ReadonlyArray<[string, string?]> = [
  ['sqs:ListQueues'], ['sns:ListTopics'], ['s3:ListAllMyBuckets'], ['ec2:DescribeInstances'], ['kms:ListKeys'], ['sts:AssumeRole', SHARED_ARN],
];
const LETTERS = { ALLOWED: 'A', DENIED: 'D', UNKNOWN: 'U' };

/** A letter for each of the questions, by who asks. */
function answersOf(access: verification.PodAccess) {
  const pod = (serviceAccountName: string) => access.pod({ serviceAccountName });
  const principals = { app: pod('app'), other: pod('other'), associated: pod('associated'), none: pod('default'), nodes: access.nodegroup({ nodegroupName: 'nodes' }) };
  const answers = (asked: verification.PrincipalAccess) => QUESTIONS.map(([action, resource]) => LETTERS[asked.decide(action, { resource }).outcome]).join('');
  return Object.fromEntries(Object.entries(principals).map(([name, asked]) => [name, answers(asked)]));
}

const CERTAIN = { app: 'ADADDA', other: 'DADDDD', associated: 'DDDADD', none: 'DDDDDD', nodes: 'ADDDDD' };
const all = (letters: string) => Object.fromEntries(Object.keys(CERTAIN).map((name) => [name, letters]));
const EVERYTHING = all('UUUUUU');
/** Whatever some questions are about, for everybody. */
const forAll = (...questions: number[]) => Object.fromEntries(Object.entries(CERTAIN).map(([name, letters]) => [name, [...letters].map((letter, i) => (questions.includes(i) ? 'U' : letter)).join('')]));

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const inline = (...statements: object[]) => ({ PolicyName: 'added', PolicyDocument: document(...statements) });
const put = (...roles: string[]) => allow('iam:PutRolePolicy', roles.map(arnOf));
const retrust = (...roles: string[]) => allow('iam:UpdateAssumeRolePolicy', roles.map(arnOf));
const tag = (id: string) => allow('iam:TagRole', arnOf(id));
const asking = (key: string, action = 'sqs:ListQueues') => ({
  Asking: named('asking', role(of('ec2.amazonaws.com'), allow(action, '*', { Condition: { StringEquals: { [key]: 'red' } } }))),
});
const second = (...statements: object[]) => ({
  SecondRole: named('second', role(of('lambda.amazonaws.com'), ...statements)),
  Second: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('SecondRole') } },
});
const seededTwice = (...statements: object[]) => ({ ...second(...statements), SecondSeed: { Type: 'Custom::Seed', Properties: { ServiceToken: arnOf('Second') } } });
const allowing = (id: keyof typeof ROLES, ...statements: object[]) => ({
  [id]: { ...ROLES[id], Properties: { ...ROLES[id].Properties, Policies: [inline(...statements)] } },
});

test.each<[string, object, object]>([
  ['nothing', seed(), CERTAIN],
  ['policies of a role', seed(put(APP)), { ...CERTAIN, app: 'UUUUUU' }],
  ['managed policies of a role', seed(allow(['iam:AttachRolePolicy', 'iam:DetachRolePolicy'], arnOf(APP))), { ...CERTAIN, app: 'UUUUUU' }],
  ['policies of two roles', seed(put(APP, OTHER)), { ...CERTAIN, app: 'UUUUUU', other: 'UUUUUU' }],
  ['policies of a role that another one assumes', seed(put(SHARED)), { ...CERTAIN, app: 'UUUUUU' }],
  ['policies of a role that a pattern names', seed(allow('iam:PutRolePolicy', 'arn:aws:iam::*:role/oth*')), { ...CERTAIN, other: 'UUUUUU' }],
  ['policies of a role that no template creates', seed(allow('iam:PutRolePolicy', 'arn:aws:iam::111122223333:role/others')), CERTAIN],
  ['policies of a role outside of two that a statement denies', seed(put(APP, OTHER), deny('iam:*', arnOf(APP))), { ...CERTAIN, other: 'UUUUUU' }],
  ['policies of the nodes, whose agent needs a permission', seed(put(NODE)), { ...CERTAIN, nodes: 'UUUUUU', associated: 'UUUUUU' }],
  ['policies of the role of an association', seed(put(AGENT)), { ...CERTAIN, associated: 'UUUUUU' }],
  ['policies of the target role of an association', seed(put(TARGET)), { ...CERTAIN, associated: 'UUUUUU' }],
  ['policies of its own role', seed(put('HandlerRole')), EVERYTHING],
  ['policies of the role of a function', { ...seed(put('SecondRole')), ...second() }, EVERYTHING],
  ['policies of the role of an instance that is no node', { ...seed(put('Instance')), Instance: role(of('ec2.amazonaws.com')) }, EVERYTHING],
  ['policies of the role of another custom resource', { ...seed(put('SecondRole')), ...seededTwice() }, EVERYTHING],
  ['policies of all roles', seed(allow('iam:PutRolePolicy')), EVERYTHING],
  ['policies of a role that it can assume', seed(put(SHARED), allow('sts:AssumeRole', SHARED_ARN)), EVERYTHING],
  ['policies of a role that can change those of another one', { ...seed(put(OTHER)), ...allowing(OTHER, allow('sns:ListTopics'), put(APP)) }, { ...CERTAIN, app: 'UUUUUU', other: 'UUUUUU' }],
  ['policies of a role that can create roles', { ...seed(put(OTHER)), ...allowing(OTHER, allow('iam:CreateRole')) }, EVERYTHING],
  ['managed policies, which several roles can have', seed(allow('iam:CreatePolicyVersion', 'arn:aws:iam::111122223333:policy/read')), EVERYTHING],
  ['whom a role trusts', seed(retrust(OTHER)), forAll(1)],
  ['whom a role trusts that can assume another one', seed(retrust(APP)), forAll(0, 2, 5)],
  ['whom a role trusts that others assume', seed(retrust(SHARED)), forAll(2, 5)],
  // whoever gets the role of the nodes gets the tokens of their pods
  ['whom the role of the nodes trusts, whose agent needs its permission', seed(retrust(NODE)), {
    app: 'UUAUDA', associated: 'UUUUUU', nodes: 'UDDDDD', none: 'UUUUDU', other: 'UAUUDU',
  }],
  ['whom a role trusts, and its policies', seed(put(APP), retrust(APP)), EVERYTHING],
  ['whom a role trusts, and the policies of one that this can assume', seed(put(SHARED), retrust(APP)), EVERYTHING],
  ['whom a role trusts, of which another custom resource can change the policies', { ...seed(retrust(OTHER)), ...seededTwice(put(OTHER)) }, EVERYTHING],
  ['whom a role trusts that can change policies of another one', { ...seed(retrust(OTHER)), ...allowing(OTHER, allow('sns:ListTopics'), put(APP)) }, { ...forAll(1), app: 'UUUUUU' }],
  ['whom a role trusts that can change its own policies', { ...seed(retrust(OTHER)), ...allowing(OTHER, allow('sns:ListTopics'), put(OTHER)) }, EVERYTHING],
  ['whom a role trusts of which pods can change the policies', { ...seed(retrust(APP)), ...allowing(OTHER, put(APP)) }, { ...forAll(0, 2, 5), other: 'UUUUUU' }],
  ['whom a role trusts that can change the policies of pods', { ...seed(retrust(APP)), ...allowing(APP, allow('sqs:ListQueues'), put(OTHER)) }, { ...forAll(0), app: 'UDDDDD', other: 'UUUUUU' }],
  ['whom a role trusts that can do everything', { ...seed(retrust(OTHER)), ...allowing(OTHER, allow('*')) }, EVERYTHING],
  ['whom a role trusts that can assume roles outside the templates', { ...seed(retrust(OTHER)), ...allowing(OTHER, allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/x/*')) }, EVERYTHING],
  ['whom roles outside the templates trust', seed(allow('iam:UpdateAssumeRolePolicy', 'arn:aws:iam::111122223333:role/x')), EVERYTHING],
  ['whom all roles trust', seed(allow('iam:UpdateAssumeRolePolicy')), EVERYTHING],
  ['tags of a role, for which no policy asks', seed(tag(APP)), CERTAIN],
  ['tags of a role, for which a policy asks', { ...seed(tag(APP)), ...asking('aws:PrincipalTag/team') }, { ...CERTAIN, app: 'UUUUUU' }],
  ['tags of roles, by which a policy selects what can be assumed', { ...seed(tag(OTHER)), ...asking('aws:ResourceTag/team', 'sts:AssumeRole') }, EVERYTHING],
  ['roles as such', seed(allow('iam:DeleteRole', arnOf(APP))), EVERYTHING],
])('a custom resource that can change %s', (_, resources, expected) => {
  expect(answersOf(accessWith(resources))).toEqual(expected);
});

const calls = (action: string, more: object, ...statements: object[]) => ({
  ...seed(...statements),
  Seed: { Type: 'Custom::AWS', Properties: { ServiceToken: arnOf('Handler'), Create: JSON.stringify({ service: 'IAM', action, ...more }), InstallLatestAwsSdk: false } },
});

test.each<[string, object, object]>([
  ['policies of the role that its function may change', calls('putRolePolicy', {}, put(APP)), { ...CERTAIN, app: 'UUUUUU' }],
  ['whom the role trusts that its function may change', calls('updateAssumeRolePolicy', {}, retrust(OTHER)), forAll(1)],
  ['whom a role trusts that can change its own policies', { ...calls('updateAssumeRolePolicy', {}, retrust(OTHER)), ...allowing(OTHER, put(OTHER)) }, EVERYTHING],
  ['whom a role trusts, of which another custom resource can change the policies', { ...calls('updateAssumeRolePolicy', {}, retrust(OTHER)), ...seededTwice(put(OTHER)) }, EVERYTHING],
  ['whom any role trusts', calls('updateAssumeRolePolicy', {}, allow('iam:*')), EVERYTHING],
  ['policies of a role, but nothing allows it', calls('putRolePolicy', {}), EVERYTHING],
  ['policies of a role with another role', calls('putRolePolicy', { assumedRoleArn: SHARED_ARN }, put(APP)), EVERYTHING],
  ['nothing, although its function could change policies', calls('getRole', {}, put(APP)), CERTAIN],
])('a custom resource of aws-cdk that changes %s', (_, resources, expected) => {
  expect(answersOf(accessWith(resources))).toEqual(expected);
});

const TARGETS = [APP, OTHER, SHARED, AGENT, TARGET, NODE];
type Properties = { [key: string]: any };
const NEW_POLICIES: ReadonlyArray<(properties: Properties) => void> = [
  (properties) => properties.Policies.push(inline(allow('*'))),
  (properties) => properties.Policies.push(inline(deny('*'))),
  (properties) => { properties.Policies = []; },
  (properties) => { properties.PermissionsBoundary = 'arn:aws:iam::aws:policy/AWSDenyAll'; },
];
const TRUST: readonly object[] = [
  ...['default', 'app', 'other', 'associated'].map((name) => trustOf(`default:${name}`)),
  ...[podIdentityTrust(), of('ec2.amazonaws.com'), trusted({ AWS: '*' }), trusted({ AWS: arnOf(OTHER) }), deny('*', undefined, { Principal: '*' })].map((statement) => document(statement)),
];
const NEW_TRUST = TRUST.map((AssumeRolePolicyDocument) => (properties: Properties) => { Object.assign(properties, { AssumeRolePolicyDocument }); });

describe.each(TARGETS)('what is certain although %s can change', (target) => {
  const onlyTarget = (change: (properties: Properties) => void) =>
    changed(templatesWith(), 'AWS::IAM::Role', (properties, id) => (id === target ? change(properties) : undefined)) as ReturnType<typeof templatesWith>;

  test.each([
    ['its policies', put(target), NEW_POLICIES],
    ['whom it trusts', retrust(target), NEW_TRUST],
  ])('in %s, holds with each change', (_, statement, changes) => {
    const before = answersOf(accessWith(seed(statement)));
    expect(Object.values(before).join('')).toMatch(/[AD]/);
    for (const change of changes) {
      const after = answersOf(accessTo(onlyTarget(change)));
      for (const [name, letters] of Object.entries(before)) {
        const certain = [...letters].map((letter, i) => (letter === 'U' ? 'U' : after[name][i])).join('');
        expect([name, certain]).toEqual([name, letters]);
      }
    }
  });
});

test('the finding says which role', () => {
  const { missing } = accessWith(seed(put(APP))).pod({ serviceAccountName: 'app' }).decide('kms:ListKeys');
  expect(missing).toEqual(['the custom resource Seed, of type Custom::Seed, can change access: its code is not read, and role HandlerRole may request iam:PutRolePolicy '
    + 'for role AppRole. It can change decisions about whoever can get credentials of role AppRole. If it changes nothing: changesNothing: ["stack/Seed"]']);
  const { missing: ofTrust } = accessWith(seed(retrust(OTHER))).pod({ serviceAccountName: 'app' }).decide('sns:ListTopics');
  expect(ofTrust).toEqual(['the custom resource Seed, of type Custom::Seed, can change access: its code is not read, and role HandlerRole may request '
    + 'iam:UpdateAssumeRolePolicy for role OtherRole. It can change decisions about what role OtherRole can do, because anyone might get such credentials. '
    + 'If it changes nothing: changesNothing: ["stack/Seed"]']);
  accessWith(seed(put(APP))).assume({ changesNothing: ['stack/Seed'] }).pod({ serviceAccountName: 'app' }).assertDenied('kms:ListKeys');
});

test('two roles that look the same are not taken for one', () => {
  const { Statement: [trust] } = document(trusted({ AWS: 'arn:aws:iam::111122223333:role/handler' }));
  const other = { Resources: { HandlerRole: named('second', role(trust, allow('s3:PutBucketPolicy', 'arn:aws:s3:::second'))) } };
  const access = accessTo({ ...templatesWith(seed(allow('s3:PutBucketPolicy', 'arn:aws:s3:::first'))), other } as ReturnType<typeof templatesWith>);
  const outcomes = ['first', 'second'].map((bucket) => access.assume({ resourcesWithoutPolicy: [`arn:aws:s3:::${bucket}`] })
    .pod({ serviceAccountName: 'app' }).decide('s3:GetObject', { resource: `arn:aws:s3:::${bucket}/key` }).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'UNKNOWN']);
});

test('a trust policy is certain unless just that can change', () => {
  const admits = (statement: object) => () => accessWith(seed(statement)).trustPolicyNamed(APP).assertAdmitsOnly({ serviceAccountName: 'app' });
  expect(admits(put(APP))).not.toThrow();
  expect(admits(retrust(OTHER))).not.toThrow();
  expect(admits(retrust(APP))).toThrow('might not');
});

test('the roles that a principal gets are certain unless they can change', () => {
  const certain = (statement: object) => Object.fromEntries(accessWith(seed(statement)).principals.find(({ name }) => name.endsWith('default/other'))!.row.roles.map(({ role: id, isCertain }) => [id, isCertain]));
  expect(certain(put(APP))).toEqual({ [OTHER]: true });
  expect(certain(put(OTHER))).toEqual({ [OTHER]: false });
  expect(certain(retrust(APP))).toEqual({ [OTHER]: false });
});
