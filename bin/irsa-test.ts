import { App } from 'aws-cdk-lib';
import { REGION, settingsIn } from './context';
import { IrsaTestStack } from './irsa-test-stack';
import { PodIdentityTestStack } from './pod-identity-test-stack';

const STACK = 'IrsaTestStack';

try {
  // With autoSynth, the app is synthesized again as the process ends, which throws the error again, with a stack trace
  const app = new App({ autoSynth: false });
  const env = { account: process.env.CDK_DEFAULT_ACCOUNT || undefined, region: REGION };
  const { cluster } = new IrsaTestStack(app, STACK, { env, ...settingsIn(app.node.getAllContext()) });
  new PodIdentityTestStack(app, 'PodIdentityTestStack', { env, cluster });
  app.synth();
} catch (error) {
  const { message } = error as Error;
  console.error(message.startsWith(STACK) ? message : `${STACK}: ${message}`);
  process.exitCode = 1;
}
