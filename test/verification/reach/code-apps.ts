import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

export const LIST = 's3:ListAllMyBuckets';
export const trusted = (Service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${Service}.amazonaws.com` } });
export const admin = (service: string) => ({ Admin: role(trusted(service), allow(LIST)) });
const SECTIONS = {
  Parameters: { Stage: { Type: 'String' }, Script: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
};
export const accessIn = (sections: object, resources: object, ...statements: object[]) => verification.PodAccess
  .fromTemplates(clusterTemplate({ ...resources, Role: accountRole('default:app', ...statements), Objects: objects(account('app', 'Role')) }, sections))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });
export const decisionIn = (...what: Parameters<typeof accessIn>) => accessIn(...what).pod({ serviceAccountName: 'app' }).decide(LIST);
export const decisionOf = (resources: object, ...statements: object[]) => decisionIn(SECTIONS, resources, ...statements);

export const Bucket = { Type: 'AWS::S3::Bucket', Properties: {} };
export const repository = (more: object = {}) => ({ Images: { Type: 'AWS::ECR::Repository', Properties: { ...more } }, Others: { Type: 'AWS::ECR::Repository', Properties: {} } });
export const REGISTRY = '${AWS::AccountId}.dkr.ecr.us-west-2.amazonaws.com';
export const IMAGE = { 'Fn::Sub': `${REGISTRY}/\${Images}:latest` };
export const task = (Image: unknown = IMAGE) => ({
  ...admin('ecs-tasks'), It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image }] } },
});
export const withEnvironment = {
  ...task(),
  It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ EnvironmentFiles: [{ Type: 's3', Value: 'arn:aws:s3:::settings/app.env' }] }] } },
};
export const glue = (ScriptLocation: unknown, more: object = {}) => ({
  Bucket, Other: Bucket, ...admin('glue'), It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command: { ScriptLocation }, ...more } },
});
export const SCRIPT = { 'Fn::Sub': 's3://${Bucket}/jobs/script.py' };
export const inBucket = (name: string, key = '*') => ({ 'Fn::Sub': `arn:aws:s3:::\${${name}}/${key}` });
export const removing = (resource: unknown = '*') => allow(['ecr:PutImage', 'ecr:BatchDeleteImage'], resource);
export const push = (resource: unknown = '*') => allow(['ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart'], resource);

export const ofInstance = (key: object, it: object) => ({
  Key: { Type: 'AWS::EC2::KeyPair', Properties: { KeyName: 'bastion', ...key } },
  ...admin('ec2'),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  It: it,
});
