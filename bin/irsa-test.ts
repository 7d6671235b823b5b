import { App } from 'aws-cdk-lib';
import { IrsaTestStack } from './irsa-test-stack';

const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(name)?.toString();

try {
  new IrsaTestStack(app, 'IrsaTestStack', {
    env: { account: process.env.CDK_DEFAULT_ACCOUNT || undefined, region: 'us-west-2' },
    kubernetesVersion: context('kubernetesVersion'),
    adminPrincipalArn: context('adminPrincipalArn'),
    podImdsAccess: context('podImdsAccess') === 'true',
  });
  app.synth();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
