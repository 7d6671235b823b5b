import { ENV, settingsIn } from './context';
import { IrsaTestStack } from './irsa-test-stack';
import { PodIdentityTestStack } from './pod-identity-test-stack';
import { runApp } from './run-app';

const STACK = 'IrsaTestStack';

runApp(STACK, (app) => {
  const { cluster } = new IrsaTestStack(app, STACK, { env: ENV, ...settingsIn(app.node.getAllContext()) });
  new PodIdentityTestStack(app, 'PodIdentityTestStack', { env: ENV, cluster });
});
