import { App } from 'aws-cdk-lib';
import { assemblyOf } from './assembly';
import { broken, brokenPodIdentity } from './broken';
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

/** Deploys IrsaTestStack with one thing broken, and returns its cloud assembly. */
export const deployBroken = (aws: LocalAws, what: string): Promise<string> => deployFrom(aws, 'IrsaTestStack', (app) => broken(app, what));

/** Deploys IrsaTestStack as PodIdentityTestStack needs it: with outputs that this imports. */
export const deployForPodIdentity = (aws: LocalAws): Promise<string> => deployFrom(aws, 'IrsaTestStack', (app) => brokenPodIdentity(app, 'nothing'));

/** Deploys PodIdentityTestStack with one thing broken, and returns its cloud assembly. */
export const deployBrokenPodIdentity = (aws: LocalAws, what: string): Promise<string> => deployFrom(aws, 'PodIdentityTestStack', (app) => brokenPodIdentity(app, what));

async function deployFrom(aws: LocalAws, stack: string, build: (app: App) => void): Promise<string> {
  const args = assemblyOf(aws, build);
  await deploy(aws, stack, args);
  return args[1];
}
