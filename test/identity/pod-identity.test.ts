import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { associationsIn, existing, inEnv, ISSUER, roleIn, statementsIn, trustIn } from './pod-identity-stacks';
import { PodCredentials, ServiceAccountRole, ServiceAccountSet, ServiceAccountSubject, ServiceAccountWithRole, verification } from '../../lib';
import { newCluster, newStack } from '../stacks';

const { exact, pattern } = ServiceAccountSubject;

const IRSA = {
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
  Condition: { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: 'system:serviceaccount:reports:reader' } },
};

describe('a role by EKS Pod Identity on an existing cluster', () => {
  test('is one role and one association, and nothing else', () => {
    const stack = inEnv();
    roleIn(stack);
    expect(Object.values<any>(Template.fromStack(stack).toJSON().Resources).map(({ Type }) => Type).sort()).toEqual(['AWS::EKS::PodIdentityAssociation', 'AWS::IAM::Role']);
    expect(Object.values(associationsIn(stack))).toEqual([{
      Type: 'AWS::EKS::PodIdentityAssociation',
      Properties: { ClusterName: 'prod', Namespace: 'reports', ServiceAccount: 'reader', RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^Reader/), 'Arn'] } },
    }]);
  });

  test('trusts only sessions for its service account in its cluster', () => {
    const stack = inEnv();
    roleIn(stack);
    expect(statementsIn(stack)).toEqual([trustIn()]);
  });

  test('requires no issuer', () => {
    const stack = inEnv();
    const role = roleIn(stack, {}, existing(stack, { issuerUrl: undefined }));
    verification.PodAccess.fromStack(stack).trustPolicyOf(role).assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'reader' });
  });

  test('has no annotations', () => {
    const role = roleIn(inEnv());
    expect([role.annotations, role.literalAnnotations]).toEqual([{}, {}]);
  });

  test('has one statement for each namespace, and one association for each service account', () => {
    const stack = inEnv();
    const cluster = existing(stack);
    const role = roleIn(stack, {}, cluster);
    role.addTrust(cluster, exact('reports', 'writer'), exact('reports', 'reader'), exact('audit', 'reader'));
    expect(statementsIn(stack)).toEqual([trustIn(['reader', 'writer']), trustIn('reader', 'audit')]);
    expect(Object.values(associationsIn(stack)).map(({ Properties: { Namespace, ServiceAccount } }) => `${Namespace}/${ServiceAccount}`))
      .toEqual(['reports/reader', 'reports/writer', 'audit/reader']);
  });

  test('keeps its association if its construct is renamed', () => {
    const ids = ['Reader', 'Renamed'].map((id) => {
      const stack = inEnv();
      new ServiceAccountRole(stack, id, { cluster: existing(stack), subjects: [exact('reports', 'reader')], podCredentials: PodCredentials.podIdentity() });
      return Object.keys(associationsIn(stack));
    });
    expect(ids[0]).toEqual([expect.stringMatching(/^ServiceAccountReportsReader[0-9A-F]{8}Association$/)]);
    expect(ids[1]).toEqual(ids[0]);
  });
});

test('with both, the role trusts IRSA and EKS Pod Identity, and has annotations', () => {
  const stack = inEnv();
  const role = roleIn(stack, { podCredentials: PodCredentials.both() });
  expect(statementsIn(stack)).toEqual([IRSA, trustIn()]);
  expect(Object.keys(role.annotations)).toEqual(['eks.amazonaws.com/role-arn']);
  expect(Object.keys(associationsIn(stack))).toHaveLength(1);
});

test('the trust policy on a new cluster is an object, because only AWS determines the ARN of the cluster', () => {
  const stack = newStack();
  const cluster = newCluster(stack, { podCredentials: PodCredentials.podIdentity() });
  new ServiceAccountRole(stack, 'Reader', { cluster, subjects: [exact('reports', 'reader')] });
  const [{ Properties: { AssumeRolePolicyDocument } }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role', {
    Properties: { Description: Match.stringLikeRegexp('reports/reader') },
  }));
  expect(AssumeRolePolicyDocument.Statement[0].Condition.StringEquals['aws:RequestTag/eks-cluster-arn']).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Cluster/), 'Arn'] });
});

