import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const { PodAccess } = verification;
export type Access = verification.PodAccess;
export const GET = 's3:GetObject';
export const BUCKET = 'arn:aws:s3:::bucket';
export const OBJECT = { resource: `${BUCKET}/key` };
export const READS = allow(GET, `${BUCKET}/*`);
export const trustIn = (principal: object, action = 'sts:AssumeRole') => ({ Effect: 'Allow', Action: action, Principal: principal });
export const LAMBDA = trustIn({ Service: 'lambda.amazonaws.com' });
export const APP = {
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bucket' } },
  Role: accountRole('default:app', READS),
  Objects: objects(account('app', 'Role')),
};
export const bucketPolicy = (...statements: object[]) => ({
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Version: '2012-10-17', Statement: statements } } },
});
export const byPolicy = (principal: unknown, Condition?: object) => bucketPolicy({ Effect: 'Allow', Action: GET, Principal: principal, Resource: `${BUCKET}/*`, Condition });
export const INLINE = { PolicyName: 'reads', PolicyDocument: { Version: '2012-10-17', Statement: [READS] } };
export const user = (properties: object = {}) => ({ Type: 'AWS::IAM::User', Properties: properties });
export const group = (properties: object = {}) => ({ Type: 'AWS::IAM::Group', Properties: properties });
export const policy = (type: string, properties: object) => ({ Type: type, Properties: { ...INLINE, ...properties } });
export const read = (resources: object, sections?: object): Access => PodAccess.fromTemplates(clusterTemplate({ ...APP, ...resources }, sections))
  .assume({ parameters: { 'AWS::Region': 'us-west-2', 'AWS::AccountId': '111122223333' } });
/** The pods that may read the bucket. */
export const app = (access: Access) => access.pod({ serviceAccountName: 'app' });
