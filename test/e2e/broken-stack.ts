import { join } from 'node:path';
import { startLocalAws } from './start-local-aws';
import { bootstrap, deploy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { makeBuckets } from '../../replay/scenario';

/** A local AWS in which the scenario can be deployed and replayed. */
export async function startForReplay(options?: { records?: boolean }): Promise<LocalAws> {
  const aws = await startLocalAws(options);
  await makeBuckets(aws);
  await bootstrap(aws);
  return aws;
}

/** Where the CDK CLI may write the templates of a test, which goes with the local AWS. */
export const outputOf = (aws: LocalAws) => join(aws.folder, 'cdk.out');

/** Deploys IrsaTestStack with one thing broken: see broken.ts. */
export const deployBroken = (aws: LocalAws, broken: string) =>
  deploy(aws, 'IrsaTestStack', ['--app', 'node --import ./bin/tsx.mjs test/e2e/broken.ts', '--context', `broken=${broken}`, '--output', outputOf(aws)]);
