import { Access, APP, app, BUCKET, bucketPolicy, byPolicy, GET, group, INLINE, LAMBDA, OBJECT, policy, read, READS, trustIn, user } from './only-questions';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, association, clusterTemplate, job, objects, podIdentityTrust, role, trustOf } from '../templates';

const OTHER_ISSUER = 'oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
const WRITES = { ...INLINE, PolicyDocument: { Statement: [allow('s3:PutObject', `${BUCKET}/*`)] } };
const ALICE = 'ALLOWED with user Alice, by the policies of the user: user Alice';
const ADMINS = 'ALLOWED with group Admins, by the policies of the group: whoever is in group Admins';
const OAI = { Type: 'AWS::CloudFront::CloudFrontOriginAccessIdentity', Properties: { CloudFrontOriginAccessIdentityConfig: { Comment: 'site' } } };
const PEOPLE = 'UNKNOWN: sessions of role of permission set Set';
const permissionSet = (properties: object) => ({ Type: 'AWS::SSO::PermissionSet', Properties: { InstanceArn: 'arn:aws:sso:::instance/ssoins-1', Name: 'readers', ...properties } });
const USERS = 'arn:aws:iam::111122223333:user/';
const mayRequest = (action: string, resource: unknown) => ({ ...INLINE, PolicyDocument: { Statement: [allow(action, resource)] } });
const only = (access: Access, ...exceptions: verification.PrincipalAccess[]) =>
  access.assertOnly(GET, { ...OBJECT, principals: [app(access)], exceptions });

/** Everyone but the pods of default/app, whom the message names. */
function othersIn(resources: object, sections?: object): string[] {
  try {
    only(read(resources, sections));
    return [];
  } catch (error) {
    const { message } = error as Error;
    expect(message).toMatch(/^only pods of service account default\/app must be allowed s3:GetObject on arn:aws:s3:::bucket\/key, but /);
    return message.split('\n').flatMap((line) => /^ {2}((?:ALLOWED|UNKNOWN).*)$/.exec(line)?.[1] ?? []);
  }
}

describe('nobody else is allowed it:', () => {
  test.each<[string, object]>([
    ['the templates have no others', {}],
    ['a user may make keys of its own', { Alice: user({ Policies: [mayRequest('iam:CreateAccessKey', arnOf('Alice'))] }) }],
    ['the pods of a workload are those of its service account', { Jobs: objects(job('sync', 'app')) }],
    ['a function may do something else', { Other: role(LAMBDA, allow('s3:PutObject')) }],
    ['a function is denied it', { Other: role(LAMBDA, READS, { ...READS, Effect: 'Deny' }) }],
    ['another role that only the pods can assume', { Other: role(trustIn({ AWS: arnOf('Role') }), READS) }],
    ['the policy of the bucket names the role of the pods', byPolicy({ AWS: arnOf('Role') })],
    ['the policy of the bucket names the account of the bucket', byPolicy({ AWS: 'arn:aws:iam::111122223333:root' })],
    ['the policy of the bucket names a service', byPolicy({ Service: 'cloudfront.amazonaws.com' })],
    ['the policy of the bucket names Amazon CloudFront', { Oai: OAI, ...byPolicy({ CanonicalUser: { 'Fn::GetAtt': ['Oai', 'S3CanonicalUserId'] } }) }],
    ['the policy of the bucket names others for something else', bucketPolicy({ ...byPolicy('*').Policy.Properties.PolicyDocument.Statement[0], Action: 's3:PutObject' })],
    ['the policy of the bucket names others for other objects', bucketPolicy({ ...byPolicy('*').Policy.Properties.PolicyDocument.Statement[0], Resource: `${BUCKET}/public/*` })],
    ['people with a permission set may do something else', { Set: permissionSet({ InlinePolicy: JSON.stringify(WRITES.PolicyDocument) }) }],
    ['users may do something else', { Alice: user({ Groups: [{ Ref: 'Admins' }], Policies: [WRITES] }), Admins: group({ Policies: [WRITES] }) }],
    ['a user is denied it', { Alice: user({ Policies: [INLINE], Groups: [{ Ref: 'Admins' }] }), Admins: group({ Policies: [{ ...INLINE, PolicyDocument: { Statement: [{ ...READS, Effect: 'Deny' }] } }] }) }],
    ['the boundary of a user limits it', { Alice: user({ Policies: [INLINE], PermissionsBoundary: { Ref: 'Limit' } }), Limit: policy('AWS::IAM::ManagedPolicy', WRITES) }],
    ['a user may change others', { Alice: user({ Policies: [{ ...WRITES, PolicyDocument: { Statement: [allow('iam:AttachUserPolicy', 'arn:aws:iam::111122223333:user/app/bob')] } }] }) }],
    ['the policy of the bucket denies it to everyone else', bucketPolicy({ Effect: 'Deny', Action: 's3:*', Principal: '*', Resource: `${BUCKET}/*`, Condition: { ArnNotEquals: { 'aws:PrincipalArn': arnOf('Role') } } })],
    ['the policy of the bucket names everyone with the role of the pods', byPolicy({ AWS: '*' }, { ArnEquals: { 'aws:PrincipalArn': arnOf('Role') } })],
  ])('%s', (_, resources) => {
    expect(othersIn(resources)).toEqual([]);
  });
});

