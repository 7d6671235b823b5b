import { App } from 'aws-cdk-lib';
import { IrsaTestStack, IrsaTestStackProps } from '../../../bin/irsa-test-stack';
import { PodIdentityTestStack } from '../../../bin/pod-identity-test-stack';
import { context } from '../../../cdk.json';
import { verification } from '../../../lib';
import { changed, replaced, Templates, templatesOf, without } from '../templates';

const { PodAccess } = verification;
const LIST = 's3:ListAllMyBuckets';
const SUBJECT = 'system:serviceaccount:default:s3-reader-sa';
const WITHOUT_POLICY = { resourcesWithoutPolicy: ['arn:aws:s3:::somebody'] };

function scenario(props?: IrsaTestStackProps) {
  const app = new App({ context });
  const stack = new IrsaTestStack(app, 'IrsaTestStack', props);
  return { app, stack, podIdentity: new PodIdentityTestStack(app, 'PodIdentityTestStack', { cluster: stack.cluster, env: props?.env }) };
}

const irsa = (access: verification.PodAccess) => access.workload({ kind: 'Job', namespace: 'default', name: 's3-listonly' });
const podIdentity = (access: verification.PodAccess) => access.workload({ kind: 'Job', namespace: 'default', name: 's3-listonly-pod-identity' });
const outcomes = (access: verification.PodAccess) => [irsa(access), podIdentity(access)].map((job) => job.decide(LIST).outcomeByDefault);

describe.each<[string, IrsaTestStackProps]>([
  ['without an environment', {}],
  ['with an environment', { env: { account: '123456789012', region: 'us-west-2' } }],
])('the outcomes of the scenario are proved from the templates, %s', (_, props) => {
  const { stack, podIdentity: other } = scenario(props);
  const access = PodAccess.fromStack(stack);

  test('the pods list buckets, and do nothing else', () => {
    for (const pod of [irsa(access), podIdentity(access), access.pod({ namespace: 'default', serviceAccountName: 's3-reader-sa' })]) {
      pod.assertAllowed(LIST);
      pod.assertDenied('s3:PutObject');
      pod.assertDenied('ec2:RunInstances');
      pod.assertDenied('sqs:ListQueues');
    }
    expect(() => irsa(access).assertDenied(LIST)).toThrow('pods of Job default/s3-listonly must be denied s3:ListAllMyBuckets, but are allowed');
    access.assume(WITHOUT_POLICY).workload({ kind: 'Job', name: 's3-listonly' }).assertDenied('s3:DeleteBucket', { resource: 'arn:aws:s3:::somebody' });
  });

  test('the nodes do not list buckets', () => {
    access.nodegroup({ nodegroupName: 'nodegroup' }).assertDenied(LIST);
    access.nodegroup({ nodegroupName: 'nodegroup' }).assertAllowed('ecr:GetAuthorizationToken');
  });

  test('pods of other accounts have no access', () => {
    access.pod({ serviceAccountName: 'default' }).assertDenied(LIST);
    access.pod({ serviceAccountName: 'default' }).assertDenied('ecr:GetAuthorizationToken');
    access.pod({ serviceAccountName: 's3-reader-sa', namespace: 'kube-system', definedElsewhere: true }).assertDenied(LIST);
  });

  test('the roles trust only their accounts', () => {
    access.trustPolicyOf(stack.node.findChild('S3Reader')).assertAdmitsOnly({ serviceAccountName: 's3-reader-sa' });
    access.trustPolicyOf(other.node.findChild('S3Reader')).assertAdmitsOnly({ serviceAccountName: 's3-reader-pod-identity' });
  });
});

