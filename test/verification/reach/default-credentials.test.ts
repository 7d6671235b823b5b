import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, association, clusterTemplate, job, objects, podIdentityTrust, role, trustOf } from '../templates';

const { PodAccess } = verification;
const LIST = 'sqs:ListQueues';
const BUCKETS = 's3:ListAllMyBuckets';
const read = (resources: object, sections?: object) => PodAccess.fromTemplates(clusterTemplate(resources, sections));
const outcomes = (principal: verification.PrincipalAccess, action: string) => {
  const { outcome, outcomeByDefault } = principal.decide(action);
  return [outcome, outcomeByDefault];
};

describe('pods of an account with an association and an annotation', () => {
  const access = read({
    Associated: role(podIdentityTrust(), allow(LIST)),
    Association: association('app', 'Associated'),
    Annotated: accountRole('default:app', allow(BUCKETS)),
    Objects: objects(account('app', 'Annotated'), job('sync', 'app')),
  });
  const principals = [access.pod({ serviceAccountName: 'app' }), access.workload({ kind: 'Job', name: 'sync' })];

  test.each(principals.map((principal) => [principal.name, principal] as const))('use the role of the association, and reach that of the annotation: %s', (_, principal) => {
    principal.assertAllowed(LIST);
    expect(outcomes(principal, LIST)).toEqual(['ALLOWED', 'ALLOWED']);
    expect(outcomes(principal, BUCKETS)).toEqual(['ALLOWED', 'DENIED']);
    expect(() => principal.assertDenied(BUCKETS)).toThrow('must be denied s3:ListAllMyBuckets, but are allowed');
    expect(() => principal.assertAllowed(BUCKETS)).toThrow('must be allowed s3:ListAllMyBuckets, but are denied with the credentials that SDKs use by default');
    expect(principal.row.roles.map((one) => [one.role, one.isDefault])).toEqual([['Associated', true], ['Annotated', false]]);
  });
});

describe('an association does not take away a role that no template shows', () => {
  const LEGACY = 'arn:aws:iam::111122223333:role/legacy';
  const annotated = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'app', namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': LEGACY } } };
  const addon = (ServiceAccountRoleArn?: string) => ({
    Type: 'AWS::EKS::Addon',
    Properties: {
      ClusterName: { Ref: 'Cluster' }, AddonName: 'aws-ebs-csi-driver', ServiceAccountRoleArn, PodIdentityAssociations: [{ ServiceAccount: 'ebs-csi-controller-sa', RoleArn: arnOf('Own') }],
    },
  });
  const Own = role(podIdentityTrust(), allow(LIST));
  const driver = { namespace: 'kube-system', serviceAccountName: 'ebs-csi-controller-sa' };

  test.each<[string, object, { namespace?: string; serviceAccountName: string }, string[]]>([
    ['of the annotation', { Own, Association: association('app', 'Own'), Objects: objects(annotated) }, { serviceAccountName: 'app' }, ['UNKNOWN', 'DENIED']],
    ['of an add-on', { Own, Addon: addon(LEGACY) }, driver, ['UNKNOWN', 'DENIED']],
    ['unless there is none', { Own, Addon: addon() }, driver, ['DENIED', 'DENIED']],
  ])('%s', (_, resources, pod, expected) => {
    expect(outcomes(read(resources).pod(pod), BUCKETS)).toEqual(expected);
    expect(outcomes(read(resources).pod(pod), LIST)).toEqual(['ALLOWED', 'ALLOWED']);
  });
});

describe('several objects with one kind and name', () => {
  const open = { Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: arnOf('NodeRole'), AmiType: 'AL2023_x86_64_STANDARD' } } };
  const [onNetwork, without] = [objects(job('sync', 'app', { hostNetwork: true })), objects(account('app'), job('sync', 'app'))];

  test.each<[string, object]>([
    ['first', { First: onNetwork, Second: without }],
    ['last', { First: without, Second: onNetwork }],
  ])('each count, if the one on the network of its node is the %s', (_, applied) => {
    const access = read({ ...open, ...applied });
    const rows = access.principals.map(({ row }) => row).filter(({ kind }) => kind === 'Job');
    expect(rows.map(({ name, roles }) => [name, roles.map(({ role: of }) => of)]).sort((one, other) => other[1].length - one[1].length))
      .toEqual([[expect.stringMatching(/^sync \([12]\)$/), ['NodeRole']], [expect.stringMatching(/^sync \([12]\)$/), []]]);
    expect(() => access.workload({ kind: 'Job', name: 'sync' })).toThrow("ask about each of them, by the name 'sync (1)', 'sync (2)'");
    expect(access.workload({ kind: 'Job', name: rows[0].name }).name).toBe(`pods of Job default/${rows[0].name}`);
  });
});