describe('a service account with its role', () => {
  const define = (credentials: PodCredentials) => {
    const stack = newStack();
    const cluster = newCluster(stack, { podCredentials: PodCredentials.both() });
    new ServiceAccountWithRole(stack, 'Reader', { cluster, namespace: 'reports', serviceAccountName: 'reader', podCredentials: credentials });
    const [object] = Object.values(Template.fromStack(stack).findResources('Custom::KubernetesObjects', { Properties: { Objects: Match.anyValue() } }))
      .filter(({ Properties }) => JSON.stringify(Properties).includes('"ServiceAccount'));
    return { stack, object };
  };

  test('has no annotation with EKS Pod Identity, and is applied after its association', () => {
    const { stack, object } = define(PodCredentials.podIdentity());
    expect(JSON.stringify(object)).not.toContain('role-arn');
    expect(object.DependsOn).toEqual(expect.arrayContaining(Object.keys(associationsIn(stack))));
  });

  test('has an annotation and an association with both', () => {
    const { stack, object } = define(PodCredentials.both());
    expect(JSON.stringify(object)).toContain('role-arn');
    expect(object.DependsOn).toEqual(expect.arrayContaining(Object.keys(associationsIn(stack))));
  });

  test('has no association with IRSA', () => {
    const { stack } = define(PodCredentials.irsa());
    expect(associationsIn(stack)).toEqual({});
  });

  test('can share a role by EKS Pod Identity', () => {
    const stack = newStack();
    const cluster = newCluster(stack, { podCredentials: PodCredentials.podIdentity() });
    const first = new ServiceAccountWithRole(stack, 'First', { cluster, serviceAccountName: 'first' });
    new ServiceAccountWithRole(stack, 'Second', { cluster, serviceAccountName: 'second', serviceAccountRole: first.serviceAccountRole });
    expect(Object.values(associationsIn(stack)).map(({ Properties }) => Properties.ServiceAccount)).toEqual(['first', 'second']);
  });
});

test('an account in the stack of a new cluster cannot share a role of another stack, because the stacks would depend on each other', () => {
  const app = new App();
  const cluster = newCluster(inEnv('ClusterStack', app), { podCredentials: PodCredentials.podIdentity() });
  const serviceAccountRole = new ServiceAccountRole(inEnv('RoleStack', app), 'Role', { cluster, subjects: [exact('reports', 'reader')] });
  expect(() => new ServiceAccountWithRole(cluster, 'Writer', { cluster, serviceAccountName: 'writer', serviceAccountRole })).toThrow(new Error(
    'ClusterStack/Cluster/Writer: serviceAccountRole must be in ClusterStack, the stack of this service account and its cluster: otherwise, the stacks depend on each other, '
    + 'because RoleStack/Role refers to the cluster and this service account refers to the role; define this service account in the stack of the role'));
});

test('an account in a third stack shares a role by EKS Pod Identity, and waits for its association', () => {
  const app = new App();
  const cluster = newCluster(inEnv('ClusterStack', app), { podCredentials: PodCredentials.podIdentity() });
  const roleStack = inEnv('RoleStack', app);
  const serviceAccountRole = new ServiceAccountRole(roleStack, 'Role', { cluster, subjects: [exact('reports', 'reader')] });
  const accounts = inEnv('Accounts', app);
  new ServiceAccountWithRole(accounts, 'Writer', { cluster, serviceAccountName: 'writer', serviceAccountRole });
  app.synth();
  expect(Object.keys(associationsIn(roleStack))).toHaveLength(2);
  expect(accounts.dependencies).toContain(roleStack);
});

test('the accounts of a set wait for their associations', () => {
  const stack = inEnv();
  const cluster = newCluster(stack, { podCredentials: PodCredentials.podIdentity() });
  const set = new ServiceAccountSet(stack, 'Set', { cluster });
  ['a', 'b'].forEach((serviceAccountName) => set.addServiceAccountWithRole(serviceAccountName, { serviceAccountName }));
  const associations = Object.keys(associationsIn(stack));
  const objects = Object.values(Template.fromStack(stack).findResources('Custom::KubernetesObjects')).find((each) => JSON.stringify(each).includes('"ServiceAccount'))!;
  expect(associations).toHaveLength(2);
  expect(objects.DependsOn).toEqual(expect.arrayContaining(associations));
});

