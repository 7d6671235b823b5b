import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ARN, associationsIn, existing, inEnv, roleIn, statementsIn } from './pod-identity-stacks';
import { PodCredentials, ServiceAccountSubject } from '../../lib';

const { exact } = ServiceAccountSubject;

describe('without session tags', () => {
  const credentials = PodCredentials.podIdentity({ unsafeWithoutSessionTags: true });

  test('the role trusts the sessions of its cluster', () => {
    const stack = inEnv();
    const cluster = existing(stack);
    roleIn(stack, { podCredentials: credentials }, cluster).addTrust(cluster, exact('audit', 'reader'));
    expect(statementsIn(stack)).toEqual([{
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012', 'aws:SourceArn': ARN } },
    }]);
    expect(Object.values(associationsIn(stack)).map(({ Properties }) => Properties.DisableSessionTags)).toEqual([true, true]);
  });

  test('an association can have a session policy', () => {
    const stack = inEnv();
    const sessionPolicy = new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })] });
    roleIn(stack, { podCredentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }) });
    const [{ Properties }] = Object.values(associationsIn(stack));
    expect(JSON.parse(Properties.Policy)).toEqual({ Version: '2012-10-17', Statement: [{ Action: 's3:GetObject', Effect: 'Allow', Resource: '*' }] });
  });

  test('a token in a session policy is escaped by CloudFormation', () => {
    const stack = inEnv();
    const resource = new CfnParameter(stack, 'Resource').valueAsString;
    const sessionPolicy = new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] })] });
    roleIn(stack, { podCredentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }) });
    const [{ Properties }] = Object.values(associationsIn(stack));
    expect(Properties.Policy['Fn::Sub'][0]).toMatch(/"Resource":"\$\{Value\}\$\{Resource\}"/); // the first one is empty, or the deployment fails
    expect(JSON.stringify(Properties.Policy)).toContain('Fn::Split');
  });

  test('a session policy of more than 2,048 characters is an error', () => {
    const stack = inEnv();
    const resources = Array.from({ length: 50 }, (_, i) => `arn:aws:s3:::a-bucket-with-a-long-name-${i}/*`);
    const sessionPolicy = new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources })] });
    roleIn(stack, { podCredentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }) });
    expect(() => Template.fromStack(stack)).toThrow(/\[Stack\/Reader\/Association\] the length of sessionPolicy is \d+, but must be at most 2048 characters/);
  });
});
