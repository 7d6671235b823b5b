import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IrsaCluster, ServiceAccountWithRole } from '../../lib';

const stack = new Stack(new App(), 'Stack');
const cluster = new IrsaCluster(stack, 'Cluster', { version: eks.KubernetesVersion.of('1.36'), nodegroups: [{}] });
const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports' });
new s3.Bucket(stack, 'Bucket').grantRead(reader);
const template = Template.fromStack(stack);

test('the role trusts exactly reports/reader', () => {
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      'Fn::Sub': [
        Match.serializedJson({
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Allow',
            Action: 'sts:AssumeRoleWithWebIdentity',
            Principal: { Federated: '${OidcProvider}' },
            Condition: {
              StringEquals: {
                '${Issuer}:aud': 'sts.amazonaws.com',
                '${Issuer}:sub': 'system:serviceaccount:reports:reader',
              },
            },
          }],
        }),
        Match.anyValue(),
      ],
    },
  });
});

/** What the conditions for the subject compare with, in all roles of a stack. */
function trustedSubjects(): string[] {
  return Object.values(template.findResources('AWS::IAM::Role')).flatMap(({ Properties: { AssumeRolePolicyDocument: trust } }) => {
    const { Statement } = trust['Fn::Sub'] ? JSON.parse(trust['Fn::Sub'][0]) : trust;
    return Statement.flatMap(({ Condition = {} }) => Object.values(Condition))
      .flatMap(Object.entries<string>)
      .flatMap(([key, value]: [string, string | string[]]) => (key.endsWith(':sub') ? value : []));
  });
}

test('no other service account has a role', () => {
  expect(trustedSubjects()).toEqual(['system:serviceaccount:reports:reader']);
});

test('the grant lets the role read the bucket', () => {
  const policies = template.findResources('AWS::IAM::Policy', { Properties: { Roles: [stack.resolve(reader.role.roleName)] } });
  const statements = Object.values(policies).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(statements.map(({ Action }) => Action)).toEqual([['s3:GetObject*', 's3:GetBucket*', 's3:List*']]);
});

test('the service account names its role', () => {
  template.hasResourceProperties('Custom::KubernetesObjects', {
    Objects: [{
      Json: Match.serializedJson(Match.objectLike({ kind: 'ServiceAccount', metadata: Match.objectLike({ name: 'reader', namespace: 'reports' }) })),
      Values: [{ Path: '/metadata/annotations/eks.amazonaws.com~1role-arn', Value: stack.resolve(reader.roleArn) }],
    }],
  });
});

test('pods cannot act as their node', () => {
  template.allResourcesProperties('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } },
  });
});