describe('the outcomes are refuted if one thing is broken:', () => {
  const templates = templatesOf(scenario().app);

  test('nothing, for comparison', () => {
    expect(outcomes(PodAccess.fromTemplates(templates))).toEqual(['ALLOWED', 'ALLOWED']);
  });

  const isReader = (role: object) => JSON.stringify(role).includes('AmazonS3ReadOnlyAccess');
  test.each<[string, () => Templates, string[]]>([
    ['the subject in the trust policy', () => replaced(templates, SUBJECT, 'system:serviceaccount:default:s3-reader'), ['DENIED', 'ALLOWED']],
    ['the audience in the trust policy', () => replaced(templates, ':aud":"sts.amazonaws.com', ':aud":"another'), ['DENIED', 'ALLOWED']],
    ['the action in the trust policy', () => replaced(templates, 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole'), ['DENIED', 'ALLOWED']],
    ['the audiences of the identity provider', () => changed(templates, 'AWS::IAM::OIDCProvider', (provider) => { provider.ClientIdList = ['another']; }), ['DENIED', 'ALLOWED']],
    ['the identity provider', () => changed(templates, 'AWS::IAM::OIDCProvider', (provider) => { provider.Url = 'https://oidc.example.com'; }), ['DENIED', 'ALLOWED']],
    ['the annotation', () => replaced(templates, 'role-arn', 'role'), ['DENIED', 'ALLOWED']],
    ['the account of the Job', () => replaced(templates, '"serviceAccountName":"s3-reader-sa"', '"serviceAccountName":"default"'), ['DENIED', 'ALLOWED']],
    ['the association', () => without(templates, 'AWS::EKS::PodIdentityAssociation'), ['ALLOWED', 'DENIED']],
    ['the namespace of the association', () => changed(templates, 'AWS::EKS::PodIdentityAssociation', (association) => { association.Namespace = 'other'; }), ['ALLOWED', 'DENIED']],
    ['the trust policy of the associated role', () => replaced(templates, 'pods.eks.amazonaws.com', 'eks.amazonaws.com'), ['ALLOWED', 'DENIED']],
    ['the permission to tag the session', () => replaced(templates, 'sts:TagSession', 'sts:SetSourceIdentity'), ['ALLOWED', 'DENIED']],
    ['the managed policies', () => changed(templates, 'AWS::IAM::Role', (role) => { role.ManagedPolicyArns = isReader(role) ? [] : role.ManagedPolicyArns; }), ['DENIED', 'DENIED']],
    ['a boundary', () => changed(templates, 'AWS::IAM::Role', (role) => { role.PermissionsBoundary = { 'Fn::Sub': 'arn:aws:iam::aws:policy/AmazonSQSFullAccess' }; }), ['DENIED', 'DENIED']],
  ])('%s', (_, broken, expected) => {
    expect(outcomes(PodAccess.fromTemplates(broken()))).toEqual(expected);
  });

  test('a role without its annotation is still in reach of the pods that it trusts', () => {
    const access = PodAccess.fromTemplates(replaced(templates, 'role-arn', 'role'));
    expect(() => irsa(access).assertDenied(LIST)).toThrow(/ALLOWED with role \w+, by the trust of the role alone/);
    expect(() => irsa(access).assertAllowed(LIST)).toThrow('the service account has no role by default: the templates give it neither an EKS Pod Identity association nor an annotation');
  });
});

test('a raised hop limit changes the reason', () => {
  const access = PodAccess.fromStack(scenario({ allowPodImdsAccess: true }).stack);
  const pod = access.assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'default' });
  pod.assertDenied(LIST);
  expect(access.pod({ serviceAccountName: 'default' }).decide(LIST)).toMatchObject({ outcome: 'UNKNOWN', outcomeByDefault: 'DENIED' });
  expect(pod.decide(LIST).toString()).toMatch(/DENIED with role ClusterNodegroupnodegroupRole\w+, by instance metadata\n +pods reach the instance metadata [^]*\n +policies of role \w+ do not allow it\n/);
  expect(() => pod.assertDenied('ecr:GetAuthorizationToken')).toThrow(/by instance metadata\n +pods reach the instance metadata of nodegroup \w+: the hop limit is 2 in launch template/);
  const before = PodAccess.fromStack(scenario().stack);
  expect(before.pod({ serviceAccountName: 'default' }).decide(LIST).toString()).toContain('pods do not reach the instance metadata');
});