describe('pods on Fargate', () => {
  const profile = {
    Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: arnOf('NodeRole'), Selectors: [{ Namespace: 'default', Labels: [{ Key: 'on', Value: 'fargate' }] }] } },
  };
  const serverless = (name: string, serviceAccountName: string) => ({
    ...job(name, serviceAccountName), spec: { template: { metadata: { labels: { on: 'fargate' } }, spec: { serviceAccountName } } },
  });
  const reachable = { Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: arnOf('NodeRole'), AmiType: 'AL2_x86_64' } } };
  const resources = {
    ...profile,
    ...reachable,
    Associated: role(podIdentityTrust(), allow(BUCKETS)),
    Association: association('associated', 'Associated'),
    Annotated: accountRole('default:annotated', allow(BUCKETS)),
    Objects: {
      ...objects(account('annotated', 'Annotated'), serverless('annotated', 'annotated'), serverless('associated', 'associated'), job('on-nodes', 'associated')),
      DependsOn: 'Profile',
    },
  };
  const access = read(resources);
  const jobOf = (name: string) => access.workload({ kind: 'Job', name });

  test('use the role of the annotation', () => {
    jobOf('annotated').assertAllowed(BUCKETS);
  });

  test('cannot use EKS Pod Identity, unlike those on nodes', () => {
    jobOf('associated').assertDenied(BUCKETS);
    expect(`${jobOf('associated').decide(BUCKETS)}`).toContain('pods on Fargate cannot use EKS Pod Identity');
    jobOf('on-nodes').assertAllowed(BUCKETS);
  });

  test('might get the role of nodes, if they may delete the profile', () => {
    const deciding = (statement: object) => read({ ...resources, Annotated: accountRole('default:annotated', statement) }).workload({ kind: 'Job', name: 'annotated' }).decide(LIST);
    expect(deciding(allow('eks:ListNodegroups')).outcome).toBe('DENIED');
    expect(deciding(allow('eks:DeleteFargateProfile')).missing).toEqual(['whether the pods run on Fargate: role Annotated may request eks:DeleteFargateProfile']);
    expect(deciding(allow('cloudformation:DeleteStack')).missing).toEqual(['whether the pods run on Fargate: role Annotated may request cloudformation:DeleteStack']);
  });

  test('might get the role of their association, if they may delete the profile', () => {
    const deciding = (statement: object) => read({
      ...resources,
      Own: accountRole('default:associated', statement),
      Objects: { ...objects(account('associated', 'Own'), serverless('associated', 'associated')), DependsOn: 'Profile' },
    }).workload({ kind: 'Job', name: 'associated' }).decide(BUCKETS);
    expect(deciding(allow('eks:ListNodegroups')).outcome).toBe('DENIED');
    expect(deciding(allow('eks:DeleteFargateProfile'))).toMatchObject({ outcome: 'UNKNOWN', missing: [expect.stringContaining('role Own may request eks:DeleteFargateProfile')] });
  });

  test('may be all pods of an account, which then might not reach it', () => {
    const all = { Profile: { ...profile.Profile, Properties: { ...profile.Profile.Properties, Selectors: [{ Namespace: 'default' }] } } };
    const { outcome, missing } = read({ ...resources, ...all }).pod({ serviceAccountName: 'default' }).decide(LIST);
    expect([outcome, missing]).toEqual(['UNKNOWN', ['whether the pods run on Fargate: a Fargate profile selects all pods of namespace default']]);
  });

  test('do not reach the instance metadata, unlike those on nodes', () => {
    jobOf('annotated').assertDenied(LIST);
    expect(jobOf('on-nodes').decide(LIST).outcome).toBe('ALLOWED');
  });
});

