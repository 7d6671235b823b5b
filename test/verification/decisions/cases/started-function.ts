import { arnOf } from '../../templates';

export const LIST = 's3:ListAllMyBuckets';
export const trusts = (service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${service}.amazonaws.com` } });
export const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });
/** The function of the tests may act in the cluster. */
export const ENTRY = { Entry: resource('AWS::EKS::AccessEntry', { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('FnRole') }) };