const NODE_ROLE = role(trustIn({ Service: 'ec2.amazonaws.com' }), READS);
const PATTERN = { Type: 'AWS::IAM::Role', Properties: { ...role([], READS).Properties, AssumeRolePolicyDocument: trustOf('*:reader', { operator: 'StringLike' }) } };
const NODES = 'ALLOWED with role NodeRole, by node role: nodes of nodegroup Nodes';
const OTHERS = 'UNKNOWN: others, whom the policy of the resource names';

describe('somebody else is allowed it, or might be:', () => {
  test.each<[string, object, string[]]>([
    ['pods', { Other: accountRole('default:other', READS), Objects: objects(account('app', 'Role'), account('other', 'Other')) },
      ['ALLOWED with role Other, by IRSA: pods of service account default/other']],
    ['pods of an association', { Other: role(podIdentityTrust(), READS), Association: association('other', 'Other') }, ['ALLOWED with role Other, by EKS Pod Identity: pods of service account default/other']],
    ['nodes', { NodeRole: NODE_ROLE }, [NODES]],
    ['a subject that a trust policy names', { Other: accountRole('charts:reader', READS) }, ['ALLOWED with role Other, by the trust of the role alone: pods of service account charts/reader']],
    ['whoever a role trusts', { Other: PATTERN }, ['ALLOWED with role Other, by its trust policy: whoever role Other trusts']],
    ['a function', { Other: role(LAMBDA, READS) }, ['ALLOWED with role Other, by its own session: sessions of role Other']],
    ['a function, by a role that it can assume', { Other: role(LAMBDA), Second: role(trustIn({ AWS: arnOf('Other') }), READS) },
      ['ALLOWED with role Second, by sts:AssumeRole from Other: sessions of role Other']],
    ['a function that trusts the service account, too', { Role: { ...APP.Role, Properties: { ...APP.Role.Properties, AssumeRolePolicyDocument: { Statement: [LAMBDA] } } }, Objects: objects(account('app', 'Own')), Own: accountRole('default:app', READS) },
      ['ALLOWED with role Role, by its own session: sessions of role Role']],
    ['an instance that is no node', { Other: NODE_ROLE }, ['ALLOWED with role Other, by its own session: sessions of role Other']],
    ['administrators of the account', { Other: role(trustIn({ AWS: 'arn:aws:iam::111122223333:root' }), allow('*')) }, ['ALLOWED with role Other, by its own session: sessions of role Other']],
    ['the same service account of another cluster', {
      Other: role({
        ...trustIn({ Federated: `arn:aws:iam::111122223333:oidc-provider/${OTHER_ISSUER}` }, 'sts:AssumeRoleWithWebIdentity'),
        Condition: { StringEquals: { [`${OTHER_ISSUER}:sub`]: 'system:serviceaccount:default:app', [`${OTHER_ISSUER}:aud`]: 'sts.amazonaws.com' } },
      }, READS),
    }, ['ALLOWED with role Other, by its own session: sessions of role Other']],
    ['another identity provider', { Other: role(trustIn({ Federated: 'arn:aws:iam::111122223333:oidc-provider/gitlab.example.com' }, 'sts:AssumeRoleWithWebIdentity'), READS) },
      ['ALLOWED with role Other, by its own session: sessions of role Other']],
    ['a role whose trust policy cannot be read', { Other: role('{', READS) }, ['ALLOWED with role Other, by its own session: sessions of role Other', 'UNKNOWN: nodes of nodegroup Nodes, whoever role Other trusts', 'UNKNOWN: whoever role Other trusts']],
    ['a function that can change the policy of the bucket', { Other: role(LAMBDA, allow('s3:PutBucketPolicy')) }, ['UNKNOWN: sessions of role Other']],
    ['another account', byPolicy({ AWS: 'arn:aws:iam::444455556666:root' }), [OTHERS]],
    ['a user', byPolicy({ AWS: 'arn:aws:iam::111122223333:user/alice' }), [OTHERS]],
    ['an account by a canonical ID that only the deployment knows', byPolicy({ CanonicalUser: { 'Fn::ImportValue': 'Owner' } }), [OTHERS]],
    ['everyone', byPolicy('*'), [NODES, OTHERS]],
    ['everyone in an organization', byPolicy('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }), ['UNKNOWN: nodes of nodegroup Nodes', OTHERS]],
    ['everyone of the account', byPolicy('*', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }), [NODES]],
    ['everyone but some', bucketPolicy({ Effect: 'Allow', Action: GET, NotPrincipal: { AWS: arnOf('Role') }, Resource: `${BUCKET}/*` }),
      [NODES, OTHERS]],
  ])('%s', (_, resources, expected) => {
    expect(othersIn(resources)).toEqual(expected);
  });

  test.each<[string, object, string[]]>([
    ['by its inline policy', { Alice: user({ Policies: [INLINE] }) }, [ALICE]],
    ['by a policy', { Alice: user(), Reads: policy('AWS::IAM::Policy', { Users: [{ Ref: 'Alice' }] }) }, [ALICE]],
    ['by a policy that names one', { Alice: user(), Reads: policy('AWS::IAM::UserPolicy', { UserName: { Ref: 'Alice' } }) }, [ALICE]],
    ['by a managed policy', { Alice: user(), Reads: policy('AWS::IAM::ManagedPolicy', { Users: [{ Ref: 'Alice' }] }) }, [ALICE]],
    ['by the ARN of a managed policy', { Alice: user({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] }) }, [ALICE]],
    ['by a policy that is not in the templates', { Alice: user({ ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/own'] }) }, ['UNKNOWN: user Alice']],
    ['by a group', { Alice: user({ Groups: [{ Ref: 'Admins' }] }), Admins: group({ Policies: [INLINE] }) }, [ALICE, ADMINS]],
    ['by a group to which a resource adds it', {
      Alice: user(),
      Admins: group(),
      Reads: policy('AWS::IAM::GroupPolicy', { GroupName: { Ref: 'Admins' } }),
      Members: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: { Ref: 'Admins' }, Users: [{ Ref: 'Alice' }] } },
    }, [ALICE, ADMINS]],
    ['by a group that is not in the templates', { Alice: user({ Groups: ['admins'] }) }, ['UNKNOWN: user Alice']],
    ['as people with a permission set', { Set: permissionSet({ InlinePolicy: { Version: '2012-10-17', Statement: [READS] } }) }, [PEOPLE]],
    ['as people with a permission set, by a managed policy', { Set: permissionSet({ ManagedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) }, [PEOPLE]],
    ['as people with a permission set, by a policy of each account', { Set: permissionSet({ CustomerManagedPolicyReferences: [{ Name: 'readers' }] }) }, [PEOPLE]],
    ['in a group without users', { Admins: group({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) }, [ADMINS]],
    ['outside the templates', { Reads: policy('AWS::IAM::Policy', { Users: ['bob'], Groups: ['staff'], Roles: ['batch'] }) }, [
      'ALLOWED with role batch, by its own session: sessions of role batch',
      'ALLOWED with user bob, by the policies of the user: user bob',
      'ALLOWED with group staff, by the policies of the group: whoever is in group staff',
    ]],
    ['within its boundary', { Alice: user({ Policies: [INLINE], PermissionsBoundary: { Ref: 'Limit' } }), Limit: policy('AWS::IAM::ManagedPolicy', {}) }, [ALICE]],
    ['by the policy of the bucket', { Alice: user(), ...byPolicy({ AWS: arnOf('Alice') }) }, [ALICE]],
    ['by a role that it can assume', { Alice: user(), Other: role(trustIn({ AWS: arnOf('Alice') }), READS) },
      ['ALLOWED with role Other, by sts:AssumeRole from Alice: user Alice']],
    ['in a folder of its own', { Alice: user({ UserName: 'key', Policies: [{ ...INLINE, PolicyDocument: { Version: '2012-10-17', Statement: [allow(GET, `${BUCKET}/\${aws:username}`)] } }] }) }, [ALICE]],
    ['with MFA', { Alice: user({ Policies: [{ ...INLINE, PolicyDocument: { Statement: [{ ...READS, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }] } }] }) }, ['UNKNOWN: user Alice']],
    ['after it changed its own policies', { Alice: user({ Policies: [{ ...INLINE, PolicyDocument: { Statement: [allow('iam:AttachUserPolicy', arnOf('Alice'))] } }] }) }, ['UNKNOWN: user Alice']],
    ['after it changed its group, which has no policies', { Alice: user({ Groups: [{ Ref: 'Admins' }], Policies: [mayRequest('iam:PutGroupPolicy', arnOf('Admins'))] }), Admins: group() },
      ['UNKNOWN: user Alice']],
    ['after it made a key of another user with its name', { Alice: user({ Policies: [mayRequest('iam:CreateAccessKey', `${USERS}admin-\${aws:username}`)] }) }, ['UNKNOWN: user Alice']],
    ['after it joined a group', { Alice: user({ Policies: [{ ...INLINE, PolicyDocument: { Statement: [allow('iam:AddUserToGroup')] } }] }) }, ['UNKNOWN: user Alice']],
    ['after it changed its group', { Alice: user({ Groups: [{ Ref: 'Admins' }] }), Admins: group({ Policies: [{ ...INLINE, PolicyDocument: { Statement: [allow('iam:PutGroupPolicy', arnOf('Admins'))] } }] }) },
      ['UNKNOWN: user Alice', 'UNKNOWN: whoever is in group Admins']],
  ])('a user %s', (_, resources, expected) => {
    expect(othersIn(resources)).toEqual(expected);
  });

  test('by the policy of the bucket, although the templates attach other policies to it', () => {
    const named = byPolicy({ AWS: `${USERS}bob` });
    expect(othersIn(named)).toHaveLength(1);
    expect(othersIn({ ...named, Writes: policy('AWS::IAM::Policy', { ...WRITES, Users: ['bob'] }) })).toEqual(expect.arrayContaining(othersIn(named)));
  });

  test('under one condition only', () => {
    const sections = { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } };
    expect(othersIn({ Other: { ...role(LAMBDA, READS), Condition: 'IsProd' } }, sections)).toEqual(['UNKNOWN: sessions of role Other']);
  });
});

test('those who are listed must themselves be allowed it, with any of their credentials', () => {
  const access = read({ Other: role(LAMBDA) });
  const all = (...principals: verification.PrincipalAccess[]) => access.assertOnly(GET, { ...OBJECT, principals });
  expect(() => all(app(access), access.roleNamed('Other'))).toThrow('sessions of role Other must be allowed s3:GetObject on arn:aws:s3:::bucket/key, but are denied');
  const chained = read({ Role: accountRole('default:app'), Second: role(trustIn({ AWS: arnOf('Role') }), READS) });
  only(chained);
  expect(() => app(chained).assertAllowed(GET, OBJECT)).toThrow('but are denied with the credentials that SDKs use by default');
});

test('a role that is listed, or an exception, is nobody else, and neither is whoever it trusts', () => {
  const access = read({ Other: role(LAMBDA, READS), Admin: PATTERN });
  const [fn, admin] = ['Other', 'Admin'].map((name) => access.roleNamed(name));
  access.assertOnly(GET, { ...OBJECT, principals: [app(access), fn, admin] });
  only(access, fn, admin);
  expect(() => only(access, fn)).toThrow('whoever role Admin trusts');
});

test('a workload that is listed does not stand for its service account', () => {
  const access = read({ Jobs: objects(job('sync', 'app')) });
  expect(() => access.assertOnly(GET, { ...OBJECT, principals: [access.workload({ kind: 'Job', name: 'sync' })] }))
    .toThrow('ALLOWED with role Role, by IRSA: pods of service account default/app');
});

test('nobody at all', () => {
  const access = read({});
  access.assertOnly('s3:DeleteObject', { ...OBJECT, principals: [] });
  expect(() => access.assertOnly(GET, { ...OBJECT, principals: [] })).toThrow('nobody must be allowed s3:GetObject on arn:aws:s3:::bucket/key, but somebody is');
});

test('what others can do in a cluster, as those who create pods can, does not count', () => {
  const entry = { Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Other') } } };
  expect(othersIn({ Other: role(LAMBDA), ...entry })).toEqual([]);
});

test('the message has each cause once, with those whom it concerns, and what settles it', () => {
  const nodes = { Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ...clusterTemplate().stack.Resources.Nodes.Properties, LaunchTemplate: { Id: 'lt-0', Version: '1' } } } };
  const access = read({ NodeRole: NODE_ROLE, Objects: objects(account('app', 'Role'), account('one'), account('two')), ...nodes });
  expect(() => only(access, access.nodegroup({ nodegroupName: 'nodes' }))).toThrow(`\
only pods of service account default/app must be allowed s3:GetObject on arn:aws:s3:::bucket/key, but that is UNKNOWN: others might be
  UNKNOWN: pods of service account default/one, pods of service account default/two, pods of service account default/default
    - whether pods reach the instance metadata of nodegroup Nodes
For what settles an UNKNOWN, see PodAccess.assume.
If some of these may be allowed it, list them as principals, as exceptions, or by their names as namedExceptions.
Assumed: the value of parameter AWS::Region; the value of parameter AWS::AccountId
Not considered: `);
});

test('the message has the exceptions for users and groups, which no method returns', () => {
  const access = read({ Alice: user({ Policies: [INLINE] }), Bob: user({ UserName: 'bob', Path: '/', Policies: [INLINE] }), Admins: group({ Policies: [INLINE] }) });
  expect(() => only(access)).toThrow(`
If some of these may be allowed it, list them as principals, as exceptions, or by their names as namedExceptions.
  user Alice: namedExceptions: [user.userArn]
  user Bob: namedExceptions: ['arn:aws:iam::111122223333:user/bob']
  whoever is in group Admins: namedExceptions: [group.groupArn]
`);
});

test('the message says on which assumptions about requests it rests', () => {
  const overTls = { ...READS, Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
  expect(() => only(read({ Other: role(LAMBDA, overTls) }))).toThrow(/\nAssumed: .*; requests use TLS 1\.3\n/);
});

test('the message shows once how several get access, and names their clusters', () => {
  const launch = {
    Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 2 } } } },
    Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ...clusterTemplate().stack.Resources.Nodes.Properties, LaunchTemplate: { Id: { Ref: 'Launch' }, Version: { 'Fn::GetAtt': ['Launch', 'LatestVersionNumber'] } } } },
    Dev: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'dev' } },
  };
  const access = read({ NodeRole: NODE_ROLE, ...launch, Objects: objects(account('app', 'Role'), account('one')) }).assume({ noOtherNodes: true });
  const refusal = () => access.assertOnly(GET, { ...OBJECT, principals: [access.pod({ cluster: 'prod', serviceAccountName: 'app' })] });
  expect(refusal).toThrow('but others are\n  ALLOWED with role NodeRole, by instance metadata: pods of service account default/one in cluster prod, '
    + 'pods of service account default/default in cluster prod\n    pods reach the instance metadata of nodegroup Nodes');
});

