import { accessTo, ALLOWED, DENIED, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const ROLE_OF_OTHERS = { Reader: accountRole('default:reader', allow('s3:*')) };
const open = {
  Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: { 'Fn::GetAtt': ['NodeRole', 'Arn'] }, AmiType: 'BOTTLEROCKET_x86_64' } },
};
const TRUSTS_LAMBDA = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const named = ({ Type, Properties }: any, RoleName: string) => ({ Type, Properties: { ...Properties, RoleName } });
const ROLES = 'arn:aws:iam::111122223333:role/';
const withPath = ({ Type, Properties }: any) => ({ Type, Properties: { ...Properties, RoleName: 'own', Path: '/team/' } });
const ownRole = (...actions: string[]) => ({ Own: accountRole('default:app', allow(actions)) });
const entry = (properties: object = {}) => ({
  Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Own'), ...properties } },
});
const policyOf = (name: string, scope: object = { Type: 'cluster' }) => ({ PolicyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`, AccessScope: scope });
const VIEW = policyOf('AmazonEKSViewPolicy');
const awsAuth = (data: object) => ({ AwsAuth: objects({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data }) });
const patch = (ResourceName: string, ApplyPatchJson: string) =>
  ({ Patch: { Type: 'Custom::AWSCDK-EKS-KubernetesPatch', Properties: { ClusterName: { Ref: 'Cluster' }, ResourceName, ApplyPatchJson: { 'Fn::Sub': ApplyPatchJson } } } });
const profile = (PodExecutionRoleArn: object) =>
  ({ Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn, Selectors: [{ Namespace: 'batch' }] } } });
const access = (resources: object) => accessTo(clusterTemplate({ ...ROLE_OF_OTHERS, ...resources, Objects: objects(account('app', 'Own' in resources ? 'Own' : undefined), account('reader', 'Reader')) }));
const decide = (resources: object, action = LIST) => access(resources).assume({ noOtherNodes: true }).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(action);

test.each<[string, object, string]>([
  ['that get the credentials of their node', open, UNKNOWN],
  ['whose role has an access entry', { ...ownRole('sqs:*'), ...entry() }, UNKNOWN],
  ['whose role may give itself an access entry', ownRole('eks:CreateAccessEntry'), UNKNOWN],
  ['whose role may add an identity provider to the cluster', ownRole('eks:AssociateIdentityProviderConfig'), UNKNOWN],
  ['whose role may give itself access to Argo CD', ownRole('eks:UpdateCapability'), UNKNOWN],
  ['whose role may create a capability', ownRole('eks:CreateCapability'), UNKNOWN],
  ['whose role may create nodes', ownRole('eks:CreateNodegroup'), UNKNOWN],
  ['whose role may change what add-ons run', ownRole('eks:UpdateAddon'), UNKNOWN],
  ['whose role may change associations of others', ownRole('eks:UpdatePodIdentityAssociation'), UNKNOWN],
  ['whose role may only read associations of others', ownRole('eks:DescribePodIdentityAssociation'), DENIED],
  ['whose role is in aws-auth without its path', { Own: withPath(ownRole('sqs:*').Own), ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLES}own` }]) }) }, UNKNOWN],
  ['whose role is in aws-auth without its path, as YAML', { Own: withPath(ownRole('sqs:*').Own), ...awsAuth({ mapRoles: `- rolearn: ${ROLES}own\n` }) }, UNKNOWN],
  ['with a path of another name in aws-auth', { Own: withPath(ownRole('sqs:*').Own), ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLES}other` }]) }) }, DENIED],
  ['whose role has an access entry in another cluster', { ...ownRole('sqs:*'), ...entry({ ClusterName: 'other' }) }, DENIED],
  ['whose role is in aws-auth', { ...ownRole('sqs:*'), ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: '${Own.Arn}', groups: ['system:masters'] }]) }) }, UNKNOWN],
  ['whose role is in aws-auth in another case', { Own: withPath(ownRole('sqs:*').Own), ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: `${ROLES}OWN` }]) }) }, UNKNOWN],
  ['whose role is in aws-auth, as YAML', { ...ownRole('sqs:*'), ...awsAuth({ mapRoles: '- rolearn: ${Own.Arn}\n  groups:\n    - system:masters\n' }) }, UNKNOWN],
  ['while another role is in aws-auth, as YAML', { ...ownRole('sqs:*'), Second: role(TRUSTS_LAMBDA), ...awsAuth({ mapRoles: '- rolearn: ${Second.Arn}\n' }) }, DENIED],
  ['whose account is in aws-auth', { ...ownRole('sqs:*'), ...awsAuth({ mapAccounts: '["111122223333"]' }) }, UNKNOWN],
  ['whose account is in aws-auth, by a pseudo parameter', { ...ownRole('sqs:*'), ...awsAuth({ mapAccounts: '["${AWS::AccountId}"]' }) }, UNKNOWN],
  ['whose account may be in aws-auth, as YAML', { ...ownRole('sqs:*'), ...awsAuth({ mapAccounts: '- "111122223333"\n' }) }, UNKNOWN],
  ['while another account is in aws-auth', { ...ownRole('sqs:*'), ...awsAuth({ mapAccounts: '["444455556666"]' }) }, DENIED],
  ['whose role is in aws-auth, which the cluster does not read', {
    ...ownRole('sqs:*'), ...awsAuth({ mapRoles: '- rolearn: ${Own.Arn}\n' }), Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', AccessConfig: { AuthenticationMode: 'API' } } },
  }, DENIED],
  ['whose role is in a patch of aws-auth', { ...ownRole('sqs:*'), ...patch('configmap/aws-auth', '{"data":{"mapRoles":"[{\\"rolearn\\":\\"${Own.Arn}\\"}]"}}') }, UNKNOWN],
  ['while a patch is of something else', { ...ownRole('sqs:*'), ...patch('deployment/coredns', '{"data":{"mapRoles":"- rolearn: ${Own.Arn}"}}') }, DENIED],
  ['with a role of another name than the generated one of an access entry', { Own: named(accountRole('default:app', allow('sqs:*')), 'own'), Second: role(TRUSTS_LAMBDA), ...entry({ PrincipalArn: arnOf('Second') }) }, DENIED],
  ['with a role whose name is generated, if an access entry names another role', { ...ownRole('sqs:*'), ...entry({ PrincipalArn: 'arn:aws:iam::111122223333:role/admin' }) }, DENIED],
  ['whose role may be that of the nodes of a Fargate profile', { ...ownRole('sqs:*'), ...profile(arnOf('Own')) }, UNKNOWN],
  ['next to a Fargate profile with a role of its own', { ...ownRole('sqs:*'), Second: role(TRUSTS_LAMBDA), ...profile(arnOf('Second')) }, DENIED],
  ['whose role may only view objects', { ...ownRole('sqs:*'), ...entry({ AccessPolicies: [VIEW] }) }, DENIED],
  ['whose role may only view objects of a namespace', { ...ownRole('sqs:*'), ...entry({ AccessPolicies: [policyOf('AmazonEKSViewPolicy', { Type: 'namespace', Namespaces: ['a'] })] }) }, DENIED],
  ['whose role may view objects and more', { ...ownRole('sqs:*'), ...entry({ AccessPolicies: [VIEW, policyOf('AmazonEKSEditPolicy')] }) }, UNKNOWN],
  ['whose role may view objects, also Secrets', { ...ownRole('sqs:*'), ...entry({ AccessPolicies: [policyOf('AmazonEKSAdminViewPolicy')] }) }, UNKNOWN],
  ['whose role may view objects, with a group', { ...ownRole('sqs:*'), ...entry({ AccessPolicies: [VIEW], KubernetesGroups: ['ops'] }) }, UNKNOWN],
  ['whose role may view objects, with a user name', { ...ownRole('sqs:*'), ...entry({ AccessPolicies: [VIEW], Username: 'ops' }) }, UNKNOWN],
  ['whose role may view objects, with a policy that only the deployment knows', { ...ownRole('sqs:*'), ...entry({ AccessPolicies: [VIEW, { PolicyArn: { Ref: 'Policy' }, AccessScope: { Type: 'cluster' } }] }) }, UNKNOWN],
  ['whose role may view objects, and is in aws-auth', { ...ownRole('sqs:*'), ...entry({ AccessPolicies: [VIEW] }), ...awsAuth({ mapRoles: JSON.stringify([{ rolearn: '${Own.Arn}', groups: ['ops'] }]) }) }, UNKNOWN],
  ['whose role may view objects, and give itself more', { ...ownRole('eks:AssociateAccessPolicy'), ...entry({ AccessPolicies: [VIEW] }) }, UNKNOWN],
  ['with nothing of the kind', ownRole('sqs:*'), DENIED],
])('pods %s may do what others do, or not', (_, resources, expected) => {
  expect(decide(resources).outcome).toBe(expected);
  expect(access(resources).pod({ cluster: 'prod', serviceAccountName: 'reader' }).decide(LIST).outcome).toBe(ALLOWED);
});

test.each<[string, object]>([
  ['may be in a patch of aws-auth', patch('configmap/aws-auth', '{"data":')],
  ['is that of a capability', { Argo: { Type: 'AWS::EKS::Capability', Properties: { ClusterName: { Ref: 'Cluster' }, Type: 'KRO', RoleArn: arnOf('Own') } } }],
])('pods whose role %s might act in the cluster', (_, resources) => {
  expect(decide({ ...ownRole('sqs:*'), ...resources }).missing.join()).toContain('whether pods act in the cluster with role Own');
});

test('who views objects may see an access key in them', () => {
  const withKey = (AccessPolicies: object[]) => ({
    Own: accountRole('other:app', allow('sqs:*')),
    ...entry({ AccessPolicies }),
    User: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow(LIST)] } }] } },
    Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
    Map: {
      Type: 'Custom::KubernetesObjects',
      Properties: {
        Cluster: arnOf('Cluster'),
        Objects: [{
          Json: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'keys', namespace: 'default' }, data: {} }),
          Values: [{ Path: '/data/key', Value: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } }],
        }],
      },
    },
  });
  const app = accessTo(clusterTemplate({ ...withKey([VIEW]), Objects: objects(account('app', 'Own', 'other')) })).pod({ cluster: 'prod', namespace: 'other', serviceAccountName: 'app', definedElsewhere: true });
  const { outcome, missing } = app.decide(LIST);
  expect([outcome, missing.join(), app.decide('sns:ListTopics').outcome]).toEqual([UNKNOWN, expect.stringContaining('view objects of the cluster with role Own'), DENIED]);
});

test('what no role of other pods allows is still denied', () => {
  expect(decide(open, 'sns:ListTopics').outcome).toBe(DENIED);
});

test('the credentials that SDKs use by default are those of the pod', () => {
  expect(decide(open).outcomeByDefault).toBe(DENIED);
});

test('the answer says how, and what settles it', () => {
  expect(decide({ ...ownRole('sqs:*'), ...entry() }).missing)
    .toEqual(['whether pods act in the cluster with role Own, which has access to it, run pods or get tokens of other pods, and with them the credentials of role Reader']);
  expect(access(open).assume({ noOtherCredentials: true }).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(LIST).outcome).toBe(DENIED);
});

test('roles of other pods that allow something only together may do it', () => {
  const together = { ...open, A: accountRole('default:a', allow('iam:PutRolePolicy', arnOf('B'))), B: accountRole('default:b', allow('sqs:ListQueues')) };
  const [missing] = decide(together, 'sns:ListTopics').missing.slice(-1);
  expect(missing).toMatch(/get tokens of other pods, and with them what the roles of these pods allow together$/);
});

test('with access to the cluster, pods might get the roles of its nodes', () => {
  const node = 'sqs:ListQueues';
  expect(decide({ ...ownRole('sns:*'), ...entry() }, node).outcome).toBe(UNKNOWN);
  expect(decide(ownRole('sns:*'), node).outcome).toBe(DENIED);
});

const trusts = (logicalId: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf(logicalId) } });
const NODE_ARN = arnOf('NodeRole');
const AGENT = allow('ssmmessages:CreateControlChannel');
const TRUSTS_EC2 = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
const own = (...statements: object[]) => ({ Own: accountRole('default:app', ...statements), NodeRole: role(TRUSTS_EC2, AGENT) });

test.each<[string, object, string]>([
  ['assumes the role of nodes', { Own: accountRole('default:app', allow('sts:AssumeRole', NODE_ARN)), NodeRole: role([TRUSTS_EC2, trusts('Own')]) }, UNKNOWN],
  ['runs commands on nodes', own(allow('ssm:SendCommand')), UNKNOWN],
  ['starts sessions on nodes', own(allow('ssm:StartSession')), UNKNOWN],
  ['passes the role of nodes to an instance', own(allow('iam:PassRole', NODE_ARN), allow('ec2:RunInstances')), UNKNOWN],
  ['makes the role of nodes trust it', own(allow('iam:UpdateAssumeRolePolicy', NODE_ARN)), UNKNOWN],
  ['assumes a role that runs commands on nodes', { ...own(allow('sts:AssumeRole', arnOf('Ops'))), Ops: role(trusts('Own'), allow('ssm:SendCommand')) }, UNKNOWN],
  ['runs commands on nodes whose role allows the agent nothing', { ...own(allow('ssm:SendCommand')), NodeRole: role(TRUSTS_EC2), Bastion: role(TRUSTS_EC2, AGENT) }, UNKNOWN],
  ['passes another role to an instance', { ...own(allow('iam:PassRole', arnOf('Bastion')), allow('ec2:RunInstances')), Bastion: role(TRUSTS_EC2, AGENT) }, DENIED],
])('a pod that %s acts as a node, or not', (_, resources, expected) => {
  expect(decide(resources).outcome).toBe(expected);
  expect(access(resources).assume({ noOtherCredentials: true }).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(LIST).outcome).toBe(DENIED);
});

test('credentials of the role of nodes of another cluster are those of its pods', () => {
  const others = {
    Other: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'other' } },
    OtherProvider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Other', 'OpenIdConnectIssuerUrl'] }, ClientIdList: ['sts.amazonaws.com'] } },
    OtherNodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'other', NodegroupName: 'others', NodeRole: arnOf('OtherRole'), AmiType: 'AL2023_x86_64_STANDARD' } },
    OtherRole: role([TRUSTS_EC2, trusts('Own')]),
    Admin: role({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' } }, allow('sns:*')),
    Association: { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: 'other', Namespace: 'default', ServiceAccount: 'admin', RoleArn: arnOf('Admin') } },
  };
  const { outcome, missing } = decide({ ...others, Own: accountRole('default:app', allow('sts:AssumeRole', arnOf('OtherRole'))) }, 'sns:ListTopics');
  expect([outcome, missing]).toEqual([UNKNOWN, [
    'whether pods act as a node of nodegroup OtherNodes in its cluster, with its role OtherRole, get tokens of other pods, and with them the credentials of role Admin',
  ]]);
});

const applier = (...statements: object[]) => ({
  Handler: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('HandlerRole') } }, HandlerRole: role(TRUSTS_LAMBDA, ...statements),
});
const invokes = (...resources: unknown[]) => ({ Own: accountRole('default:app', allow('lambda:InvokeFunction', resources)) });
const ofHandler = entry({ PrincipalArn: arnOf('HandlerRole') });
const anyVersionOf = (logicalId: string) => ({ 'Fn::Join': ['', [arnOf(logicalId), ':live']] });

test.each<[string, object, string]>([
  ['may invoke a function whose role has an access entry', { ...applier(), ...ofHandler, ...invokes(arnOf('Handler')) }, UNKNOWN],
  ['may invoke an alias of such a function', { ...applier(), ...ofHandler, ...invokes(anyVersionOf('Handler')) }, UNKNOWN],
  ['may invoke any function', { ...applier(), ...ofHandler, ...invokes('*') }, UNKNOWN],
  ['may invoke a function that assumes a role with an access entry', {
    ...applier(allow('sts:AssumeRole', arnOf('Creator'))), Creator: role(trusts('HandlerRole')), ...entry({ PrincipalArn: arnOf('Creator') }), ...invokes(arnOf('Handler')),
  }, UNKNOWN],
  ['may invoke another function', { ...applier(), ...ofHandler, ...invokes('arn:aws:lambda:eu-west-1:111122223333:function:other') }, DENIED],
  ['may invoke a function whose role has no access entry', { ...applier(), ...invokes(arnOf('Handler')) }, DENIED],
  ['may not invoke such a function', { ...applier(), ...ofHandler, ...ownRole('sqs:*') }, DENIED],
])('a pod that %s may apply objects, or not', (_, resources, expected) => {
  expect(decide(resources).outcome).toBe(expected);
  expect(access(resources).assume({ noOtherCredentials: true }).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(LIST).outcome).toBe(DENIED);
});

test('the answer names the function that applies objects', () => {
  expect(decide({ ...applier(), ...ofHandler, ...invokes(arnOf('Handler')) }).missing).toEqual([
    'whether pods start Handler, which may act in the cluster with role HandlerRole, run pods or get tokens of other pods, and with them the credentials of role Reader',
  ]);
});

const PARAMETERS = { Parameters: { Given: { Type: 'String', AllowedPattern: '[a-z0-9:\\/-]+' } } };
const annotated = (roleArn: string) => ({
  apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'other', namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': roleArn } },
});
const addon = (AddonName: string) => ({
  Addon: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName, ServiceAccountRoleArn: 'arn:aws:iam::111122223333:role/outside' } },
});

test.each<[string, object, object[], string]>([
  ['an account that is annotated with a role outside the templates', open, [annotated('arn:aws:iam::111122223333:role/outside')], UNKNOWN],
  ['an account that is annotated with a parameter', open, [annotated('${Given}')], UNKNOWN],
  ['an account that is annotated with a role that does not trust it', { ...open, Given: role(TRUSTS_EC2, allow('sns:*')) }, [annotated('${Given.Arn}')], DENIED],
  ['an add-on with a role outside the templates', { ...open, ...addon('aws-ebs-csi-driver') }, [], UNKNOWN],
  ['an add-on that is not known with a role outside the templates', { ...open, ...addon('vendor_addon') }, [], UNKNOWN],
  ['no role outside the templates', open, [], DENIED],
  ['an account that is annotated with a role outside the templates, which it does not get', ownRole('sqs:*'), [annotated('arn:aws:iam::111122223333:role/outside')], DENIED],
])('a pod of a cluster with %s', (_, resources, documents, expected) => {
  const app = account('app', 'Own' in resources ? 'Own' : undefined);
  const template = clusterTemplate({ ...resources, Objects: objects(app, ...documents) }, 'Given' in resources ? {} : PARAMETERS);
  expect(accessTo(template).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide('sns:ListTopics').outcome).toBe(expected);
});
