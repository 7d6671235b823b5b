import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, job, objects, podIdentityTrust, role } from '../templates';

const { PodAccess } = verification;
const BUCKET = 'arn:aws:s3:::bucket';
const read = (resources: object) => PodAccess.fromTemplates(clusterTemplate({ Objects: objects(account('app', 'Role')), ...resources }));
const readInOregon = (resources: object) => read(resources).assume({ parameters: { 'AWS::Region': 'us-west-2' } });
const podWith = (...statements: object[]) => read({ Role: accountRole('default:app', ...statements) }).pod({ serviceAccountName: 'app' });
const bucket = (statement: object) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bucket' } },
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Version: '2012-10-17', Statement: [statement] } } },
});

test('an explanation goes from the pod to the statement, and says what is not considered', () => {
  const pod = podWith(allow('sqs:ListQueues'));
  const text = pod.decide('sqs:ListQueues').toString();
  expect(text.split('\n').length).toBeLessThanOrEqual(25);
  expect(`${text}\n`).toBe(`\
ALLOWED: pods of service account default/app are allowed sqs:ListQueues
  ALLOWED with role Role, by IRSA
    service account default/app has the annotation eks.amazonaws.com/role-arn: arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/\${Role}
      at stack: Objects.Properties.Manifest
    identity provider Provider
      at stack: Provider
    trust policy of role Role admits it
      Allow sts:AssumeRoleWithWebIdentity to arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/\${Cluster.IssuerHost}/id/\${Cluster.IssuerId} in trust policy
        at stack: Role.Properties.AssumeRolePolicyDocument.Statement[0]
        condition StringEquals \${Cluster.IssuerHost}/id/\${Cluster.IssuerId}:sub: "system:serviceaccount:default:app" is "system:serviceaccount:default:app"
        condition StringEquals \${Cluster.IssuerHost}/id/\${Cluster.IssuerId}:aud: "sts.amazonaws.com" is "sts.amazonaws.com"
    policies of role Role allow it
      Allow sqs:ListQueues on * in inline policy "own"
        at stack: Role.Properties.Policies[0].PolicyDocument.Statement[0]
  DENIED with role NodeRole, by instance metadata: pods do not reach the instance metadata of nodegroup Nodes: there is no launch template, and the default hop limit of AL2023_x86_64_STANDARD is 1 with IMDSv2
Not considered: service and resource control policies, VPC endpoint policies, requests without credentials, RBAC outside the templates, who else can create pods, what programs do with the data that they get, and what other templates create.
`);
});

