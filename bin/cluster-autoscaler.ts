import { App } from 'aws-cdk-lib';
import { ClusterAutoscalerStack } from './cluster-autoscaler-stack';
import { REGION } from './context';

const app = new App();
new ClusterAutoscalerStack(app, 'ClusterAutoscalerStack', { env: { account: process.env.CDK_DEFAULT_ACCOUNT || undefined, region: REGION } });
