import { object } from './app';
import { AccessDiff } from '../../../lib/verification/access-diff';
import { PodAccess } from '../../../lib/verification/pod-access';

type Resources = { [logicalId: string]: object };

const VERSION = '2012-10-17';
const document = (...statements: object[]) => ({ Version: VERSION, Statement: statements });
const allow = (action: string | string[], resource: unknown = '*', more: object = {}) => ({ Effect: 'Allow', Action: action, Resource: resource, ...more });
const role = (service: string, policy: unknown, more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: service } }),
    Policies: [{ PolicyName: 'own', PolicyDocument: policy }],
    ...more,
  },
});
const podRole = (policy: unknown, more: object = {}) => role('pods.eks.amazonaws.com', policy, more);
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const association = (roleId: string, more: object = {}) => ({
  Type: 'AWS::EKS::PodIdentityAssociation',
  Properties: { ClusterName: { Ref: 'Cluster' }, Namespace: 'default', ServiceAccount: 'reader', RoleArn: arnOf(roleId), ...more },
});
const bucketPolicy = (bucket: unknown, statement: object) => ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: bucket, PolicyDocument: document({ Action: 's3:GetObject', Resource: '*', ...statement }) } });

const read = (resources: Resources, sections: object = {}) => PodAccess.fromTemplates({
  App: {
    ...sections,
    Resources: {
      Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod' } },
      Agent: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'eks-pod-identity-agent' } },
      ...resources,
    },
  },
});
const between = (before: Resources, after: Resources, sections?: object) => AccessDiff.between(read(before, sections), read(after, sections));
const broader = ({ changes }: AccessDiff) => changes.filter(({ broadens }) => broadens).map(({ kind, what }) => `${kind} ${what}`);

test('the role of nodes that the templates do not show can give its credentials to pods', () => {
  const nodes = (policy: object) => ({
    Nodes: { Type: 'Custom::KubernetesObjects', Properties: { Cluster: arnOf('Cluster'), Objects: [object('NodePool', 'default', { apiVersion: 'karpenter.sh/v1' })] } },
    Role: role('ec2.amazonaws.com', document(policy)),
  });
  expect(broader(between(nodes(allow('ec2:DescribeInstances')), nodes(allow('*'))))).toEqual(['GAINED role Role is allowed * on * by inline policy "own"']);
});

describe('a role that allows the same as another one can do more', () => {
  const same = document(allow('sqs:ListQueues'));
  const with_ = (roleId: string, policies: Resources) => ({ One: podRole(same), Other: podRole(same), Association: association(roleId), Bucket: { Type: 'AWS::S3::Bucket' }, ...policies });
  const GAINED = 'GAINED gets credentials of role Other (EKS Pod Identity)';

  test.each<[string, Resources]>([
    ['a resource policy names it', { Policy: bucketPolicy({ Ref: 'Bucket' }, { Effect: 'Allow', Principal: { AWS: arnOf('Other') } }) }],
    ['a resource policy denies the other', { Policy: bucketPolicy({ Ref: 'Bucket' }, { Effect: 'Deny', Principal: { AWS: arnOf('One') } }) }],
    ['a resource policy names it in a condition', {
      Policy: bucketPolicy({ Ref: 'Bucket' }, { Effect: 'Allow', Principal: { AWS: '*' }, Condition: { ArnEquals: { 'aws:PrincipalArn': arnOf('Other') } } }),
    }],
    ['a resource policy allows it to all but the other', { Policy: bucketPolicy({ Ref: 'Bucket' }, { Effect: 'Allow', NotPrincipal: { AWS: arnOf('One') } }) }],
    ['a trust policy names it', {
      Target: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Other') } }) } },
    }],
  ])('%s', (_, policies) => {
    expect(broader(between(with_('One', policies), with_('Other', policies)))).toContain(GAINED);
  });

  test('it comes with session tags on which its policies depend', () => {
    const tagged = document(allow('sqs:ListQueues', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'default' } } }));
    const using = (roleId: string) => ({
      One: podRole(tagged), Other: podRole(tagged), Association: association(roleId, { DisableSessionTags: roleId === 'One' }),
    });
    expect(broader(between(using('One'), using('Other')))).toContain(GAINED);
  });

  test('otherwise it cannot', () => {
    const policies = {
      Third: role('lambda.amazonaws.com', same),
      Policy: bucketPolicy({ Ref: 'Bucket' }, { Effect: 'Allow', Principal: { AWS: arnOf('Third') } }),
      Key: { Type: 'AWS::KMS::Key', Properties: {} },
    };
    expect(broader(between(with_('One', policies), with_('Other', policies)))).toEqual([]);
  });
});

