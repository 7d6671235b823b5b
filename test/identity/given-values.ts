import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaCluster, ServiceAccountSubject } from '../../lib';
import { OREGON } from '../deployed';

export const ACCOUNT = '123456789012';
export const SUBJECTS = [ServiceAccountSubject.exact('apps', 'reader')];

export const parameter = (stack: Stack, id = 'Given', props = {}) => new CfnParameter(stack, id, props).valueAsString;
export const newStack = () => new Stack(new App(), 'Stack', { env: { account: ACCOUNT, region: 'us-west-2' } });
export const prod = (stack: Stack, clusterName = 'prod') =>
  IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', { clusterName, issuerUrl: 'https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF' });
export const reading = (...resources: string[]) => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources });
export const given = (value: string) => ({ ...OREGON, parameters: { Given: value } });