describe('it is an error', () => {
  const access = read({});
  const all: any = access;
  test.each<[string, () => void, string]>([
    ['to ask about no resource', () => access.assertOnly(GET, { principals: [app(access)] }), 'assertOnly needs a resource for s3:GetObject, such as '],
    ['to list nothing', () => all.assertOnly(GET, OBJECT), 'principals is undefined, but must be a list'],
    ['to list a name', () => all.assertOnly(GET, { ...OBJECT, principals: ['app'] }), 'principals[0] is a string, but must be an object, such as access.pod({ … })'],
    ['to list something else', () => all.assertOnly(GET, { ...OBJECT, principals: [{}] }), 'principals[0] must be what a method of PodAccess returns: pod, workload, nodegroup, role or roleNamed'],
    ['to list a principal of other assumptions', () => access.assume({ noOtherNodes: true }).assertOnly(GET, { ...OBJECT, principals: [app(access)] }),
      'principals[0], pods of service account default/app, comes from another PodAccess, such as the one before assume: get it from this PodAccess'],
    ['to misspell an option', () => all.assertOnly(GET, { ...OBJECT, principals: [], exeptions: [] }), 'exeptions is not a property of AssertOnlyOptions: did you mean exceptions?'],
    ['to name an exception by something else', () => access.assertOnly(GET, { ...OBJECT, principals: [app(access)], namedExceptions: ['alice'] }),
      'namedExceptions[0] is alice, but must be the ID of an AWS account, an ARN, or * for everyone'],
    ['to misspell the action', () => access.assertOnly('s3:GetObjct', { ...OBJECT, principals: [] }), 'did you mean s3:GetObject?'],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(message);
  });
});