describe('an explanation', () => {
  const secure = { Role: accountRole('default:app', allow('s3:GetObject', `${BUCKET}/*`)), ...bucket({ Effect: 'Deny', Action: 's3:*', Principal: '*', Resource: `${BUCKET}/*`, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }) };

  test('tells what is assumed of requests where a policy asks for it', () => {
    const pod = readInOregon(secure).pod({ serviceAccountName: 'app' });
    const object = { resource: `${BUCKET}/key` };
    pod.assertAllowed('s3:GetObject', object);
    expect(`${pod.decide('s3:GetObject', object)}`).toContain('; requests use TLS 1.3');
    expect(`${pod.decide('s3:GetObject', { ...object, context: { 'aws:SecureTransport': ['true'] } })}`).not.toContain('TLS');
    expect(`${pod.decide('sqs:ListQueues')}`).not.toContain('TLS');
  });

  test('tells that the partition is assumed where a managed policy of AWS matters', () => {
    const { Type, Properties } = accountRole('default:app');
    const pod = read({ Role: { Type, Properties: { ...Properties, ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonS3ReadOnlyAccess' }] } } }).pod({ serviceAccountName: 'app' });
    expect(`${pod.decide('s3:ListAllMyBuckets')}`).toContain('Assumed: the managed policies of AWS are those of the partition aws\n');
    expect(`${pod.decide('sqs:ListQueues')}`).not.toContain('Assumed:');
  });

  test('shows the path of the construct where the template has it, or else the template and the logical ID', () => {
    const { Type, Properties } = accountRole('default:app', allow('sqs:ListQueues'));
    const pod = read({ Role: { Type, Properties, Metadata: { 'aws:cdk:path': 'App/Reader/Role/Resource' } } }).pod({ serviceAccountName: 'app' });
    const places = `${pod.decide('sqs:ListQueues')}`.split('\n').filter((line) => /^ *at /.test(line)).map((line) => line.trim());
    expect(places).toEqual([
      'at stack: Objects.Properties.Manifest',
      'at stack: Provider',
      'at App/Reader/Role/Resource, Properties.AssumeRolePolicyDocument.Statement[0]',
      'at App/Reader/Role/Resource, Properties.Policies[0].PolicyDocument.Statement[0]',
    ]);
  });

  describe('of what other nodes could allow', () => {
    const entry = { Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: 'prod', Type: 'EC2_LINUX', PrincipalArn: 'arn:aws:iam::111122223333:role/nodes' } } };
    const HINT = '\n      if there are none, or if pods do not reach their role: PodAccess.assume({ noOtherNodes: true })\n';
    const access = read({ Role: accountRole('default:app'), ...entry });

    test('names the assumption that there are none', () => {
      expect(() => access.pod({ serviceAccountName: 'app' }).assertDenied('sqs:ListQueues')).toThrow(HINT);
      access.assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).assertDenied('sqs:ListQueues');
    });

    test('does not name it where containers have other credentials', () => {
      const withKey = objects(job('sync', 'app', { containers: [{ env: [{ name: 'AWS_ACCESS_KEY_ID', value: 'key' }] }] }));
      const refusal = () => read({ Role: accountRole('default:app'), Jobs: withKey }).pod({ serviceAccountName: 'app' }).assertDenied('sqs:ListQueues');
      expect(refusal).toThrow('UNKNOWN with other credentials');
      expect(refusal).not.toThrow('noOtherNodes');
    });
  });

  describe('of an annotation with a role that is not in the templates', () => {
    const annotated = (roleArn: string) => objects({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'app', namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': roleArn } } });
    const ask = (resources: object) => read({ Objects: annotated('arn:aws:iam::111122223333:role/raeder'), ...resources }).pod({ serviceAccountName: 'app' });
    const NOT_FOUND = '\n    no role in the templates is known to have this ARN: correct the ARN, or also read the template that creates the role\n';

    test('says so', () => {
      expect(() => ask({ Other: accountRole('default:other') }).assertAllowed('sqs:ListQueues')).toThrow(NOT_FOUND);
      expect(() => ask({ Other: accountRole('default:other') }).assertAllowed('sqs:ListQueues')).not.toThrow('did you mean');
    });

    test('names the roles that trust the service account', () => {
      const refusal = () => ask({ Role: accountRole('default:app', allow('sqs:ListQueues')), Other: accountRole('default:other') }).assertAllowed('sqs:ListQueues');
      expect(refusal).toThrow(`${NOT_FOUND}      role Role trusts service account default/app: did you mean its ARN?\n        at stack: Role\n    identity provider`);
      expect(refusal).not.toThrow('role Other');
    });

    test('names the role that has the ARN if the account is stated', () => {
      const named = accountRole('default:app', allow('sqs:ListQueues'));
      const pod = (parameters: Record<string, string>) => read({
        Objects: annotated('arn:aws:iam::111122223333:role/reader'), Role: { ...named, Properties: { ...named.Properties, RoleName: 'reader' } },
      }).assume({ parameters }).pod({ serviceAccountName: 'app' });
      expect(() => pod({}).assertAllowed('sqs:ListQueues')).toThrow(`${NOT_FOUND}      role Role has this ARN if arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/reader is the same: `
        + 'state AWS::Region and AWS::AccountId with PodAccess.assume\n        at stack: Role\n');
      pod({ 'AWS::Region': 'eu-central-1', 'AWS::AccountId': '111122223333' }).assertAllowed('sqs:ListQueues');
    });

    test('is another thing than one with a role of the templates that does not trust the service account', () => {
      const pod = read({ Role: accountRole('default:other'), Second: accountRole('default:app') }).pod({ serviceAccountName: 'app' });
      expect(() => pod.assertAllowed('sqs:ListQueues')).not.toThrow('no role in the templates');
    });
  });

  test('says that pods have no credentials at all', () => {
    expect(`${read({}).pod({ serviceAccountName: 'default' }).decide('sqs:ListQueues')}`).toContain('they get no credentials at all: whatever policies allow, they are denied it');
  });

  test('shows each step once, and does not repeat what it depends on', () => {
    const chain = { Role: accountRole('default:app', allow('sqs:ListQueues')), Second: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Role') } }, allow('sqs:*')) };
    const lines = `${read(chain).pod({ serviceAccountName: 'app' }).decide('sqs:ListQueues')}`.split('\n').filter((line) => !/^ *at /.test(line));
    expect(lines.filter((line, i) => lines.indexOf(line) !== i)).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['in tokens', accountRole('default:app'), 'Allow sts:AssumeRoleWithWebIdentity'],
    ['in EKS Pod Identity', role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/kubernetes-service-account': 'app' } })), 'Allow sts:AssumeRole, sts:TagSession to pods.eks.amazonaws.com'],
  ])('of a trust policy shows only the statements for its kind of trust: %s', (_, trusting, expected) => {
    const refusal = () => read({ Role: trusting }).trustPolicyNamed('Role').assertAdmitsOnly({ serviceAccountName: 'other' });
    expect(refusal).toThrow(expected);
    if (!expected.includes('pods.eks')) {
      expect(refusal).not.toThrow('pods.eks.amazonaws.com');
    }
  });
});

test.each([
  ['s3:PutObject', 'every resource of the templates'], // a bucket elsewhere can have a policy that allows it
  ['ec2:TerminateInstances', 'every resource'],
])('a denial of %s without a resource is about %s', (action, which) => {
  const decision = podWith(allow('sqs:ListQueues')).decide(action);
  expect(`${decision}`.split('\n')[0]).toBe(`DENIED: pods of service account default/app are denied ${action} on ${which}`);
});
