import { ClusterAutoscalerStack } from './cluster-autoscaler-stack';
import { ENV, KEYS, settingsIn } from './context';
import { runApp } from './run-app';

const STACK = 'ClusterAutoscalerStack';

runApp(STACK, (app) => {
  const { adminPrincipalArn } = KEYS;
  new ClusterAutoscalerStack(app, STACK, { env: ENV, ...settingsIn(app.node.getAllContext(), { adminPrincipalArn }) });
});
