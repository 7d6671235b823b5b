// Where code is, as a value that only the deployment knows: it may be anywhere.
import { admin, Bucket, decisionOf, inBucket, LIST, ofInstance, trusted } from './code-apps';
import { allow, arnOf, role } from '../templates';

test.each<[string, object, object]>([
  ['what an instance copies from a location that is a parameter', ofInstance({}, {
    Type: 'AWS::EC2::Instance',
    Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\naws s3 cp --quiet ${Script} /run.sh\nbash /run.sh\n' } } },
  }), allow('s3:PutObject', 'arn:aws:s3:::scripts/*')],
  ['what an instance copies, with a Region, from a location that is a parameter', ofInstance({}, {
    Type: 'AWS::EC2::Instance',
    Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\naws s3 --no-progress cp --region us-west-2 ${Script}/run.sh /run.sh\n' } } },
  }), allow('s3:PutObject', 'arn:aws:s3:::scripts/*')],
  ['the source of a build on GitHub that is a parameter', {
    ...admin('codebuild'), It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), Source: { Type: 'GITHUB', Location: { Ref: 'Script' } } } },
  }, allow('codeconnections:UseConnection')],
  ['the source of a build for all repositories of an organization', {
    ...admin('codebuild'),
    It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), Source: { Type: 'GITHUB', Location: 'CODEBUILD_DEFAULT_WEBHOOK_SOURCE_LOCATION' } } },
  }, allow('codeconnections:UseConnection')],
  ['the archive of a model that is a parameter', {
    Bucket, Admin: role(trusted('sagemaker'), allow(LIST)), It: { Type: 'AWS::SageMaker::Model', Properties: { ExecutionRoleArn: arnOf('Admin'), PrimaryContainer: { ModelDataUrl: { Ref: 'Script' } } } },
  }, allow('s3:PutObject', inBucket('Bucket'))],
  ['the workflows of Apache Airflow in a bucket of another stack', {
    Bucket, Admin: role(trusted('airflow-env'), allow(LIST)), It: { Type: 'AWS::MWAA::Environment', Properties: { ExecutionRoleArn: arnOf('Admin'), SourceBucketArn: { 'Fn::ImportValue': 'Dags' } } },
  }, allow('s3:PutObject', inBucket('Bucket'))],
])('a pod that can change %s might do what the role of that may do', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing]).toEqual(['UNKNOWN', [expect.stringMatching(/, and so might decide what It does with role Admin$/)]]);
  expect(decisionOf(resources, allow('s3:GetObject')).outcome).toBe('DENIED');
});
