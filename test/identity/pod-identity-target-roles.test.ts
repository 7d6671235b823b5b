import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { associationsIn, inEnv, roleIn, trustIn } from './pod-identity-stacks';
import { PodCredentials } from '../../lib';
import { deployed } from '../deployed';
import { newStack } from '../stacks';

describe('a target role', () => {
  const targetTrust = (conditions: object) => ({
    Effect: 'Allow',
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Principal: { AWS: 'arn:aws:iam::123456789012:root' },
    Condition: { StringEquals: { ...conditions, 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/reports-reader' } },
  });
  const tags = trustIn().Condition.StringEquals;
  const externalId = { 'sts:ExternalId': 'eu-central-1/123456789012/prod/reports/reader' };

  test.each([
    ['the session tags', {}, tags],
    ['the external ID, without session tags', { unsafeWithoutSessionTags: true }, externalId],
  ])('of another AWS account trusts the role with %s', (_, options, conditions) => {
    const app = new App();
    const data = newStack('Data', { env: { account: '210987654321', region: 'eu-central-1' } }, app);
    const targetRole = new iam.Role(data, 'Target', { roleName: 'target', assumedBy: new iam.AccountPrincipal('210987654321') });
    const stack = inEnv('Platform', app);
    const role = roleIn(stack, { roleName: 'reports-reader', podCredentials: PodCredentials.podIdentity({ targetRole, ...options }) });
    const bucket = new s3.Bucket(data, 'Bucket');
    bucket.grantRead(role);
    app.synth();
    const [{ Properties: { AssumeRolePolicyDocument } }] = Object.values(Template.fromStack(data).findResources('AWS::IAM::Role'));
    expect(deployed(data, AssumeRolePolicyDocument).Statement[1]).toEqual(targetTrust(conditions));
    const TARGET = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::210987654321:role/target']] };
    expect(Object.values(associationsIn(stack))[0].Properties.TargetRoleArn).toEqual(TARGET);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: ['sts:AssumeRole', 'sts:TagSession'], Effect: 'Allow', Resource: TARGET }] },
    });
    Template.fromStack(data).hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [{ Action: Match.arrayWith(['s3:GetObject*']) }] } });
  });

  test('in the stack of the role is referred to, so that no name is needed', () => {
    const stack = inEnv();
    const targetRole = new iam.Role(stack, 'Target', { assumedBy: new iam.AccountPrincipal('123456789012') });
    roleIn(stack, { podCredentials: PodCredentials.podIdentity({ targetRole }) });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')).filter((role) => JSON.stringify(role).includes('PrincipalArn'));
    expect(JSON.stringify(Properties.AssumeRolePolicyDocument)).toMatch(/"Fn::GetAtt":\["Reader\w+","Arn"\]/);
  });

  test('that is imported gets an output with what its owner must add', () => {
    const stack = inEnv();
    const targetRole = iam.Role.fromRoleArn(stack, 'Target', 'arn:aws:iam::210987654321:role/target');
    roleIn(stack, { roleName: 'reports-reader', podCredentials: PodCredentials.podIdentity({ targetRole }) });
    expect(Object.keys(Template.fromStack(stack).findOutputs('*'))).toEqual([expect.stringMatching(/^ReaderTargetRoleTrustPolicy/)]);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('ask its owner to add the statements'));
  });

  test('requires that the role has a literal name, if it is in another stack', () => {
    const app = new App();
    const targetRole = new iam.Role(inEnv('Data', app), 'Target', { assumedBy: new iam.AccountPrincipal('123456789012') });
    expect(() => roleIn(inEnv('Platform', app), { podCredentials: PodCredentials.podIdentity({ targetRole }) })).toThrow(new Error(
      'Platform/Reader: roleName must be a literal: the target role Data/Target is in another stack, and its trust policy names this role by its ARN'));
  });

  test('of another AWS account requires a literal name', () => {
    const app = new App();
    const data = newStack('Data', { env: { account: '210987654321', region: 'eu-central-1' } }, app);
    const targetRole = new iam.Role(data, 'Target', { assumedBy: new iam.AccountPrincipal('210987654321') });
    expect(() => roleIn(inEnv('Platform', app), { podCredentials: PodCredentials.podIdentity({ targetRole }) })).toThrow(new Error(
      'Platform/Reader: roleName of Data/Target must be a literal: stack Data has another account or region in its env than Platform, where the association names the target role by its ARN'));
  });
});
