import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { context } from '../../cdk.json';
import { LocalAws } from '../../local-aws/local-aws';

/** The environment that stacks are deployed to. */
export const ENV = { account: '123456789012', region: 'us-west-2' };

/**
 * Synthesizes an app with the feature flags of cdk.json, and returns the arguments with which the CDK CLI deploys it. The cloud assembly
 * is deleted with the local AWS. The synthesis runs in this process, because loading the CDK in a new one takes seconds.
 */
export function assemblyOf(aws: LocalAws, build: (app: App) => void, flags: { [name: string]: string | boolean } = {}): string[] {
  const app = new App({ context: { ...context, ...flags }, outdir: mkdtempSync(join(aws.folder, 'cdk.out-')) });
  build(app);
  app.synth();
  return ['--app', app.outdir];
}