describe('an account whose tokens have an audience of its own', () => {
  const withAudience = (audience: string) => {
    const { metadata, ...rest } = account('app', 'Role');
    return objects({ ...rest, metadata: { ...metadata, annotations: { ...metadata.annotations, 'eks.amazonaws.com/audience': audience } } });
  };
  const provider = (...audiences: string[]) => ({ Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }, ClientIdList: audiences } } });
  const trusting = (audience: string) => {
    const { Type, Properties } = role({}, allow(LIST));
    return { Type, Properties: { ...Properties, AssumeRolePolicyDocument: trustOf('default:app', { audience }) } };
  };

  test.each<[string, object, string[]]>([
    ['uses its role if the provider and the role expect that audience', { ...provider('own'), Role: trusting('own'), Objects: withAudience('own') }, ['ALLOWED', 'ALLOWED']],
    ['does not use its role if the provider does not accept the audience', { ...provider('sts.amazonaws.com'), Role: trusting('own'), Objects: withAudience('own') }, ['DENIED', 'DENIED']],
    ['reaches its role with other tokens if the role expects another audience', { ...provider('sts.amazonaws.com', 'own'), Role: trusting('sts.amazonaws.com'), Objects: withAudience('own') }, ['ALLOWED', 'DENIED']],
  ])('%s', (_, resources, expected) => {
    expect(outcomes(read(resources).pod({ serviceAccountName: 'app' }), LIST)).toEqual(expected);
  });
});

describe('a role that may assume any role', () => {
  const { Type, Properties } = accountRole('default:app');
  const administrator = { Type, Properties: { ...Properties, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } };
  const pod = (resource: object) => read({ Role: resource, Objects: objects(account('app', 'Role')) }).pod({ serviceAccountName: 'app' });

  test.each<[string, object, string]>([
    ['by a wildcard', accountRole('default:app', allow('sts:AssumeRole')), 'Allow sts:AssumeRole on * in inline policy "own"'],
    ['by a pattern of an account', accountRole('default:app', allow('sts:*', 'arn:aws:iam::111122223333:role/*')), 'Allow sts:* on arn:aws:iam::111122223333:role/* in inline policy "own"'],
  ])('could do what only roles outside the templates tell, and the answer names the statement: %s', (_, resource, statement) => {
    expect(outcomes(pod(resource), BUCKETS)).toEqual(['UNKNOWN', 'DENIED']);
    expect(() => pod(resource).assertDenied(BUCKETS)).toThrow(statement);
  });

  test('could do more than an administrator of its own account, where a statement denies it that it can delete', () => {
    const denied = { ...administrator, Properties: { ...administrator.Properties, Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] } }] } };
    expect(outcomes(pod(denied), BUCKETS)).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(() => pod(denied).assertDenied(BUCKETS)).toThrow('in AdministratorAccess');
  });

  test('is settled by the statement that pods have no other credentials', () => {
    const access = read({ Role: accountRole('default:app', allow('sts:*'), { Effect: 'Deny', Action: 's3:*', Resource: '*' }), Objects: objects(account('app', 'Role')) });
    access.assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'app' }).assertDenied(BUCKETS);
    expect(access.pod({ serviceAccountName: 'app' }).row.roles.map(({ role: name }) => name)).toEqual(['Role']);
  });

  test('is another thing than one that may only use Amazon S3', () => {
    pod(accountRole('default:app', allow('s3:*'))).assertDenied(LIST);
  });
});

test('conditions with more combinations than can be looked at make an answer unknown', () => {
  const names = Array.from({ length: 7 }, (_, i) => `P${i}`);
  const sections = {
    Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String' }])),
    Conditions: Object.fromEntries(names.map((name) => [`Is${name}`, { 'Fn::Equals': [{ Ref: name }, 'yes'] }])),
  };
  const { Type, Properties } = accountRole('default:app', allow(LIST));
  const policy = (name: string) => ({ 'Fn::If': [`Is${name}`, { PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement: [allow(BUCKETS)] } }, { Ref: 'AWS::NoValue' }] });
  const access = read({ Role: { Type, Properties: { ...Properties, Policies: [...Properties.Policies, ...names.map(policy)] } }, Objects: objects(account('app', 'Role')) }, sections);
  const decision = access.pod({ serviceAccountName: 'app' }).decide(BUCKETS);
  expect([decision.outcome, decision.outcomeByDefault]).toEqual(['UNKNOWN', 'UNKNOWN']);
  expect(decision.missing[0]).toBe('the conditions of the templates, which have too many combinations: assume values of parameters to reduce them');
  access.assume({ parameters: Object.fromEntries(names.map((name) => [name, 'yes'])) }).pod({ serviceAccountName: 'app' }).assertAllowed(BUCKETS);
});