describe('an existing role', () => {
  test('of this app trusts EKS Pod Identity in addition', () => {
    const stack = inEnv();
    const role = new iam.Role(stack, 'Theirs', { assumedBy: new iam.AccountPrincipal('123456789012') });
    ServiceAccountRole.fromRole(stack, 'Role', role, { podCredentials: PodCredentials.podIdentity() }).addTrust(existing(stack), exact('reports', 'reader'));
    expect(statementsIn(stack)).toEqual([expect.objectContaining({ Action: 'sts:AssumeRole' }), trustIn()]);
    expect(Object.keys(associationsIn(stack))).toHaveLength(1);
  });

  test('that is imported gets an output with what its owner must add, and an association', () => {
    const stack = inEnv();
    const role = iam.Role.fromRoleName(stack, 'Theirs', 'theirs');
    const existingRole = ServiceAccountRole.fromRole(stack, 'Role', role, { podCredentials: PodCredentials.podIdentity() });
    existingRole.addTrust(existing(stack), exact('reports', 'reader'));
    expect(Object.keys(Template.fromStack(stack).findOutputs('*'))).toHaveLength(1);
    expect(Object.keys(associationsIn(stack))).toHaveLength(1);
    expect(existingRole.annotations).toEqual({});
  });
});

describe('is an error for', () => {
  test.each<[string, (stack: Stack) => unknown, string]>([
    ['a pattern', (stack) => new ServiceAccountRole(stack, 'Reader', { cluster: existing(stack), subjects: [pattern('team-*', 'reader')], podCredentials: PodCredentials.podIdentity() }),
      'Stack/Reader: subjects[0] is "system:serviceaccount:team-*:reader", but must be an exact subject with EKS Pod Identity: an association is for one service account; '
      + 'for a pattern, set podCredentials to PodCredentials.irsa()'],
    ['a pattern with both', (stack) => new ServiceAccountRole(stack, 'Reader', { cluster: existing(stack), subjects: [pattern('team-*', 'reader')], podCredentials: PodCredentials.both() }),
      'Stack/Reader: subjects[0] is "system:serviceaccount:team-*:reader", but must be an exact subject with EKS Pod Identity: an association is for one service account; '
      + 'for a pattern, set podCredentials to PodCredentials.irsa()'],
    ['a cluster with its own audience', (stack) => roleIn(stack, {}, existing(stack, { audience: 'pods.example.com' })),
      'Stack/Reader: podCredentials must be PodCredentials.irsa() or PodCredentials.both() for a cluster with the audience pods.example.com: '
      + 'the tokens for EKS Pod Identity have an audience of their own, so that of the cluster would have no effect'],
    ['a cluster without the agent', (stack) => roleIn(stack, {}, newCluster(stack)),
      'Stack/Reader: the nodes of Stack/Cluster do not run the EKS Pod Identity agent, so pods would get no credentials: set podCredentials of the cluster to '
      + 'PodCredentials.podIdentity() or PodCredentials.both(), or install the add-on eks-pod-identity-agent with its addons or, before this role, with addAddon'],
    ['a role in another AWS account', (stack) => roleIn(stack, {}, existing(stack, { clusterArn: 'arn:aws:eks:eu-central-1:210987654321:cluster/prod' })),
      'Stack/Reader: the stack\'s account is "123456789012", but must be 210987654321, the account of the cluster, with EKS Pod Identity: define the role there; '
      + 'for permissions in another AWS account, set targetRole of PodCredentials.podIdentity'],
    ['a second role for a service account', (stack) => {
      const cluster = existing(stack);
      roleIn(stack, {}, cluster);
      return new ServiceAccountRole(stack, 'Other', { cluster, subjects: [exact('reports', 'reader')], podCredentials: PodCredentials.podIdentity() });
    }, 'Stack/Other: service account reports/reader of Stack/Prod already gets a role by EKS Pod Identity from Stack/Reader, and it can have only one: '
      + 'use that role, or give this role another service account'],
    ['a session policy with session tags', () => PodCredentials.podIdentity({ sessionPolicy: new iam.PolicyDocument() }),
      'PodCredentials.podIdentity: sessionPolicy must be omitted, or set together with unsafeWithoutSessionTags: true: Amazon EKS accepts a session policy only without session tags, '
      + 'which bind the role to its service account'],
  ])('%s', (_, define, message) => {
    expect(() => define(inEnv())).toThrow(new Error(message));
  });

  test.each([['tokenExpiration', { tokenExpiration: Duration.hours(1) }], ['stsRegionalEndpoints', { stsRegionalEndpoints: true }]])('the option %s', (property, options) => {
    const stack = newStack();
    const cluster = newCluster(stack, { podCredentials: PodCredentials.podIdentity() });
    expect(() => new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', ...options })).toThrow(new Error(
      `Stack/Reader: ${property} must be omitted with PodCredentials.podIdentity(): it is for the token of IAM roles for service accounts, which these pods do not use`));
  });
});