test.each<[string, object]>([
  ['a condition', { Condition: { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'default' } } }],
  ['a variable', { Resource: { 'Fn::Join': ['', [arnOf('Bucket'), '/${aws:PrincipalTag/kubernetes-namespace}/*']] } }],
])('session tags on which a resource policy depends can allow more: in %s', (_, statement) => {
  const tagged = (disabled: boolean) => ({
    Bucket: { Type: 'AWS::S3::Bucket' },
    Policy: bucketPolicy({ Ref: 'Bucket' }, { Effect: 'Allow', Principal: { AWS: arnOf('Role') }, ...statement }),
    Role: podRole(document(allow('sqs:ListQueues'))),
    Association: association('Role', { DisableSessionTags: disabled }),
  });
  expect(broader(between(tagged(true), tagged(false)))).toEqual([
    'UNKNOWN credentials of role Role (EKS Pod Identity) have the tag kubernetes-namespace = default instead of none, and policies depend on it',
  ]);
});

describe('a policy variable', () => {
  const versions = (policyOf: (version: string) => object) => (['2012-10-17', '2008-10-17'] as const).map((version) => ({ Role: podRole(policyOf(version)), Association: association('Role') }));
  const variable = 'arn:aws:s3:::a/${aws:PrincipalTag/kubernetes-namespace}/*';

  test('is text in the older version of policies, so that a denial is gone', () => {
    const [now, before] = versions((version) => ({ Version: version, Statement: [allow('s3:*'), { ...allow('s3:*', variable), Effect: 'Deny' }] }));
    expect(broader(between(now, before))).toEqual([`GAINED role Role is no longer denied s3:* on ${variable} by inline policy "own"`]);
  });

  test('does not matter where there is none', () => {
    const [now, before] = versions((version) => ({ Version: version, Statement: allow('s3:*') }));
    expect(broader(between(now, before))).toEqual([]);
  });
});

test('a policy that cannot be read can allow more if it changes', () => {
  const unreadable = (actions: string) => ({
    Role: podRole({ 'Fn::Sub': `{"Version":"${VERSION}","Statement":[{"Effect":"Allow","Action":${actions},"Resource":"*"},{"Effect":"Deny","Action":"sqs:*","Resource":"\${Queue}"}]}` }),
    Association: association('Role'),
  });
  const sections = { Parameters: { Queue: { Type: 'String' } } };
  expect(broader(between(unreadable('"s3:GetObject"'), unreadable('"*"'), sections))).toEqual([expect.stringMatching(/^UNKNOWN not known: inline policy "own": /)]);
  expect(broader(between(unreadable('"*"'), unreadable('"*"'), sections))).toEqual([]);
});

test('several policies of a resource replace each other, in any order', () => {
  const policy = (principal: string) => bucketPolicy('reports', { Effect: 'Allow', Principal: { AWS: principal } });
  const own = { First: policy('arn:aws:iam::111122223333:role/own') };
  for (const name of ['Early', 'Policy']) {
    expect(broader(between({ Z: own.First }, { [name]: policy('*'), Z: own.First }))).toEqual([expect.stringMatching(/^UNKNOWN .*of which AWS keeps only one$/)]);
    expect(broader(between(own, { ...own, [name]: policy('*') }))).toEqual([expect.stringMatching(/^UNKNOWN .*of which AWS keeps only one$/)]);
  }
});
