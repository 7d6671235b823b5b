import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IIrsaCluster, IrsaCluster, IServiceAccountRole, PodCredentials, ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { deployed, Place } from '../deployed';
import { newStack } from '../stacks';

const ENV = { account: '123456789012', region: 'eu-central-1' };
const PLACE: Place = { partition: 'aws', region: 'eu-central-1', urlSuffix: 'amazonaws.com' };
const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';
const SUBJECT = ServiceAccountSubject.exact('reports', 'reader');
const ACTIONS = ['sts:AssumeRole', 'sts:TagSession'];
const TAGS = {
  'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:eu-central-1:123456789012:cluster/prod',
  'aws:RequestTag/kubernetes-namespace': 'reports',
  'aws:RequestTag/kubernetes-service-account': 'reader',
};

const STATEMENTS = {
  'web identity': {
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
    Condition: { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: 'system:serviceaccount:reports:reader' } },
  },
  'tags': { Effect: 'Allow', Action: ACTIONS, Principal: { Service: 'pods.eks.amazonaws.com' }, Condition: { StringEquals: TAGS } },
  'cluster': {
    Effect: 'Allow',
    Action: ACTIONS,
    Principal: { Service: 'pods.eks.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': '123456789012', 'aws:SourceArn': TAGS['aws:RequestTag/eks-cluster-arn'] } },
  },
};
type Statement = keyof typeof STATEMENTS;

const ofTarget = (StringEquals: object) => ({
  Effect: 'Allow',
  Action: ACTIONS,
  Principal: { AWS: 'arn:aws:iam::123456789012:root' },
  Condition: { StringEquals: { ...StringEquals, 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/reports-reader' } },
});
const TARGET_STATEMENTS = { 'tags': ofTarget(TAGS), 'external ID': ofTarget({ 'sts:ExternalId': 'eu-central-1/123456789012/prod/reports/reader' }) };

const sessionPolicy = new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })] });
const POLICY = '{"Statement":[{"Action":"s3:GetObject","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}';

/** A role that pods of the service account use, in a stack of its own. */
const ROLES: [string, (stack: Stack, cluster: IIrsaCluster, credentials: PodCredentials) => IServiceAccountRole][] = [
  ['a new role', (stack, cluster, credentials) => new ServiceAccountRole(stack, 'Reader', { cluster, subjects: [SUBJECT], podCredentials: credentials, roleName: 'reports-reader' })],
  ['a role of the app', (stack, cluster, credentials) => {
    const role = new iam.Role(stack, 'Theirs', { assumedBy: new iam.AccountPrincipal('210987654321'), roleName: 'reports-reader' });
    const existing = ServiceAccountRole.fromRole(stack, 'Reader', role, { podCredentials: credentials });
    existing.addTrust(cluster, SUBJECT);
    return existing;
  }],
  ['an imported role', (stack, cluster, credentials) => {
    const existing = ServiceAccountRole.fromRole(stack, 'Reader', iam.Role.fromRoleName(stack, 'Theirs', 'reports-reader'), { podCredentials: credentials });
    existing.addTrust(cluster, SUBJECT);
    return existing;
  }],
];

interface Expected {
  readonly trust: Statement[];
  /** The properties of the association, beside those that all have. */
  readonly association?: object;
  readonly target?: keyof typeof TARGET_STATEMENTS;
  readonly isAnnotated?: boolean;
}

const TARGET = 'arn:aws:iam::210987654321:role/target';

const CREDENTIALS: [string, (targetRole: iam.IRole) => PodCredentials, Expected][] = [
  ['irsa()', () => PodCredentials.irsa(), { trust: ['web identity'], isAnnotated: true }],
  ['both()', () => PodCredentials.both(), { trust: ['web identity', 'tags'], isAnnotated: true, association: {} }],
  ['podIdentity()', () => PodCredentials.podIdentity(), { trust: ['tags'], association: {} }],
  ['podIdentity with a target role', (targetRole) => PodCredentials.podIdentity({ targetRole }),
    { trust: ['tags'], association: { TargetRoleArn: TARGET }, target: 'tags' }],
  ['podIdentity without session tags', () => PodCredentials.podIdentity({ unsafeWithoutSessionTags: true }),
    { trust: ['cluster'], association: { DisableSessionTags: true } }],
  ['podIdentity with a session policy', () => PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }),
    { trust: ['cluster'], association: { DisableSessionTags: true, Policy: POLICY } }],
  ['podIdentity with a target role, without session tags', (targetRole) => PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, targetRole }),
    { trust: ['cluster'], association: { DisableSessionTags: true, TargetRoleArn: TARGET }, target: 'external ID' }],
  ['podIdentity with a target role and a session policy', (targetRole) => PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy, targetRole }),
    { trust: ['cluster'], association: { DisableSessionTags: true, Policy: POLICY, TargetRoleArn: TARGET }, target: 'external ID' }],
];

/** The trust policy of a role that this app defines, or what the owner of another role must add. */
function trustOf(stack: Stack): any[] {
  const template = Template.fromStack(stack);
  const documents = Object.values(template.findResources('AWS::IAM::Role')).map(({ Properties }) => Properties.AssumeRolePolicyDocument);
  const [document] = [...documents, ...Object.values(template.findOutputs('*')).map(({ Value }) => Value)].map((each) => deployed(stack, each, PLACE));
  return (typeof document === 'string' ? JSON.parse(document) : document).Statement.filter(({ Principal }: any) => Principal.AWS !== 'arn:aws:iam::210987654321:root');
}

describe.each(ROLES)('%s', (_, roleOf) => {
  test.each(CREDENTIALS)('has exactly the trust, the association and the annotations of %s', (__, credentialsOf, { trust, association, target, isAnnotated }) => {
    const app = new App();
    const data = newStack('Data', { env: { account: '210987654321', region: 'eu-central-1' } }, app);
    const targetRole = new iam.Role(data, 'Target', { roleName: 'target', assumedBy: new iam.AccountPrincipal('210987654321') });
    const stack = newStack('Stack', { env: ENV }, app);
    const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', issuerUrl: `https://${ISSUER}` });
    const role = roleOf(stack, cluster, credentialsOf(targetRole));
    app.synth();

    expect(trustOf(stack)).toEqual(trust.map((statement) => STATEMENTS[statement]));
    const associations = Object.values(Template.fromStack(stack).findResources('AWS::EKS::PodIdentityAssociation')).map(({ Properties }) => deployed(stack, Properties, PLACE));
    const common = { ClusterName: 'prod', Namespace: 'reports', ServiceAccount: 'reader', RoleArn: expect.any(String) };
    expect(associations).toEqual(association ? [{ ...common, ...association }] : []);
    expect(trustOf(data)).toEqual(target ? [TARGET_STATEMENTS[target]] : []);
    expect(Object.keys(role.annotations)).toEqual(isAnnotated ? ['eks.amazonaws.com/role-arn'] : []);
  });
});

test.each([
  ['a session policy', { sessionPolicy }],
  ['a session policy and a target role', { sessionPolicy, targetRole: iam.Role.fromRoleArn(new Stack(), 'Target', TARGET) }],
  ['a session policy with tags', { sessionPolicy, unsafeWithoutSessionTags: false }],
])('%s is refused with session tags', (_, options) => {
  expect(() => PodCredentials.podIdentity(options)).toThrow(new Error(
    'PodCredentials.podIdentity: sessionPolicy must be omitted, or set together with unsafeWithoutSessionTags: true: Amazon EKS accepts a session policy only without session tags, '
    + 'which bind the role to its service account'));
});
